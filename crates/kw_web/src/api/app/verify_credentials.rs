//! `GET /api/v1/apps/verify_credentials`

use axum::Json;
use kw_app::oauth::find_app;

use crate::api::entity::Application;
use crate::api::{Answer, Call};
use crate::error::Problem;

/// The client that asks, whatever its token may.
pub async fn verify_credentials(call: Call) -> Answer<Application> {
    let id = call.caller.actor().app().ok_or_else(Problem::missing)?;
    let app = find_app(&call.cx, id).await?.ok_or_else(Problem::missing)?;
    Ok(Json(Application::of(app)))
}
