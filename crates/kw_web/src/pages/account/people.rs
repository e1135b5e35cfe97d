//! `/@{handle}/followers` and `/@{handle}/following`.

use axum::extract::Path;
use kw_app::relationship::{list_followers, list_following};
use kw_app::view::{AccountView, Page as Shown};
use kw_html::part::account::AccountRow;
use kw_html::part::pager::Pager;
use kw_html::part::profile::ProfileTab;
use kw_html::views::ProfilePeople;

use super::{find, relation, rows};
use crate::error::Problem;
use crate::pages::answer::{Answer, page};
use crate::pages::list;
use crate::pages::view::profile::head;
use crate::pages::visit::Visit;
use crate::params::Params;

/// Who follows an account.
pub async fn show_followers(visit: Visit, Path(handle): Path<String>, params: Params) -> Answer {
    show(visit, &handle, &params, ProfileTab::Followers).await
}

/// Whom an account follows.
pub async fn show_following(visit: Visit, Path(handle): Path<String>, params: Params) -> Answer {
    show(visit, &handle, &params, ProfileTab::Following).await
}

async fn show(visit: Visit, handle: &str, params: &Params, tab: ProfileTab) -> Answer {
    let rest = if tab == ProfileTab::Followers { "/followers" } else { "/following" };
    let account = match find(&visit, handle, rest).await? {
        Ok(account) => account,
        Err(instead) => return Ok(instead),
    };
    let is_kept = account.account.profile.hide_collections && !visit.viewer.is(account.account.id);
    let (accounts, pager) = if is_kept {
        (None, Pager::default())
    } else {
        let (accounts, pager) = people(&visit, &account, params, rest).await?;
        (Some(accounts), pager)
    };
    let head = head(visit.cx(), &account, relation(&visit, account.account.id).await?);
    Ok(page(&ProfilePeople { head, tab, accounts, pager, page: visit.page() }))
}

async fn people(
    visit: &Visit,
    account: &AccountView,
    params: &Params,
    rest: &str,
) -> Result<(Vec<AccountRow>, Pager), Problem> {
    let window = list::window(params, list::ROWS)?;
    let (cx, id) = (visit.cx(), account.account.id);
    let shown: Shown<AccountView> = match rest {
        "/followers" => list_followers(cx, &visit.viewer, id, &window).await?,
        _ => list_following(cx, &visit.viewer, id, &window).await?,
    };
    let path = format!("/@{}{rest}", account.account.handle);
    Ok((rows(visit, &shown.items).await?, list::pager(&path, &window, &shown)))
}
