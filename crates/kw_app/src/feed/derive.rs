//! What follows for the feed from the rows that an operation writes: whatever is kept in memory of a family is forgotten
//! when a row of it changes, without anybody having to think of it. Deliberately absent: what else an operation tells;
//! that is the use case's.

use kw_domain::id::{AccountId, PostId, RelationId};
use kw_store::{Batch, Partition};

use crate::families::{
    ACCOUNT, BOOSTS, FOLLOWERS, FOLLOWING, LIKES, LIST, LIST_MEMBER, MARK, MEMBER, OUTBOX, POST, RELATIONS, REPLIES,
    SESSION, TOKEN,
};
use crate::feed::{Change, Event};
use crate::key::Key;

/// Adds to `events` what the changes of `steps` are called, as far as it was not told already.
pub fn add_events(events: &mut Vec<Event>, steps: &[Batch]) {
    for step in steps {
        if step.partition.family.id == OUTBOX.rows.family.id {
            add_entries(events, step);
        } else if step.partition.family.id == FOLLOWERS.rows.family.id {
            add_follows(events, step);
        } else if step.partition.family.id == MEMBER.rows.family.id {
            let members = step.changes.iter().filter_map(|change| AccountId::from_bytes(&change.key));
            events.extend(members.map(|account| Event::Member { account: account.0 }));
        } else if let Some(event) = event_of(&step.partition).filter(|event| !events.contains(event)) {
            events.push(event);
        }
    }
}

/// Entries of an outbox, however they changed.
fn add_entries(events: &mut Vec<Event>, step: &Batch) {
    let Some(owner) = owner_of(&step.partition) else { return };
    for id in step.changes.iter().filter_map(|change| PostId::from_bytes(&change.key)) {
        let is_told =
            |event: &Event| matches!(event, Event::Outbox { author, entry, .. } if (*author, *entry) == (owner, id.0));
        if !events.iter().any(is_told) {
            events.push(Event::Outbox { author: owner, entry: id.0, change: Change::Edited });
        }
    }
}

/// Followers that came or went.
fn add_follows(events: &mut Vec<Event>, step: &Batch) {
    let Some(account) = owner_of(&step.partition) else { return };
    let follows = step.changes.iter().filter_map(|change| RelationId::from_bytes(&change.key));
    events.extend(follows.map(|follow| Event::Counted { account, follow: follow.0 }));
}

/// What a change in `partition` is called; none where nothing of it is kept.
fn event_of(partition: &Partition) -> Option<Event> {
    let id = owner_of(partition)?;
    let family = partition.family.id;
    let is = |families: &[u16]| families.contains(&family);
    if is(&[POST.family.id, LIKES.rows.family.id, BOOSTS.rows.family.id, REPLIES.rows.family.id]) {
        Some(Event::Post { post: id })
    } else if is(&[RELATIONS.family.id, FOLLOWING.family.id, LIST.family.id, LIST_MEMBER.family.id]) {
        Some(Event::Relations { account: id })
    } else if is(&[MARK.rows.family.id]) {
        Some(Event::Marked { account: id })
    } else if is(&[ACCOUNT.family.id]) {
        Some(Event::Account { account: id })
    } else if is(&[SESSION.family.id]) {
        Some(Event::Sessions { account: id })
    } else if is(&[TOKEN.family.id]) {
        Some(Event::Token { token: id })
    } else {
        None
    }
}

/// The number that the partition's key begins with: the account's, or the post's.
fn owner_of(partition: &Partition) -> Option<u64> {
    partition.key.first_chunk().map(|bytes| u64::from_be_bytes(*bytes))
}
