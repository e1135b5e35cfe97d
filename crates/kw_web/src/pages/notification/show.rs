//! A page of notifications. Seeing the newest ones is having read them.

use std::collections::BTreeMap;

use kw_app::failure::Failure;
use kw_app::marker::{self, Timeline};
use kw_app::notification::{NotificationFilter, list_groups};
use kw_domain::notification::Kind;
use kw_html::views::Notifications;

use crate::error::Problem;
use crate::pages::answer::{Answer, go, page};
use crate::pages::list;
use crate::pages::view::notification::notification;
use crate::pages::visit::Member;
use crate::params::Params;

/// What is shown as one when it was done to one thing on one day.
const GROUPED: [Kind; 3] = [Kind::Favourite, Kind::Reblog, Kind::Follow];

/// The page.
pub async fn show(member: Member, params: Params) -> Answer {
    let window = list::window(&params, list::ROWS)?;
    let filter = NotificationFilter::default();
    let shown = list_groups(member.cx(), member.authority(), &filter, &GROUPED, &window).await?;
    if list::is_top(&window, &shown) {
        return Ok(go("/notifications"));
    }
    let read_to = read_to(&member).await?;
    let newest = shown.items.first().map_or(0, |group| group.newest.0);
    let mut page_of = member.page();
    if list::is_first(&window) && newest > read_to {
        remember(&member, newest).await?;
        if let Some(viewer) = &mut page_of.viewer {
            viewer.unread = 0;
        }
    }
    let cards = member.cards();
    let view = Notifications {
        notifications: shown.items.iter().map(|group| notification(group, &cards, read_to)).collect(),
        pager: list::pager("/notifications", &window, &shown),
        page: page_of,
    };
    Ok(page(&view))
}

async fn read_to(member: &Member) -> Result<u64, Problem> {
    let markers = marker::load(member.cx(), member.authority(), &[Timeline::Notifications]).await?;
    Ok(markers.get(&Timeline::Notifications).map_or(0, |marker| marker.last_read_id))
}

/// Another client that moves the marker at the same moment has read as much.
async fn remember(member: &Member, newest: u64) -> Result<(), Problem> {
    let read = BTreeMap::from([(Timeline::Notifications, newest)]);
    match marker::save(member.cx(), member.authority(), &read).await {
        Ok(_) | Err(Failure::Refused(_)) => Ok(()),
        Err(failure) => Err(failure.into()),
    }
}
