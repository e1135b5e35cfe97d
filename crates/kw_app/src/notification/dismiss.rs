//! Putting notifications away.

use kw_domain::id::NotificationId;
use kw_domain::refusal::Refusal;

use crate::authority::Authority;
use crate::buckets::Window;
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::{MARKER, NOTIFICATION};
use crate::notification::group::members_of;
use crate::notification::list::{NotificationFilter, Reading};
use crate::notification::scan::{Candidate, DISMISSED};
use crate::notification::write::KEPT_MS;
use crate::operation::Before;
use crate::rows::{MarkerRow, NotificationRow};

/// Notifications of a group that are put away in one operation.
const DISMISSED_AT_ONCE: usize = 512;

/// Puts one notification away; missing when there is none.
pub async fn dismiss(cx: &Context, authority: &Authority, id: NotificationId) -> Result<(), Failure> {
    let filter = NotificationFilter::default();
    let reading = Reading::begin(cx, authority, &filter).await?;
    let window = Window { above: id.0.checked_sub(1), below: id.0.checked_add(1), ..Window::newest(1) };
    let found = reading.sources.page(cx, &window).await?;
    let found: Vec<Candidate> = found.into_iter().filter(|it| it.kind.is_some()).collect();
    if found.is_empty() {
        return Err(Refusal::missing().into());
    }
    retry(|| dismiss_once(cx, authority, &found)).await
}

/// Puts a whole group away; missing when there is none.
pub async fn dismiss_group(cx: &Context, authority: &Authority, key: &str) -> Result<(), Failure> {
    let members = members_of(cx, authority, key).await?;
    if members.is_empty() {
        return Err(Refusal::missing().into());
    }
    let candidate = |view: &crate::notification::NotificationView| Candidate {
        id: view.id,
        kind: Some(view.kind),
        from: view.account.account.id,
        post: view.post.as_ref().map(|view| view.post.id),
        entry: None,
    };
    let members: Vec<Candidate> = members.iter().map(candidate).collect();
    for some in members.chunks(DISMISSED_AT_ONCE) {
        retry(|| dismiss_once(cx, authority, some)).await?;
    }
    Ok(())
}

/// A row that says so takes each notification's place, because one that was never written can be put away as well. What
/// decides is the account's count of such acts.
async fn dismiss_once(cx: &Context, authority: &Authority, members: &[Candidate]) -> Result<(), Failure> {
    let reader = authority.acting()?;
    let key = DISMISSED.to_owned();
    let acts = cx.find(&MARKER, &reader, &key).await?;
    let row = MarkerRow {
        last_read_id: members.iter().map(|it| it.id.0).max().unwrap_or(0),
        version: acts.as_ref().map_or(0, |row| row.value.version) + 1,
        updated_at: cx.now().0,
    };
    let mut draft = cx.draft(authority);
    draft.decide(&MARKER, (&reader, &key), Before::of(acts.as_ref()), &row);
    for it in members {
        let place = NOTIFICATION.place(cx, reader, &it.id).await?;
        let about = it.post.map(|post| post.0);
        let row = NotificationRow { kind: DISMISSED.to_owned(), from: it.from.0, about };
        draft.ensure_until(&NOTIFICATION.rows, (&place, &it.id), &row, Some(it.id.at().0 + KEPT_MS));
    }
    cx.perform(draft).await
}
