//! `POST /api/v1/statuses/:id/{reblog,unreblog}`

use axum::Json;
use kw_app::post;
use kw_domain::id::PostId;

use super::create::visibility_of;
use crate::actor::Actor;
use crate::api::entity::Status;
use crate::api::{Answer, Call, Id};
use crate::params::Params;

/// Boosts a post, and answers the boost with the post inside.
pub async fn reblog(call: Call, actor: Actor, Id(id): Id<PostId>, params: Params) -> Answer<Status> {
    let item = post::boost(&call.cx, actor.authority(), id, visibility_of(&params)?).await?;
    Ok(Json(call.writer().status(&item)))
}

/// Takes a boost back, and answers the post. The id is the post's or the boost's.
pub async fn unreblog(call: Call, actor: Actor, Id(id): Id<PostId>) -> Answer<Status> {
    let view = post::unboost(&call.cx, actor.authority(), id).await?;
    Ok(Json(call.writer().post(&view)))
}
