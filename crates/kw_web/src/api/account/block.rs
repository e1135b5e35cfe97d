//! `POST /api/v1/accounts/:id/{block,unblock}`

use axum::Json;
use kw_app::relationship;
use kw_domain::id::AccountId;

use crate::actor::Actor;
use crate::api::entity::Relationship;
use crate::api::{Answer, Call, Id};

/// Blocks an account.
pub async fn block(call: Call, actor: Actor, Id(id): Id<AccountId>) -> Answer<Relationship> {
    let view = relationship::block(&call.cx, actor.authority(), id).await?;
    Ok(Json(Relationship::of(view)))
}

/// Blocks an account no longer.
pub async fn unblock(call: Call, actor: Actor, Id(id): Id<AccountId>) -> Answer<Relationship> {
    let view = relationship::unblock(&call.cx, actor.authority(), id).await?;
    Ok(Json(Relationship::of(view)))
}
