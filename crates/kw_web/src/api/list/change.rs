//! `POST /api/v1/lists`, `PUT|DELETE /api/v1/lists/:id`

use axum::Json;
use kw_app::list::{self, ListChanges, NewList, Replies};
use kw_domain::id::ListId;
use serde_json::{Value, json};

use crate::actor::Actor;
use crate::api::entity::List;
use crate::api::{Answer, Call, Id};
use crate::error::Problem;
use crate::params::Params;

/// Makes a list.
pub async fn create(call: Call, actor: Actor, params: Params) -> Answer<List> {
    let new = NewList {
        title: params.text("title")?.unwrap_or_default().to_owned(),
        replies: replies_of(&params)?.unwrap_or(Replies::Members),
        exclusive: params.is_on("exclusive")?,
    };
    Ok(Json(List::of(list::create(&call.cx, actor.authority(), &new).await?)))
}

/// Changes a list.
pub async fn update(call: Call, actor: Actor, Id(id): Id<ListId>, params: Params) -> Answer<List> {
    let changes = ListChanges {
        title: params.text("title")?.map(str::to_owned),
        replies: replies_of(&params)?,
        exclusive: params.flag("exclusive")?,
    };
    Ok(Json(List::of(list::change(&call.cx, actor.authority(), id, &changes).await?)))
}

/// Deletes a list.
pub async fn delete(call: Call, actor: Actor, Id(id): Id<ListId>) -> Answer<Value> {
    list::delete(&call.cx, actor.authority(), id).await?;
    Ok(Json(json!({})))
}

fn replies_of(params: &Params) -> Result<Option<Replies>, Problem> {
    let sentence = "Validation failed: `replies_policy` is followed, list or none";
    let found = |word| Replies::from_word(word).ok_or_else(|| Problem::invalid("replies_policy", sentence));
    params.word("replies_policy")?.map(found).transpose()
}
