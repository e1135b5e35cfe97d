//! `/`: for visitors what this place is, with the local timeline; members go home.

use kw_app::timeline::{Listing, load_listing};
use kw_html::views::Landing;

use super::answer::{Answer, go, page};
use super::list;
use super::visit::Visit;
use crate::params::Params;

/// The front page.
pub async fn show(visit: Visit, params: Params) -> Answer {
    if visit.is_signed_in() {
        return Ok(go("/home"));
    }
    let window = list::window(&params, list::POSTS)?;
    let shown = load_listing(visit.cx(), &visit.viewer, &Listing::Local, &window).await?;
    if list::is_top(&window, &shown) {
        return Ok(go("/"));
    }
    let view = Landing {
        posts: visit.cards().items(&shown.items),
        pager: list::pager("/", &window, &shown),
        page: visit.page(),
    };
    Ok(page(&view))
}
