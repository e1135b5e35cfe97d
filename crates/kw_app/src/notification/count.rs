//! How much is unread.

use crate::authority::Authority;
use crate::buckets::Window;
use crate::context::Context;
use crate::failure::Failure;
use crate::families::MARKER;
use crate::marker::Timeline;
use crate::notification::group::list_groups;
use crate::notification::list::{NotificationFilter, list};

/// The most that is counted.
const COUNTED_MAX: usize = 1_000;

/// How many notifications lie above the account's marker, counted up to `limit` (at most 1,000).
pub async fn count_unread(
    cx: &Context,
    authority: &Authority,
    filter: &NotificationFilter,
    limit: usize,
) -> Result<usize, Failure> {
    let window = unread(cx, authority, limit).await?;
    Ok(list(cx, authority, filter, &window).await?.items.len())
}

/// How many groups of notifications lie above the account's marker, counted up to `limit` (at most 1,000).
pub async fn count_unread_groups(
    cx: &Context,
    authority: &Authority,
    filter: &NotificationFilter,
    grouped: &[kw_domain::notification::Kind],
    limit: usize,
) -> Result<usize, Failure> {
    let window = unread(cx, authority, limit).await?;
    Ok(list_groups(cx, authority, filter, grouped, &window).await?.items.len())
}

async fn unread(cx: &Context, authority: &Authority, limit: usize) -> Result<Window<u64>, Failure> {
    let key = Timeline::Notifications.word().to_owned();
    let marker = cx.find(&MARKER, &authority.acting()?, &key).await?;
    let above = marker.map(|row| row.value.last_read_id);
    Ok(Window { above, ..Window::newest(limit.clamp(1, COUNTED_MAX)) })
}
