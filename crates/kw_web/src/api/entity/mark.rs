//! Lists of accounts, and where somebody stopped reading.

use std::collections::BTreeMap;

use kw_app::list::ListView;
use kw_app::marker::{MarkerView, Timeline};
use serde::Serialize;

use crate::time;

/// A list.
#[derive(Debug, Clone, Serialize)]
pub struct List {
    pub id: String,
    pub title: String,
    pub replies_policy: &'static str,
    pub exclusive: bool,
}

/// Where somebody stopped reading a timeline.
#[derive(Debug, Clone, Serialize)]
pub struct Marker {
    pub last_read_id: String,
    pub version: u32,
    pub updated_at: String,
}

/// Markers by the word of their timeline; only those that were saved.
pub type Markers = BTreeMap<&'static str, Marker>;

impl List {
    /// A list as its owner sees it.
    pub fn of(view: ListView) -> Self {
        Self {
            id: view.id.to_string(),
            title: view.title,
            replies_policy: view.replies.word(),
            exclusive: view.exclusive,
        }
    }
}

/// Markers as clients read them.
pub fn markers(views: BTreeMap<Timeline, MarkerView>) -> Markers {
    let marker = |view: MarkerView| Marker {
        last_read_id: view.last_read_id.to_string(),
        version: view.version,
        updated_at: time::moment(view.updated_at),
    };
    views.into_iter().map(|(timeline, view)| (timeline.word(), marker(view))).collect()
}
