//! Notifications in their groups.

use kw_app::notification::GroupView;
use kw_app::staff::record::OnRecord;
use kw_domain::notification::Kind;
use kw_html::part::power::Power;
use kw_html::views::{Course, Notification, NotificationKind};

use super::account::chip;
use super::ms;
use super::post::Cards;

/// Accounts whose pictures stand beside a group.
const FACES_MAX: usize = 6;

/// A group. `read_to` is the last notification that the reader has seen.
pub fn notification(group: &GroupView, cards: &Cards<'_>, read_to: u64) -> Notification {
    Notification {
        kind: kind(group),
        accounts: group.accounts.iter().take(FACES_MAX).map(chip).collect(),
        total: group.count,
        at_ms: ms(group.latest_at),
        post: group.post.as_ref().map(|post| cards.post(post)),
        unread: group.newest.0 > read_to,
    }
}

fn kind(group: &GroupView) -> NotificationKind {
    match group.kind {
        Kind::Mention => NotificationKind::Mention,
        Kind::Status => NotificationKind::Post,
        Kind::Reblog => NotificationKind::Boost,
        Kind::Follow => NotificationKind::Follow,
        Kind::FollowRequest => NotificationKind::FollowRequest,
        Kind::Favourite => NotificationKind::Favourite,
        Kind::Update => NotificationKind::Edit,
        Kind::Warning | Kind::Decision => decided(group),
    }
}

/// What was decided is told as it was; a decision that came back says so by another notification.
fn decided(group: &GroupView) -> NotificationKind {
    let known = group.decision.as_ref().map(|reasons| &reasons.decision);
    let course = match known {
        Some(known) if group.kind == Kind::Decision => course(known),
        _ => Course::Holds,
    };
    NotificationKind::Decision {
        power: known.and_then(|known| Power::from_word(known.power.word())).unwrap_or(Power::Restore),
        course,
        entry: known.map_or(0, |known| known.index),
    }
}

fn course(known: &OnRecord) -> Course {
    match (known.from, known.undone) {
        (None, None) => Course::Holds,
        (Some(_), None) => Course::Waits,
        (Some(_), Some(_)) => Course::Cancelled,
        (None, Some(_)) => Course::Undone,
    }
}
