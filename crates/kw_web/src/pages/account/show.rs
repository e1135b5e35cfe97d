//! `/@{handle}` and `/@{handle}/with_replies`: an account and its posts.

use axum::extract::Path;
use kw_app::buckets::Window;
use kw_app::rows::MarkKind;
use kw_app::timeline::{Listing, ProfileFilter, load_listing};
use kw_app::view::AccountView;
use kw_domain::post::react::PINS_MAX;
use kw_html::part::post::PostCard;
use kw_html::part::profile::ProfileTab;
use kw_html::views::Profile;

use super::{find, relation};
use crate::error::Problem;
use crate::pages::answer::{Answer, go, page};
use crate::pages::list;
use crate::pages::view::profile::head;
use crate::pages::visit::Visit;
use crate::params::Params;

/// Posts and boosts, without answers to others; pinned ones on top.
pub async fn show(visit: Visit, Path(handle): Path<String>, params: Params) -> Answer {
    show_tab(visit, &handle, &params, ProfileTab::Posts).await
}

/// The same with answers to others.
pub async fn show_with_replies(visit: Visit, Path(handle): Path<String>, params: Params) -> Answer {
    show_tab(visit, &handle, &params, ProfileTab::Replies).await
}

async fn show_tab(visit: Visit, handle: &str, params: &Params, tab: ProfileTab) -> Answer {
    let rest = if tab == ProfileTab::Replies { "/with_replies" } else { "" };
    let account = match find(&visit, handle, rest).await? {
        Ok(account) => account,
        Err(instead) => return Ok(instead),
    };
    let path = format!("/@{handle}{rest}");
    let window = list::window(params, list::POSTS)?;
    let filter = ProfileFilter { without_replies: tab == ProfileTab::Posts, ..ProfileFilter::default() };
    let listing = Listing::Profile(account.account.id, filter);
    let shown = load_listing(visit.cx(), &visit.viewer, &listing, &window).await?;
    if list::is_top(&window, &shown) {
        return Ok(go(&path));
    }
    let has_pins = tab == ProfileTab::Posts && list::is_first(&window);
    let view = Profile {
        pinned: if has_pins { pinned(&visit, &account).await? } else { Vec::new() },
        posts: visit.cards().items(&shown.items),
        pager: list::pager(&path, &window, &shown),
        head: head(visit.cx(), &account, relation(&visit, account.account.id).await?),
        tab,
        page: visit.page(),
    };
    Ok(page(&view))
}

async fn pinned(visit: &Visit, account: &AccountView) -> Result<Vec<PostCard>, Problem> {
    let listing = Listing::Marked(account.account.id, MarkKind::Pin);
    let shown = load_listing(visit.cx(), &visit.viewer, &listing, &Window::newest(PINS_MAX as usize)).await?;
    Ok(visit.cards().items(&shown.items))
}
