//! Finding accounts, their addresses and their pictures. Nothing here asks whether anybody may see them: that is for
//! [`crate::view`].

use kw_domain::account::Account;
use kw_domain::handle::Handle;
use kw_domain::id::AccountId;
use kw_domain::visibility::{AuthorFacts, check_presence};

use crate::context::Context;
use crate::credential::stored::{self, Email};
use crate::failure::Failure;
use crate::families::{ACCOUNT, HANDLE, PICTURE};
use crate::key::Only;
use crate::rows::{OwnerStateRow, PictureRow};
use crate::session::Member;
use crate::viewer::find_standing;

/// The account with this id, whatever its state.
pub async fn find(cx: &Context, id: AccountId) -> Result<Option<Account>, Failure> {
    Ok(cx.find(&ACCOUNT, &id, &Only).await?.map(|row| row.value.account(id)))
}

/// The account that is called so, whatever its state. A handle that is only reserved is nobody's.
pub async fn find_by_handle(cx: &Context, handle: &Handle) -> Result<Option<Account>, Failure> {
    let Some(row) = cx.find(&HANDLE, &handle.folded(), &Only).await? else { return Ok(None) };
    find(cx, AccountId(row.value.id)).await
}

/// The id of the account that is called so.
pub async fn find_id(cx: &Context, handle: &Handle) -> Result<Option<AccountId>, Failure> {
    Ok(find_by_handle(cx, handle).await?.map(|account| account.id))
}

/// A member's own e-mail address, and whether it is confirmed.
pub async fn find_email(cx: &Context, member: &Member) -> Result<Option<(String, bool)>, Failure> {
    let row = stored::find::<Email>(cx, member.account).await?;
    Ok(row.map(|row| (row.value.address, row.value.confirmed_at.is_some())))
}

/// A picture of an account that can be seen (its media type and bytes), if it is still the one in use.
pub async fn find_picture(cx: &Context, id: AccountId, name: &str) -> Result<Option<PictureRow>, Failure> {
    let Some(row) = cx.find(&ACCOUNT, &id, &Only).await? else { return Ok(None) };
    let in_use = [&row.value.avatar, &row.value.header].into_iter().flatten().any(|used| used == name);
    let standing = find_standing(cx, id);
    let facts = AuthorFacts { id, owner_state: row.value.owner_state.into(), standing };
    let is_gone = matches!(row.value.owner_state, OwnerStateRow::Deleted(_));
    if !in_use || is_gone || check_presence(&facts, cx.now()).is_err() {
        return Ok(None);
    }
    Ok(cx.find(&PICTURE, &id, &name.to_owned()).await?.map(|row| row.value))
}
