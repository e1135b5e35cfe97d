//! What must hold of the rows of posts, marks and relationships whenever nothing is under way.

use std::collections::{BTreeMap, BTreeSet};

use kw_domain::id::{AccountId, PostId, RelationId};

use super::World;
use crate::families::{
    BOOSTS, FOLLOWERS, FOLLOWING, LIKES, MARK, MARKED, OUTBOX, POST, RELATIONS, REPLIES, REQUESTS, TAG, THREAD,
};
use crate::rows::{MarkKind, RelationKey};

/// Every list says the same as the rows that decided. Panics with what does not fit.
pub(crate) async fn check_sound(world: &World) {
    check_follows(world).await;
    check_marks(world).await;
    check_posts(world).await;
}

/// Follows and requests stand on both sides under the same id, and never across a block.
async fn check_follows(world: &World) {
    let follows: BTreeSet<(AccountId, AccountId, u64)> =
        world.all(&FOLLOWING).await.into_iter().map(|(from, row)| (from, row.key, row.value.id)).collect();
    let followers: BTreeSet<(AccountId, AccountId, u64)> = world
        .all(&FOLLOWERS.rows)
        .await
        .into_iter()
        .map(|((to, _), row)| (AccountId(row.value.id), to, row.key.0))
        .collect();
    assert_eq!(follows, followers, "follows and followers");

    let (mut asked, mut blocks) = (BTreeSet::new(), BTreeSet::new());
    for (from, row) in world.all(&RELATIONS).await {
        match row.key {
            RelationKey::Request(to) => _ = asked.insert((from, to, row.value.id)),
            RelationKey::Block(to) => _ = blocks.insert((from, to)),
            _ => {}
        }
    }
    let requests: BTreeSet<_> =
        world.all(&REQUESTS).await.into_iter().map(|(to, row)| (AccountId(row.value.from), to, row.key.0)).collect();
    assert_eq!(asked, requests, "requests of both sides");
    for (from, to, _) in follows.iter().chain(&requests) {
        assert!(!blocks.contains(&(*from, *to)) && !blocks.contains(&(*to, *from)), "a follow across a block");
    }
}

/// What a reader marked stands in the reader's list, and in the post's list where that is public.
async fn check_marks(world: &World) {
    let (mut marks, mut likes, mut boosts) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for ((reader, _), row) in world.all(&MARK.rows).await {
        let (post, kind) = row.key;
        match kind {
            MarkKind::Boost => _ = boosts.insert((post, PostId(row.value.id), reader)),
            kind => _ = marks.insert((reader, kind, RelationId(row.value.id), post)),
        }
        if kind == MarkKind::Favourite {
            likes.insert((post, RelationId(row.value.id), reader));
        }
    }
    let marked: BTreeSet<_> = world
        .all(&MARKED.rows)
        .await
        .into_iter()
        .map(|(((reader, kind), _), row)| (reader, kind, row.key, PostId(row.value.id)))
        .collect();
    assert_eq!(marks, marked, "marks and lists of marks");
    let rows = world.all(&LIKES.rows).await;
    let listed: BTreeSet<_> =
        rows.into_iter().map(|((post, _), row)| (post, row.key, AccountId(row.value.id))).collect();
    assert_eq!(likes, listed, "favourites");
    let rows = world.all(&BOOSTS.rows).await;
    let listed: BTreeSet<_> =
        rows.into_iter().map(|((post, _), row)| (post, row.key, AccountId(row.value.id))).collect();
    assert_eq!(boosts, listed, "boosts");
    let mut entries = BTreeSet::new();
    for ((author, _), row) in world.all(&OUTBOX.rows).await {
        if let Some((subject, _)) = row.value.subject {
            entries.insert((PostId(subject), row.key, author));
        }
    }
    assert_eq!(boosts, entries, "boosts and entries");
}

/// Every entry has its post with as many versions as it says, every post its entry, thread, tags and place below its
/// parent.
async fn check_posts(world: &World) {
    let entries: BTreeSet<(AccountId, PostId)> =
        world.all(&OUTBOX.rows).await.into_iter().map(|((author, _), row)| (author, row.key)).collect();
    let posts: BTreeMap<PostId, _> = world.all(&POST).await.into_iter().map(|(id, row)| (id, row.value)).collect();
    let written: BTreeSet<_> = posts.iter().map(|(id, row)| (AccountId(row.author), *id)).collect();
    assert_eq!(entries, written, "entries and posts");

    let (mut threaded, mut tagged, mut answers) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (id, row) in posts.iter().filter(|(_, row)| row.boost_of.is_none()) {
        threaded.insert(*id);
        tagged.extend(row.body.tags.iter().map(|tag| (tag.clone(), *id)));
        answers.extend(row.in_reply_to.map(|(parent, _)| (PostId(parent), *id)));
    }
    let rows = world.all(&THREAD.rows).await;
    assert_eq!(threaded, rows.into_iter().map(|(_, row)| row.key).collect(), "threads");
    let rows = world.all(&TAG.rows).await;
    assert_eq!(tagged, rows.into_iter().map(|((tag, _), row)| (tag, row.key)).collect(), "tags");
    let rows = world.all(&REPLIES.rows).await;
    assert_eq!(answers, rows.into_iter().map(|((parent, _), row)| (parent, row.key)).collect(), "replies");
}
