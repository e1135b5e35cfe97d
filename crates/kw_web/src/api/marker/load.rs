//! `GET /api/v1/markers`

use axum::Json;
use kw_app::marker::{self, Timeline};

use crate::actor::Actor;
use crate::api::entity::{Markers, markers};
use crate::api::{Answer, Call};
use crate::params::Params;

/// The markers of the timelines asked about, as far as there are any.
pub async fn load(call: Call, actor: Actor, params: Params) -> Answer<Markers> {
    let timelines: Vec<Timeline> = params.words("timeline")?.into_iter().filter_map(Timeline::from_word).collect();
    Ok(Json(markers(marker::load(&call.cx, actor.authority(), &timelines).await?)))
}
