//! Notifications in their groups.

use kw_app::notification::GroupView;
use kw_domain::notification::Kind;
use kw_html::views::{Notification, NotificationKind};

use super::account::chip;
use super::ms;
use super::post::Cards;

/// Accounts whose pictures stand beside a group.
const FACES_MAX: usize = 6;

/// A group. `read_to` is the last notification that the reader has seen.
pub fn notification(group: &GroupView, cards: &Cards<'_>, read_to: u64) -> Notification {
    Notification {
        kind: kind(group.kind),
        accounts: group.accounts.iter().take(FACES_MAX).map(chip).collect(),
        total: group.count,
        at_ms: ms(group.latest_at),
        post: group.post.as_ref().map(|post| cards.post(post)),
        unread: group.newest.0 > read_to,
    }
}

const fn kind(kind: Kind) -> NotificationKind {
    match kind {
        Kind::Mention => NotificationKind::Mention,
        Kind::Status => NotificationKind::Post,
        Kind::Reblog => NotificationKind::Boost,
        Kind::Follow => NotificationKind::Follow,
        Kind::FollowRequest => NotificationKind::FollowRequest,
        Kind::Favourite => NotificationKind::Favourite,
        Kind::Update => NotificationKind::Edit,
    }
}
