//! Whom an account blocks and mutes.

use kw_domain::time::Millis;

use crate::authority::Authority;
use crate::buckets::Window;
use crate::context::Context;
use crate::failure::Failure;
use crate::view::people::{cut, page_of_accounts};
use crate::view::{AccountView, Page};
use crate::viewer::Viewer;

/// Somebody who is muted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MutedView {
    /// Who.
    pub account: AccountView,
    /// When the mute ends by itself.
    pub until: Option<Millis>,
}

/// Whom the account blocks, newest first; pages by the blocks' ids.
pub async fn list_blocks(
    cx: &Context,
    authority: &Authority,
    window: &Window<u64>,
) -> Result<Page<AccountView>, Failure> {
    let viewer = Viewer::member(cx, authority.acting()?).await?;
    let rows = viewer.graph.blocks.iter().map(|(account, id)| (id.0, *account)).collect();
    page_of_accounts(cx, &viewer, &cut(rows, window), window).await
}

/// Whom the account mutes at this moment, newest first; pages by the mutes' ids.
pub async fn list_mutes(cx: &Context, authority: &Authority, window: &Window<u64>) -> Result<Page<MutedView>, Failure> {
    let viewer = Viewer::member(cx, authority.acting()?).await?;
    let in_force = viewer.graph.mutes.iter().filter(|(account, _)| viewer.graph.mutes_at(**account, cx.now()));
    let rows = in_force.map(|(account, mute)| (mute.id.0, *account)).collect();
    let page = page_of_accounts(cx, &viewer, &cut(rows, window), window).await?;
    let muted = |account: AccountView| {
        let until = viewer.graph.mutes.get(&account.account.id).and_then(|mute| mute.until);
        MutedView { account, until }
    };
    Ok(Page { items: page.items.into_iter().map(muted).collect(), older: page.older, newer: page.newer })
}
