//! `POST /api/v1/markers`

use std::collections::BTreeMap;

use axum::Json;
use http::StatusCode;
use kw_app::marker::{self, Timeline};
use kw_domain::id::PostId;

use crate::actor::Actor;
use crate::api::entity::{Markers, markers};
use crate::api::{Answer, Call};
use crate::error::Problem;
use crate::params::Params;

/// Moves markers. When another client moves one at the same moment, 409.
pub async fn save(call: Call, actor: Actor, params: Params) -> Answer<Markers> {
    let mut read = BTreeMap::new();
    for (timeline, name) in [(Timeline::Home, "home"), (Timeline::Notifications, "notifications")] {
        if let Some(id) = params.part(name)?.id::<PostId>("last_read_id")? {
            read.insert(timeline, id.0);
        }
    }
    let saved = marker::save(&call.cx, actor.authority(), &read).await.map_err(|failure| {
        let problem = Problem::from(failure);
        let status = if problem.code == "marker_moved" { StatusCode::CONFLICT } else { problem.status };
        Problem { status, ..problem }
    })?;
    Ok(Json(markers(saved)))
}
