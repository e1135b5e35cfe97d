//! `/tags/{name}`: public posts with a tag.

use axum::extract::Path;
use kw_app::timeline::{Listing, load_listing};
use kw_domain::text::fold::fold_tag;
use kw_html::views::Tag;

use super::answer::{Answer, go, page};
use super::list;
use super::visit::Visit;
use crate::address::encode_path;
use crate::params::Params;

/// A page of the posts with a tag. A tag that nobody used yet has a page as well.
pub async fn show(visit: Visit, Path(name): Path<String>, params: Params) -> Answer {
    let folded = fold_tag(&name);
    let path = format!("/tags/{}", encode_path(&folded));
    let window = list::window(&params, list::POSTS)?;
    let shown = load_listing(visit.cx(), &visit.viewer, &Listing::Tag(folded), &window).await?;
    if list::is_top(&window, &shown) {
        return Ok(go(&path));
    }
    let view = Tag {
        name: name.trim_start_matches('#').to_owned(),
        posts: visit.cards().items(&shown.items),
        pager: list::pager(&path, &window, &shown),
        page: visit.page(),
    };
    Ok(page(&view))
}
