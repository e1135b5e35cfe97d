//! Who is here, for the operator; and how many.

use kw_domain::account::Account;
use kw_domain::id::AccountId;

use crate::account::find::find;
use crate::buckets::Window;
use crate::context::Context;
use crate::credential::stored::{self, Email};
use crate::failure::Failure;
use crate::families::{MEMBER, SIGN_UP};
use crate::key::Only;

/// An account, as the operator sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The account.
    pub account: Account,
    /// Its e-mail address.
    pub email: Option<String>,
    /// Why they want to join; empty for members.
    pub reason: String,
}

/// Members, newest first.
pub async fn list(cx: &Context, window: &Window<AccountId>) -> Result<Vec<Listed>, Failure> {
    let mut listed = Vec::new();
    for row in MEMBER.page(cx, Only, window).await? {
        listed.extend(load(cx, row.key, String::new()).await?);
    }
    Ok(listed)
}

/// Those who wait for approval or confirmation, oldest first.
pub async fn list_waiting(cx: &Context) -> Result<Vec<Listed>, Failure> {
    let mut listed = Vec::new();
    for row in cx.list_all(&SIGN_UP, &Only, 10_000).await? {
        listed.extend(load(cx, row.key, row.value.reason).await?);
    }
    Ok(listed)
}

/// How many members there are, those included who deactivated their account.
pub async fn count(cx: &Context) -> Result<u64, Failure> {
    MEMBER.total_heard(cx, Only).await
}

async fn load(cx: &Context, id: AccountId, reason: String) -> Result<Option<Listed>, Failure> {
    let Some(account) = find(cx, id).await? else { return Ok(None) };
    let email = stored::find::<Email>(cx, id).await?.map(|row| row.value.address);
    Ok(Some(Listed { account, email, reason }))
}
