//! What follows for the feed from the rows that an operation writes: whatever is kept in memory of a family is forgotten
//! when a row of it changes, without anybody having to think of it. Deliberately absent: what else an operation tells;
//! that is the use case's.

use kw_store::Partition;

use crate::families::{
    ACCOUNT, BOOSTS, FOLLOWERS, FOLLOWING, LIKES, LIST, LIST_MEMBER, MARK, OUTBOX, POST, RELATIONS, REPLIES, SESSION,
    TOKEN,
};
use crate::feed::Event;

/// What a change in `partition` is called; none where nothing of it is kept.
pub fn event_of(partition: &Partition) -> Option<Event> {
    let id = u64::from_be_bytes(*partition.key.first_chunk()?);
    let family = partition.family.id;
    let is = |families: &[u16]| families.contains(&family);
    if is(&[POST.family.id, LIKES.rows.family.id, BOOSTS.rows.family.id, REPLIES.rows.family.id]) {
        Some(Event::Post { post: id })
    } else if is(&[RELATIONS.family.id, FOLLOWING.family.id, LIST.family.id, LIST_MEMBER.family.id]) {
        Some(Event::Relations { account: id })
    } else if is(&[OUTBOX.rows.family.id, FOLLOWERS.rows.family.id]) {
        Some(Event::Counted { account: id })
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
