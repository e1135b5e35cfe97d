//! Another handle for an account: reserved while somebody decides about it, and given. The old one stays the account's own
//! and leads to it; nobody else can ever have it.

use kw_domain::account::OwnerState;
use kw_domain::handle::Handle;
use kw_domain::id::AccountId;
use kw_domain::time::Millis;
use kw_store::Stamp;

use crate::account::words::{ensure_words, words_of};
use crate::authority::{Authority, Job};
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::{ACCOUNT, HANDLE};
use crate::feed::Event;
use crate::key::Only;
use crate::operation::Before;
use crate::rows::{AccountRow, OwnedRow};

/// Whether `account` could be called so: nobody else is, was, or asked for it.
pub(crate) async fn is_free(cx: &Context, handle: &Handle, account: AccountId) -> Result<bool, Failure> {
    let row = cx.find(&HANDLE, &handle.folded(), &Only).await?;
    Ok(row.is_none_or(|row| row.value.id == account.0))
}

/// What became of a reservation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reserved {
    /// It was free, and is kept from now on.
    Anew,
    /// The account had it, or had asked for it before.
    Before,
    /// Somebody else has it, had it, or asked for it.
    No,
}

/// Keeps a handle for `account` until a moment; what is the account's for good stays so.
pub(crate) async fn reserve(
    cx: &Context,
    handle: &Handle,
    account: AccountId,
    until: Millis,
) -> Result<Reserved, Failure> {
    retry(|| reserve_once(cx, handle, account, until)).await
}

async fn reserve_once(cx: &Context, handle: &Handle, account: AccountId, until: Millis) -> Result<Reserved, Failure> {
    let row = cx.find(&HANDLE, &handle.folded(), &Only).await?;
    let reserved = match &row {
        None => Reserved::Anew,
        Some(row) if row.value.id != account.0 => return Ok(Reserved::No),
        Some(row) if row.expires_ms.is_none_or(|expires| expires >= until.0) => return Ok(Reserved::Before),
        Some(_) => Reserved::Before,
    };
    let mut draft = cx.draft(&Authority::system(Job::StaffDesk));
    let (owner, before) = (OwnedRow { id: account.0 }, Before::of(row.as_ref()));
    draft.decide_until(&HANDLE, (&handle.folded(), &Only), before, &owner, Some(until.0));
    cx.perform(draft).await?;
    Ok(reserved)
}

/// Gives back what is only reserved for `account`.
pub(crate) async fn release(cx: &Context, handle: &Handle, account: AccountId) -> Result<(), Failure> {
    let Some(row) = cx.find(&HANDLE, &handle.folded(), &Only).await? else { return Ok(()) };
    if row.value.id != account.0 || row.expires_ms.is_none() {
        return Ok(());
    }
    let mut draft = cx.draft(&Authority::system(Job::StaffDesk));
    draft.decide_gone(&HANDLE, (&handle.folded(), &Only), row.stamp);
    cx.perform(draft).await
}

/// Calls `account` so from now on: its row, its handle for good, and the words by which it is found. Nothing where it is
/// called so already, or was deleted.
pub(crate) async fn rename(cx: &Context, handle: &Handle, account: AccountId) -> Result<(), Failure> {
    retry(|| rename_once(cx, handle, account)).await
}

async fn rename_once(cx: &Context, handle: &Handle, account: AccountId) -> Result<(), Failure> {
    let Some((before, stamp)) = find_row(cx, account).await? else { return Ok(()) };
    if before.handle == handle.as_str() {
        return Ok(());
    }
    if !is_free(cx, handle, account).await? {
        return Err(Failure::Outside(format!("@{handle} is somebody else's, so account {account} keeps its handle")));
    }
    let after = AccountRow { handle: handle.as_str().to_owned(), ..before.clone() };
    let mut draft = cx.draft(&Authority::renaming(account));
    draft.decide(&ACCOUNT, (&account, &Only), Before::Is(stamp), &after);
    draft.ensure(&HANDLE, (&handle.folded(), &Only), &OwnedRow { id: account.0 });
    let words = |row: &AccountRow| words_of(&row.handle, &row.display_name);
    ensure_words(&mut draft, account, &words(&before), &words(&after));
    draft.tell(Event::account(account));
    cx.perform(draft).await
}

/// The row of an account that was not deleted.
async fn find_row(cx: &Context, account: AccountId) -> Result<Option<(AccountRow, Stamp)>, Failure> {
    let row = cx.find(&ACCOUNT, &account, &Only).await?;
    let is_there = |row: &AccountRow| !matches!(OwnerState::from(row.owner_state), OwnerState::Deleted(_));
    Ok(row.filter(|row| is_there(&row.value)).map(|row| (row.value, row.stamp)))
}
