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
            Some(authors) if authors.is_empty() => {
                kept.known_to.fetch_max(known_to, Ordering::AcqRel);
                return Ok(kept);
            }
            Some(authors) if authors.len() <= PATCHED_MAX => {
                if let Some(newest) = kept.patch(cx, &authors, known_to).await? {
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

    /// The same with what `authors` have in their outboxes now; `None` where it has to be merged anew.
    async fn patch(&self, cx: &Context, authors: &[AccountId], known_to: u64) -> Result<Option<Self>, Failure> {
        let lowest = if self.is_whole { None } else { self.entries.last().map(|entry| entry.id) };
        let mut entries: Vec<Entry> =
            self.entries.iter().filter(|entry| !authors.contains(&entry.author)).cloned().collect();
        for author in authors {
            let head = load_head(cx, *author).await?;
            let reaches = |lowest| head.entries.last().is_some_and(|entry| Some(entry.id) <= lowest);
            if !head.is_whole && !reaches(lowest) {
                return Ok(None);
            }
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
