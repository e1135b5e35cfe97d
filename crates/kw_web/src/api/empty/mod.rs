//! What is not there yet and has an honest short answer: lists without anything in them.

use axum::Json;
use kw_domain::id::{AccountId, PostId};
use serde_json::{Value, json};

use super::{Answer, Call, Id};
use crate::error::Problem;

/// Nothing is in this list.
pub async fn list() -> Json<[(); 0]> {
    Json([])
}

/// Nothing of an account is in this list; missing when there is no such account.
pub async fn of_account(call: Call, Id(id): Id<AccountId>) -> Answer<[(); 0]> {
    let account = kw_app::account::find(&call.cx, id).await?;
    account.map(|_| Json([])).ok_or_else(Problem::missing)
}

/// Nothing about a post is in this list; missing when there is no such post for the reader.
pub async fn of_post(call: Call, Id(id): Id<PostId>) -> Answer<[(); 0]> {
    kw_app::view::post::load_post(&call.cx, &call.viewer().await?, id).await?;
    Ok(Json([]))
}

/// A post has no card.
pub async fn card(call: Call, Id(id): Id<PostId>) -> Answer<Value> {
    kw_app::view::post::load_post(&call.cx, &call.viewer().await?, id).await?;
    Ok(Json(json!({})))
}

/// Nothing stands under any name.
pub async fn none() -> Json<Value> {
    Json(json!({}))
}
