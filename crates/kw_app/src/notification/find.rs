//! One notification.

use kw_domain::id::NotificationId;
use kw_domain::refusal::Refusal;

use crate::authority::Authority;
use crate::buckets::Window;
use crate::context::Context;
use crate::failure::Failure;
use crate::notification::list::{Kept, NotificationFilter, NotificationView, list};

/// One of the account's notifications, also one that its policy keeps apart; missing when there is none, or nothing to
/// be shown of it any more.
pub async fn find(cx: &Context, authority: &Authority, id: NotificationId) -> Result<NotificationView, Failure> {
    let filter = NotificationFilter { kept: Kept::Among, ..NotificationFilter::default() };
    let window = Window { above: id.0.checked_sub(1), below: id.0.checked_add(1), ..Window::newest(1) };
    let page = list(cx, authority, &filter, &window).await?;
    Ok(page.items.into_iter().next().ok_or_else(Refusal::missing)?)
}
