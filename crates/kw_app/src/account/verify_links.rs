//! Whether the pages that a profile links to link back.

use kw_domain::backlink::links_back;
use kw_domain::id::AccountId;
use url::Url;

use crate::authority::{Authority, Job};
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::ACCOUNT;
use crate::feed::Event;
use crate::key::Only;
use crate::operation::Before;
use crate::rows::OwnerStateRow;

/// The longest address that is looked at, in bytes.
const URL_BYTES_MAX: usize = 2_000;

/// Looks at every page that the profile of `account` links to, and notes which link back. A page that cannot be reached
/// now changes nothing. Run after a profile was changed, and now and then.
pub async fn verify_links(cx: &Context, account: AccountId) -> Result<(), Failure> {
    let Some(fetcher) = cx.outside().fetcher.clone() else { return Ok(()) };
    let Some(row) = cx.find(&ACCOUNT, &account, &Only).await? else { return Ok(()) };
    if row.value.owner_state != OwnerStateRow::Present {
        return Ok(());
    }
    let profile = cx.settings().url(&format!("/@{}", row.value.handle));
    let profile = Url::parse(&profile).map_err(|error| Failure::Outside(error.to_string()))?;
    let mut findings = Vec::new();
    for (_, value, _) in &row.value.fields {
        let Some(url) = page_of(value) else { continue };
        match fetcher.page(url).await {
            Ok(html) => findings.push((value.clone(), links_back(&html, &profile))),
            Err(failure) => tracing::info!(%failure, "a linked page could not be reached"),
        }
    }
    retry(|| note_once(cx, account, &findings)).await
}

/// The page a field links to: nothing but an `https` address.
fn page_of(value: &str) -> Option<Url> {
    let url = Url::parse(value.trim()).ok()?;
    let is_page = url.scheme() == "https" && url.host_str().is_some() && value.len() <= URL_BYTES_MAX;
    (is_page && url.username().is_empty() && url.password().is_none()).then_some(url)
}

async fn note_once(cx: &Context, account: AccountId, findings: &[(String, bool)]) -> Result<(), Failure> {
    let Some(row) = cx.find(&ACCOUNT, &account, &Only).await? else { return Ok(()) };
    let (before, mut after) = (row.value.clone(), row.value);
    for (_, value, verified_at) in &mut after.fields {
        match findings.iter().find(|(found, _)| found == value) {
            Some((_, true)) => *verified_at = verified_at.or(Some(cx.now().0)),
            Some((_, false)) => *verified_at = None,
            None => {}
        }
    }
    if after == before || after.owner_state != OwnerStateRow::Present {
        return Ok(());
    }
    let mut draft = cx.draft(&Authority::system(Job::Confirmation));
    draft.decide(&ACCOUNT, (&account, &Only), Before::Is(row.stamp), &after);
    draft.tell(Event::account(account));
    cx.perform(draft).await
}
