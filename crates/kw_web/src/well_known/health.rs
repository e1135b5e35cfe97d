//! `GET /health`

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::edge::Web;
use crate::error::Problem;

/// Whether the server can answer: its store is read once.
pub async fn health(State(web): State<Web>) -> Result<Json<Value>, Problem> {
    kw_app::account::count(&web.cx).await?;
    Ok(Json(json!({ "status": "UP" })))
}
