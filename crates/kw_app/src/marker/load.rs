//! Reading markers.

use std::collections::BTreeMap;

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::Failure;
use crate::families::MARKER;
use crate::marker::{MarkerView, Timeline};

/// The markers of these timelines, as far as there are any.
pub async fn load(
    cx: &Context,
    authority: &Authority,
    timelines: &[Timeline],
) -> Result<BTreeMap<Timeline, MarkerView>, Failure> {
    let account = authority.acting()?;
    let mut markers = BTreeMap::new();
    for timeline in timelines {
        if let Some(row) = cx.find(&MARKER, &account, &timeline.word().to_owned()).await? {
            markers.insert(*timeline, MarkerView::of(&row.value));
        }
    }
    Ok(markers)
}
