//! `GET /api/v1/blocks`

use kw_app::relationship::list_blocks;

use crate::actor::Actor;
use crate::api::entity::Account;
use crate::api::{Call, Listed};
use crate::params::Params;

/// Whom the member blocks.
pub async fn blocks(call: Call, actor: Actor, params: Params) -> Listed<Account> {
    let page = list_blocks(&call.cx, actor.authority(), &params.window(40, 80)?).await?;
    Ok(call.accounts(&page))
}
