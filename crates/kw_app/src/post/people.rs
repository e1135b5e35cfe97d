//! Who favourited and who boosted a post.

use kw_domain::id::{AccountId, PostId, RelationId};
use kw_domain::visibility::Surface;

use crate::buckets::Window;
use crate::context::Context;
use crate::failure::Failure;
use crate::families::{BOOSTS, LIKES};
use crate::view::people::{neighbours, page_of_accounts};
use crate::view::post::{load_items, load_post};
use crate::view::{AccountView, Page};
use crate::viewer::Viewer;

/// Who favourited a post, newest first; pages by the favourites' ids.
pub async fn list_favourited_by(
    cx: &Context,
    viewer: &Viewer,
    id: PostId,
    window: &Window<u64>,
) -> Result<Page<AccountView>, Failure> {
    let post = load_post(cx, viewer, id).await?.post.id;
    let rows = LIKES.page(cx, post, &window.map(RelationId)).await?;
    let rows: Vec<_> = rows.into_iter().map(|row| (row.key.0, AccountId(row.value.id))).collect();
    page_of_accounts(cx, viewer, &rows, window).await
}

/// Who boosted a post, newest first, as far as their boosts are for the viewer; pages by the boosts' ids.
pub async fn list_boosted_by(
    cx: &Context,
    viewer: &Viewer,
    id: PostId,
    window: &Window<u64>,
) -> Result<Page<AccountView>, Failure> {
    let post = load_post(cx, viewer, id).await?.post.id;
    let rows = BOOSTS.page(cx, post, &window.map(PostId)).await?;
    let boosts: Vec<PostId> = rows.iter().map(|row| row.key).collect();
    let shown = load_items(cx, viewer, &boosts, Surface::Direct).await?;
    let items = shown.into_iter().flatten().filter_map(|boost| boost.boosted_by).collect();
    let rows: Vec<_> = rows.into_iter().map(|row| (row.key.0, ())).collect();
    let (older, newer) = neighbours(&rows, window);
    Ok(Page { items, older, newer })
}
