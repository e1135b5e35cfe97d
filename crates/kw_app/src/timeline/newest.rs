//! The newest of a reader's home, merged once and kept: whoever comes again looks only at those who posted since.
//!
//! Nothing here is copied to followers: what is kept is a merge of heads, it knows up to which change of which outbox it
//! goes, and it is merged anew when the reader's graph is another. Deliberately absent: what may be shown; that is asked
//! of each page.

use std::cmp::Reverse;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use kw_domain::id::{AccountId, PostId};
use kw_domain::post::Entry;

use crate::changed::Change;
use crate::context::Context;
use crate::failure::Failure;
use crate::graph::Graph;
use crate::heads::load_head;
use crate::kept::Kept;
use crate::timeline::merge::Merge;
use crate::viewer::Viewer;

/// Entries that are kept: two pages, what their boosts are compared with, and some that the reader does not want.
const ENTRIES_MAX: usize = 128;
/// With fewer than these it is merged anew.
const ENTRIES_MIN: usize = 64;
/// When more authors than these have posted since, merging anew costs less.
const PATCHED_MAX: usize = 24;

/// The newest of the homes in memory.
pub type Homes = Kept<AccountId, Arc<Newest>>;

/// The newest entries of a home, before anything is asked about them.
#[derive(Debug)]
pub struct Newest {
    reader: AccountId,
    graph: Arc<Graph>,
    /// Changes of outboxes that are in it.
    known_to: AtomicU64,
    /// Newest first.
    pub(super) entries: Vec<Entry>,
    /// Whether these are all there are.
    pub(super) is_whole: bool,
}

/// Whose posts are in the home of `reader`.
pub(super) fn sources_of(graph: &Graph, reader: AccountId) -> Vec<AccountId> {
    let mut authors: Vec<AccountId> = graph.follows.keys().copied().collect();
    if !graph.follows.contains_key(&reader) {
        authors.push(reader);
    }
    authors
}

/// The newest entries of the home of `reader`, who is the viewer.
pub(super) async fn load_newest(cx: &Context, viewer: &Viewer, reader: AccountId) -> Result<Arc<Newest>, Failure> {
    let caches = cx.caches();
    // First how far the changes go, then what they changed: what changes meanwhile is looked at the next time.
    let (known_to, before) = (caches.changed.count(), caches.homes.before(&reader));
    let kept = caches.homes.find(&reader).filter(|kept| Arc::ptr_eq(&kept.graph, &viewer.graph));
    if let Some(kept) = kept {
        let is_source = |author: &AccountId| *author == reader || viewer.graph.follows.contains_key(author);
        let since = caches.changed.since(kept.known_to.load(Ordering::Acquire), known_to, is_source);
        match since {
            Some(changes) if changes.is_empty() => {
                kept.known_to.fetch_max(known_to, Ordering::AcqRel);
                return Ok(kept);
            }
            Some(changes) if changes.len() <= PATCHED_MAX => {
                if let Some(newest) = kept.patch(cx, &changes, known_to).await? {
                    return Ok(caches.homes.keep(&reader, Arc::new(newest), before));
                }
            }
            _ => {}
        }
    }
    let newest = merge(cx, viewer, reader, known_to).await?;
    Ok(caches.homes.keep(&reader, Arc::new(newest), before))
}

async fn merge(cx: &Context, viewer: &Viewer, reader: AccountId, known_to: u64) -> Result<Newest, Failure> {
    let mut merge = Merge::below(cx, &sources_of(&viewer.graph, reader), None).await?;
    let mut entries = Vec::with_capacity(ENTRIES_MAX);
    while entries.len() < ENTRIES_MAX {
        match merge.next().await? {
            Some(entry) => entries.push(entry),
            None => break,
        }
    }
    let is_whole = entries.len() < ENTRIES_MAX;
    Ok(Newest { reader, graph: viewer.graph.clone(), known_to: known_to.into(), entries, is_whole })
}

impl Newest {
    /// Whose posts they are.
    pub(super) fn sources(&self) -> Vec<AccountId> {
        sources_of(&self.graph, self.reader)
    }

    /// Where the entries below `below` begin.
    pub(super) fn place_below(&self, below: Option<PostId>) -> usize {
        below.map_or(0, |below| self.entries.partition_point(|entry| entry.id >= below))
    }

    /// The same with what changed since; `None` where it has to be merged anew.
    ///
    /// A head says what its author's newest entries are. What lies below it is still as it was merged, unless the change is
    /// there.
    async fn patch(&self, cx: &Context, changes: &[Change], known_to: u64) -> Result<Option<Self>, Failure> {
        let lowest = if self.is_whole { None } else { self.entries.last().map(|entry| entry.id) };
        let mut entries = self.entries.clone();
        for (author, changed) in changes {
            let head = load_head(cx, *author).await?;
            let end = if head.is_whole { None } else { head.entries.last().map(|entry| entry.id) };
            if Some(*changed) < end && Some(*changed) >= lowest {
                return Ok(None);
            }
            entries.retain(|entry| entry.author != *author || Some(entry.id) < end);
            entries.extend(head.entries.iter().filter(|entry| Some(entry.id) >= lowest).cloned());
        }
        if !self.is_whole && entries.len() < ENTRIES_MIN {
            return Ok(None);
        }
        entries.sort_unstable_by_key(|entry| Reverse(entry.id));
        let is_whole = self.is_whole && entries.len() <= ENTRIES_MAX;
        entries.truncate(ENTRIES_MAX);
        Ok(Some(Self { reader: self.reader, graph: self.graph.clone(), known_to: known_to.into(), entries, is_whole }))
    }
}

