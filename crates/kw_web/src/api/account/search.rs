//! `GET /api/v1/accounts/search`

use axum::Json;
use kw_domain::id::AccountId;
use kw_domain::visibility::Surface;
use kw_app::account::search_by_prefix;
use kw_app::view::AccountView;
use kw_app::view::account::load_accounts;

use crate::api::entity::Account;
use crate::api::{Answer, Call};
use crate::error::Problem;
use crate::params::Params;

/// The most that a search looks through.
const FOUND_MAX: usize = 200;

/// Whose accounts are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    /// Everybody's.
    Everybody,
    /// Those whom the reader follows.
    Followed,
}

/// Accounts by the beginning of their handle or name.
pub async fn search(call: Call, params: Params) -> Answer<Vec<Account>> {
    let among = if params.is_on("following")? { Among::Followed } else { Among::Everybody };
    let (offset, limit) = (params.offset(), params.limit(40, 80));
    let views = find_accounts(&call, params.text("q")?.unwrap_or_default(), among, offset, limit).await?;
    Ok(Json(call.writer().accounts(&views)))
}

/// The accounts that a query finds, as far as the reader may come upon them. Whom they blocked or who is limited is
/// found by the whole name alone.
pub async fn find_accounts(
    call: &Call,
    query: &str,
    among: Among,
    offset: usize,
    limit: usize,
) -> Result<Vec<AccountView>, Problem> {
    let viewer = call.viewer().await?;
    let mut ids: Vec<AccountId> = search_by_prefix(&call.cx, query, FOUND_MAX).await?;
    if among == Among::Followed {
        ids.retain(|id| viewer.graph.follows.contains_key(id));
    }
    let views = load_accounts(&call.cx, &viewer, &ids, Surface::Discovery).await?;
    Ok(views.into_iter().skip(offset).take(limit).collect())
}
