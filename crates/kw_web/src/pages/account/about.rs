//! `/@{handle}/about`: what an account says of itself.

use axum::extract::Path;
use kw_html::part::profile::ProfileTab;
use kw_html::views::ProfileAbout;

use super::{find, relation};
use crate::pages::answer::{Answer, page};
use crate::pages::view::profile::head;
use crate::pages::visit::Visit;

/// Lines of the profile, and dates.
pub async fn show(visit: Visit, Path(handle): Path<String>) -> Answer {
    let account = match find(&visit, &handle, "/about").await? {
        Ok(account) => account,
        Err(instead) => return Ok(instead),
    };
    let head = head(visit.cx(), &account, relation(&visit, account.account.id).await?);
    Ok(page(&ProfileAbout { head, tab: ProfileTab::About, page: visit.page() }))
}
