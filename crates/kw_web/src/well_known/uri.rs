//! `GET /users/:id` and `GET /users/:id/statuses/:post`: the names that stay when a handle changes lead to the pages.

use axum::extract::{Path, State};
use axum::response::Redirect;
use kw_app::view::account::load_account;
use kw_app::view::post::load_item;
use kw_domain::id::{AccountId, PostId};

use crate::edge::Web;
use crate::error::Problem;
use crate::session::Visitor;

/// To an account's page.
pub async fn account(State(web): State<Web>, visitor: Visitor, Path(id): Path<String>) -> Result<Redirect, Problem> {
    let id: AccountId = id.parse().map_err(|_| Problem::missing())?;
    let view = load_account(&web.cx, &visitor.viewer(&web.cx).await?, id).await?;
    Ok(Redirect::to(&format!("/@{}", view.account.handle)))
}

/// To a post's page.
pub async fn post(
    State(web): State<Web>,
    visitor: Visitor,
    Path((_, id)): Path<(String, String)>,
) -> Result<Redirect, Problem> {
    let id: PostId = id.parse().map_err(|_| Problem::missing())?;
    let item = load_item(&web.cx, &visitor.viewer(&web.cx).await?, id).await?;
    let author = item.boosted_by.as_ref().unwrap_or(&item.post.author);
    Ok(Redirect::to(&format!("/@{}/{}", author.account.handle, item.id)))
}
