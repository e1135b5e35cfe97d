//! `/@{handle}/record`: every use of a power over an account that everybody may know of. While the account is unavailable,
//! the page that says so tells of the one that counts.

use axum::extract::Path;
use kw_app::staff::record::of_account;
use kw_html::part::pager::Pager;
use kw_html::views::AccountRecord;

use super::find;
use crate::pages::answer::{Answer, page};
use crate::pages::view::account::chip;
use crate::pages::view::ledger::fact;
use crate::pages::visit::Visit;

/// The page.
pub async fn show(visit: Visit, Path(handle): Path<String>) -> Answer {
    let account = match find(&visit, &handle, "/record").await? {
        Ok(account) => account,
        Err(instead) => return Ok(instead),
    };
    let record = of_account(visit.cx(), account.account.id).await?;
    let view = AccountRecord {
        account: chip(&account),
        facts: record.iter().filter(|known| known.is_public).map(fact).collect(),
        pager: Pager::default(),
        page: visit.page(),
    };
    Ok(page(&view))
}