#[cfg(test)]
mod tests {
    use rand::rngs::StdRng;
    use rand::{Rng, SeedableRng};

    use super::*;
    use crate::authority::Authority;
    use crate::heads::HEAD_ENTRIES;
    use crate::post::delete;
    use crate::relationship::{FollowChoices, follow};
    use crate::world::{World, id_of};

    /// Ada follows Ben, who has said much more than a head holds, and Cleo, who has said as much but long ago.
    async fn prolific() -> (World, [Authority; 3], Vec<PostId>) {
        let world = World::new().await;
        let people = [world.member("ada").await, world.member("ben").await, world.member("cleo").await];
        for other in &people[1..] {
            follow(&world.cx, &people[0], id_of(other), &FollowChoices::default()).await.expect("she may");
        }
        let mut said = Vec::new();
        for (author, posts) in [(&people[2], ENTRIES_MAX), (&people[1], 2 * HEAD_ENTRIES)] {
            for number in 0..posts {
                said.push(world.post(author, &format!("word {number}")).await.post.id);
            }
        }
        (world, people, said)
    }

    async fn newest(world: &World, reader: &Authority) -> Arc<Newest> {
        let viewer = world.viewer(reader).await;
        load_newest(&world.cx, &viewer, id_of(reader)).await.expect("the store answers")
    }

    /// What is kept is what merging anew would find, as far as it goes.
    async fn assert_as_merged(world: &World, reader: &Authority) {
        let kept = newest(world, reader).await;
        let viewer = world.viewer(reader).await;
        let anew = merge(&world.cx, &viewer, id_of(reader), 0).await.expect("the store answers");
        let ids = |newest: &Newest| newest.entries.iter().map(|entry| entry.id).collect::<Vec<_>>();
        assert_eq!(ids(&kept), ids(&anew)[..kept.entries.len()]);
        assert!(kept.entries.len() >= ENTRIES_MIN || kept.is_whole);
        assert!(!kept.is_whole || kept.entries.len() == anew.entries.len());
    }

    #[tokio::test]
    async fn a_post_of_somebody_who_says_much_is_put_in_without_looking_at_anybody_else() {
        let (world, [ada, ben, cleo], _) = prolific().await;
        newest(&world, &ada).await;
        world.cx.caches().heads.forget(&id_of(&cleo));
        let said = world.post(&ben, "and one more").await.post.id;
        assert_eq!(newest(&world, &ada).await.entries[0].id, said);
        assert!(world.cx.caches().heads.find(&id_of(&cleo)).is_none(), "her head was not needed");
        assert_as_merged(&world, &ada).await;
    }

    #[tokio::test]
    async fn what_goes_from_below_a_head_goes_from_what_is_kept() {
        let (world, [ada, ben, _], said) = prolific().await;
        newest(&world, &ada).await;
        let old = said[ENTRIES_MAX + HEAD_ENTRIES / 2];
        assert!(newest(&world, &ada).await.entries.iter().any(|entry| entry.id == old), "it is kept, and in no head");
        delete(&world.cx, &ben, old).await.expect("it is his");
        assert!(newest(&world, &ada).await.entries.iter().all(|entry| entry.id != old));
        assert_as_merged(&world, &ada).await;
    }

    #[tokio::test]
    async fn what_is_kept_is_what_merging_finds_whatever_comes_and_goes() {
        let (world, people, mut said) = prolific().await;
        let owners = |said: usize| if said < ENTRIES_MAX { 2 } else { 1 };
        let mut owned: Vec<(PostId, usize)> = said.drain(..).enumerate().map(|(at, id)| (id, owners(at))).collect();
        let mut chance = StdRng::seed_from_u64(7);
        for _ in 0..200 {
            for _ in 0..chance.random_range(1..4) {
                if chance.random_bool(0.4) && !owned.is_empty() {
                    // Mostly of the newer ones, which are in somebody's home.
                    let newer = owned.len().min(2 * ENTRIES_MAX);
                    let (id, owner) = owned.remove(owned.len() - 1 - chance.random_range(0..newer));
                    delete(&world.cx, &people[owner], id).await.expect("it is theirs");
                } else {
                    let owner = chance.random_range(0..people.len());
                    owned.push((world.post(&people[owner], "word").await.post.id, owner));
                }
            }
            assert_as_merged(&world, &people[0]).await;
        }
    }
}
