//! Accounts by name.

use kw_domain::handle::{Address, Handle};
use kw_domain::id::AccountId;
use kw_domain::visibility::Surface;

use crate::account::{find_id, search_by_prefix};
use crate::context::Context;
use crate::failure::Failure;
use crate::search::{Slice, own_path};
use crate::view::AccountView;
use crate::view::account::load_accounts;
use crate::viewer::Viewer;

/// Accounts that are looked through for those that may be shown.
const CANDIDATES_MAX: usize = 400;

/// Among whom to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Among {
    /// Everybody.
    All,
    /// Those whom the viewer follows.
    Followed,
}

/// The accounts whose handle or name begins with `query`, or whose address it is. Who is called exactly so comes first,
/// and is found as if asked for by name; the others as by browsing.
pub async fn search_accounts(
    cx: &Context,
    viewer: &Viewer,
    query: &str,
    among: Among,
    slice: Slice,
) -> Result<Vec<AccountView>, Failure> {
    let exact = find_exact(cx, query).await?;
    let candidates = if own_path(cx, query).is_some() || query.starts_with('#') || query.contains("://") {
        Vec::new()
    } else {
        search_by_prefix(cx, query, CANDIDATES_MAX).await?
    };
    let is_among = |id: &AccountId| among == Among::All || viewer.graph.follows.contains_key(id);
    let exact: Vec<AccountId> = exact.into_iter().filter(is_among).collect();
    let mut found = load_accounts(cx, viewer, &exact, Surface::Direct).await?;
    let others: Vec<AccountId> = candidates.into_iter().filter(|id| is_among(id) && !exact.contains(id)).collect();
    for some in others.chunks(slice.limit.max(1)) {
        if found.len() >= slice.end() {
            break;
        }
        found.extend(load_accounts(cx, viewer, some, Surface::Discovery).await?);
    }
    Ok(slice.of(found))
}

async fn find_exact(cx: &Context, query: &str) -> Result<Option<AccountId>, Failure> {
    let handle = match own_path(cx, query).and_then(|path| path.strip_prefix("/@")) {
        Some(handle) => Handle::parse(handle).ok(),
        None => match Address::parse(query, &cx.settings().domain()) {
            Ok(Address::Local(handle)) => Some(handle),
            _ => None,
        },
    };
    match handle {
        Some(handle) => find_id(cx, &handle).await,
        None => Ok(None),
    }
}
