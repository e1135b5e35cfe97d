//! `/bookmarks` and `/favourites`: posts that the member marked.

use kw_app::rows::MarkKind;
use kw_app::timeline::{Listing, load_listing};
use kw_html::views::{Marked, MarkedKind};

use super::answer::{Answer, page};
use super::list;
use super::visit::Member;
use crate::params::Params;

/// Bookmarks, the newest first.
pub async fn show_bookmarks(member: Member, params: Params) -> Answer {
    show(member, &params, MarkedKind::Bookmarks).await
}

/// Favourites, the newest first.
pub async fn show_favourites(member: Member, params: Params) -> Answer {
    show(member, &params, MarkedKind::Favourites).await
}

async fn show(member: Member, params: &Params, kind: MarkedKind) -> Answer {
    let (mark, path) = match kind {
        MarkedKind::Bookmarks => (MarkKind::Bookmark, "/bookmarks"),
        MarkedKind::Favourites => (MarkKind::Favourite, "/favourites"),
    };
    let window = list::window(params, list::POSTS)?;
    let listing = Listing::Marked(member.account_id(), mark);
    let shown = load_listing(member.cx(), &member.viewer, &listing, &window).await?;
    let view = Marked {
        kind,
        posts: member.cards().items(&shown.items),
        pager: list::pager(path, &window, &shown),
        page: member.page(),
    };
    Ok(page(&view))
}
