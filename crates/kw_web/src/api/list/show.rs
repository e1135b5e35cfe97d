//! `GET /api/v1/lists`, `GET /api/v1/lists/:id` and `GET /api/v1/accounts/:id/lists`

use axum::Json;
use kw_app::list;
use kw_domain::id::{AccountId, ListId};

use crate::actor::Actor;
use crate::api::entity::List;
use crate::api::{Answer, Call, Id};

/// The member's lists.
pub async fn all(call: Call, actor: Actor) -> Answer<Vec<List>> {
    let views = list::list(&call.cx, actor.authority()).await?;
    Ok(Json(views.into_iter().map(List::of).collect()))
}

/// One of them.
pub async fn one(call: Call, actor: Actor, Id(id): Id<ListId>) -> Answer<List> {
    Ok(Json(List::of(list::load(&call.cx, actor.authority(), id).await?)))
}

/// Those that an account is on.
pub async fn with_account(call: Call, actor: Actor, Id(id): Id<AccountId>) -> Answer<Vec<List>> {
    let views = list::list_with(&call.cx, actor.authority(), id).await?;
    Ok(Json(views.into_iter().map(List::of).collect()))
}
