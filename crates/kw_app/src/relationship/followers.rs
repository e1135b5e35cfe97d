//! Who follows an account, whom it follows, and whom of both a viewer knows.

use kw_domain::id::{AccountId, RelationId};
use kw_domain::visibility::Surface;

use crate::buckets::Window;
use crate::context::Context;
use crate::failure::Failure;
use crate::families::FOLLOWERS;
use crate::graph::load_graph;
use crate::relationship::load_target;
use crate::view::account::load_accounts;
use crate::view::people::{cut, page_of_accounts};
use crate::view::{AccountView, Page};
use crate::viewer::Viewer;

/// Followers that are looked through for those whom a viewer follows, newest first.
const FAMILIAR_SCAN_MAX: usize = 1_000;
/// Familiar followers that are shown.
const FAMILIAR_MAX: usize = 10;

/// Who follows `account`, newest first; pages by the follows' ids. Nobody when the account keeps that to itself.
pub async fn list_followers(
    cx: &Context,
    viewer: &Viewer,
    account: AccountId,
    window: &Window<u64>,
) -> Result<Page<AccountView>, Failure> {
    if is_kept(cx, viewer, account).await? {
        return Ok(Page::empty());
    }
    let rows = FOLLOWERS.page(cx, account, &window.map(RelationId)).await?;
    let rows: Vec<_> = rows.into_iter().map(|row| (row.key.0, AccountId(row.value.id))).collect();
    page_of_accounts(cx, viewer, &rows, window).await
}

/// Whom `account` follows, newest first; pages by the follows' ids. Nobody when the account keeps that to itself.
pub async fn list_following(
    cx: &Context,
    viewer: &Viewer,
    account: AccountId,
    window: &Window<u64>,
) -> Result<Page<AccountView>, Failure> {
    if is_kept(cx, viewer, account).await? {
        return Ok(Page::empty());
    }
    let graph = load_graph(cx, account).await?;
    let rows = graph.follows.iter().map(|(followed, follow)| (follow.id.0, *followed)).collect();
    page_of_accounts(cx, viewer, &cut(rows, window), window).await
}

/// Those among an account's newest followers whom the viewer follows.
pub async fn list_familiar_followers(
    cx: &Context,
    viewer: &Viewer,
    account: AccountId,
) -> Result<Vec<AccountView>, Failure> {
    if viewer.id.is_none() || is_kept(cx, viewer, account).await? {
        return Ok(Vec::new());
    }
    let rows = FOLLOWERS.page(cx, account, &Window::newest(FAMILIAR_SCAN_MAX)).await?;
    let familiar = rows.into_iter().map(|row| AccountId(row.value.id));
    let familiar: Vec<_> = familiar.filter(|id| viewer.graph.follows.contains_key(id)).take(FAMILIAR_MAX).collect();
    load_accounts(cx, viewer, &familiar, Surface::Direct).await
}

/// Whether an account that can be seen keeps its followers and follows from the viewer.
async fn is_kept(cx: &Context, viewer: &Viewer, account: AccountId) -> Result<bool, Failure> {
    let target = load_target(cx, viewer, account).await?;
    Ok(target.account.profile.hide_collections && !viewer.is(account))
}
