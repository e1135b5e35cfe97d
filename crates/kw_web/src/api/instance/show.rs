//! `GET /api/{v1,v2}/instance` and what hangs on it

use axum::Json;
use axum::extract::State;
use kw_app::house::census;
use serde_json::{Value, json};

use crate::api::Answer;
use crate::api::entity::{InstanceFacts, instance_v1, instance_v2, rules};
use crate::edge::Web;
use crate::error::Problem;

/// The instance as old clients read it.
pub async fn v1(State(web): State<Web>) -> Answer<Value> {
    Ok(Json(instance_v1(web.cx.settings(), &facts(&web).await?)))
}

/// The instance.
pub async fn v2(State(web): State<Web>) -> Answer<Value> {
    Ok(Json(instance_v2(web.cx.settings(), &facts(&web).await?)))
}

/// Its rules.
pub async fn rule_list(State(web): State<Web>) -> Json<Value> {
    Json(rules(web.cx.settings()))
}

/// What it says of itself at more length: its description.
pub async fn extended_description(State(web): State<Web>) -> Json<Value> {
    let content = kw_domain::text::render::note_html(
        &kw_domain::text::parse(&web.cx.settings().description),
        &|_| None,
        &|tag| crate::address::tag_url(web.cx.settings(), tag),
    );
    Json(json!({ "updated_at": null, "content": content }))
}

async fn facts(web: &Web) -> Result<InstanceFacts, Problem> {
    let members = kw_app::account::count(&web.cx).await?;
    Ok(InstanceFacts { version: web.edge.version.clone(), members, census: census(&web.cx) })
}
