//! `/@{handle}/{id}/favourites` and `/boosts`: who did what with a post.

use axum::extract::Path;
use kw_app::post::{list_boosted_by, list_favourited_by};
use kw_html::views::{PostPeople, PostPeopleKind};

use super::find;
use crate::pages::answer::{Answer, page};
use crate::pages::visit::Visit;
use crate::pages::{account, list};
use crate::params::Params;

/// Who favourited it.
pub async fn show_favourites(visit: Visit, Path(path): Path<(String, String)>, params: Params) -> Answer {
    show(visit, path, params, PostPeopleKind::Favourites).await
}

/// Who boosted it.
pub async fn show_boosts(visit: Visit, Path(path): Path<(String, String)>, params: Params) -> Answer {
    show(visit, path, params, PostPeopleKind::Boosts).await
}

async fn show(visit: Visit, (handle, id): (String, String), params: Params, kind: PostPeopleKind) -> Answer {
    let rest = match kind {
        PostPeopleKind::Favourites => "/favourites",
        PostPeopleKind::Boosts => "/boosts",
    };
    let post = match find(&visit, &handle, &id, rest).await? {
        Ok(post) => post,
        Err(elsewhere) => return Ok(elsewhere),
    };
    let window = list::window(&params, list::ROWS)?;
    let shown = match kind {
        PostPeopleKind::Favourites => list_favourited_by(visit.cx(), &visit.viewer, post.post.id, &window).await?,
        PostPeopleKind::Boosts => list_boosted_by(visit.cx(), &visit.viewer, post.post.id, &window).await?,
    };
    let view = PostPeople {
        accounts: account::rows(&visit, &shown.items).await?,
        pager: list::pager(&format!("/@{handle}/{id}{rest}"), &window, &shown),
        post: visit.cards().post(&post),
        kind,
        page: visit.page(),
    };
    Ok(page(&view))
}
