//! Which account somebody means who types a handle or an e-mail address.

use kw_domain::handle::Address;
use kw_domain::id::AccountId;

use crate::context::Context;
use crate::failure::Failure;
use crate::families::{ACCOUNT, EMAIL, HANDLE};
use crate::family::Stored;
use crate::key::Only;
use crate::rows::{AccountRow, OwnerStateRow};
use crate::secret::email;

/// The account behind a handle or an e-mail address; none when it was deleted.
pub(crate) async fn find_account(
    cx: &Context,
    identifier: &str,
) -> Result<Option<(AccountId, Stored<Only, AccountRow>)>, Failure> {
    let id = match find_by_email(cx, identifier).await? {
        Some(id) => Some(id),
        None => find_by_address(cx, identifier).await?,
    };
    let Some(id) = id else { return Ok(None) };
    let row = cx.find(&ACCOUNT, &id, &Only).await?;
    Ok(row.filter(|row| !matches!(row.value.owner_state, OwnerStateRow::Deleted(_))).map(|row| (id, row)))
}

/// The account with this e-mail address.
pub(crate) async fn find_by_email(cx: &Context, identifier: &str) -> Result<Option<AccountId>, Failure> {
    let Ok(folded) = email::fold(identifier) else { return Ok(None) };
    let row = cx.find(&EMAIL, &email::hash(&folded, &cx.secrets().email_key), &Only).await?;
    Ok(row.map(|row| AccountId(row.value.id)))
}

async fn find_by_address(cx: &Context, identifier: &str) -> Result<Option<AccountId>, Failure> {
    let Ok(Address::Local(handle)) = Address::parse(identifier, &cx.settings().domain()) else { return Ok(None) };
    let row = cx.find(&HANDLE, &handle.folded(), &Only).await?;
    Ok(row.map(|row| AccountId(row.value.id)))
}
