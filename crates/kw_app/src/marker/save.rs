//! Moving markers.

use std::collections::BTreeMap;

use kw_domain::refusal::{Kind, Refusal};

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::Failure;
use crate::families::MARKER;
use crate::marker::{MarkerView, Timeline};
use crate::operation::Before;
use crate::rows::MarkerRow;

/// Moves markers to the last ids read: all of them in one operation. Refused as a conflict when another client moves
/// one at the same moment: this one read less than that one, or will move it again.
pub async fn save(
    cx: &Context,
    authority: &Authority,
    read: &BTreeMap<Timeline, u64>,
) -> Result<BTreeMap<Timeline, MarkerView>, Failure> {
    let account = authority.acting()?;
    let mut markers = BTreeMap::new();
    let mut draft = cx.draft(authority);
    for (timeline, last_read_id) in read {
        let key = timeline.word().to_owned();
        let before = cx.find(&MARKER, &account, &key).await?;
        let version = before.as_ref().map_or(0, |row| row.value.version) + 1;
        let row = MarkerRow { last_read_id: *last_read_id, version, updated_at: cx.now().0 };
        draft.decide(&MARKER, (&account, &key), Before::of(before.as_ref()), &row);
        markers.insert(*timeline, MarkerView::of(&row));
    }
    if markers.is_empty() {
        return Ok(markers);
    }
    match cx.perform(draft).await {
        Ok(()) => Ok(markers),
        Err(Failure::Conflict) => {
            let sentence = "Conflict during update, please try again";
            Err(Refusal::new(Kind::Conflict, "marker_moved", sentence).into())
        }
        Err(failure) => Err(failure),
    }
}
