//! Putting all notifications away at once.

use crate::authority::Authority;
use crate::buckets::Window;
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::MARKER;
use crate::notification::list::{NotificationFilter, Reading};
use crate::notification::scan::CLEARED;
use crate::operation::Before;
use crate::rows::MarkerRow;

/// Puts away everything that the account was told so far. One row moves, however much that is; what lies below it is
/// never shown again and goes by itself.
pub async fn clear(cx: &Context, authority: &Authority) -> Result<(), Failure> {
    retry(|| clear_once(cx, authority)).await
}

async fn clear_once(cx: &Context, authority: &Authority) -> Result<(), Failure> {
    let filter = NotificationFilter::default();
    let reading = Reading::begin(cx, authority, &filter).await?;
    let Some(newest) = reading.sources.page(cx, &Window::newest(1)).await?.into_iter().next() else { return Ok(()) };
    let key = CLEARED.to_owned();
    let cleared = cx.find(&MARKER, &reading.reader, &key).await?;
    let row = MarkerRow {
        last_read_id: newest.id.0,
        version: cleared.as_ref().map_or(0, |row| row.value.version) + 1,
        updated_at: cx.now().0,
    };
    let mut draft = cx.draft(authority);
    draft.decide(&MARKER, (&reading.reader, &key), Before::of(cleared.as_ref()), &row);
    cx.perform(draft).await
}
