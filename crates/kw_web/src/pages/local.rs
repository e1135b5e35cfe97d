//! `/local`: public posts written here.

use kw_app::timeline::{Listing, load_listing};
use kw_html::views::Local;

use super::answer::{Answer, go, page};
use super::list;
use super::visit::Visit;
use crate::params::Params;

/// A page of the local timeline.
pub async fn show(visit: Visit, params: Params) -> Answer {
    let window = list::window(&params, list::POSTS)?;
    let shown = load_listing(visit.cx(), &visit.viewer, &Listing::Local, &window).await?;
    if list::is_top(&window, &shown) {
        return Ok(go("/local"));
    }
    let view = Local {
        posts: visit.cards().items(&shown.items),
        pager: list::pager("/local", &window, &shown),
        page: visit.page(),
    };
    Ok(page(&view))
}
