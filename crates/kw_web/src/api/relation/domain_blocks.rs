//! `GET|POST|DELETE /api/v1/domain_blocks`

use axum::Json;
use kw_app::relationship::{block_domain, list_domain_blocks, unblock_domain};
use serde_json::{Value, json};

use crate::actor::Actor;
use crate::api::{Answer, Call, Listed};
use crate::paging::Newer;
use crate::params::Params;

/// The domains that the member blocks, as plain texts.
pub async fn list(call: Call, actor: Actor, params: Params) -> Listed<String> {
    let page = list_domain_blocks(&call.cx, actor.authority(), &params.window(100, 200)?).await?;
    Ok((call.links(&page, Newer::SinceId), Json(page.items)))
}

/// Blocks a domain.
pub async fn block(call: Call, actor: Actor, params: Params) -> Answer<Value> {
    block_domain(&call.cx, actor.authority(), params.needed_text("domain")?).await?;
    Ok(Json(json!({})))
}

/// Blocks a domain no longer.
pub async fn unblock(call: Call, actor: Actor, params: Params) -> Answer<Value> {
    unblock_domain(&call.cx, actor.authority(), params.needed_text("domain")?).await?;
    Ok(Json(json!({})))
}
