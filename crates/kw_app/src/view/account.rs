//! Accounts as they are shown.

use std::sync::Arc;

use kw_domain::account::{Counts, Reach, Standing};
use kw_domain::id::AccountId;
use kw_domain::refusal::Refusal;
use kw_domain::time::Millis;
use kw_domain::visibility::{Hidden, Surface, Visible, check_account};

use crate::context::Context;
use crate::failure::Failure;
use crate::sheet::{AccountSheet, load_account_sheet};
use crate::viewer::{Person, Viewer, find_person, load_people};

/// An account that its viewer may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountView {
    /// The account.
    pub account: Visible<AccountSheet>,
    /// Its numbers.
    pub counts: Counts,
    /// Whether staff limited its reach.
    pub is_limited: bool,
}

/// What may be said of an account that cannot be seen: that it is there, and since when it is hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shell {
    /// Which one.
    pub id: AccountId,
    /// Its handle.
    pub handle: String,
    /// When it was created.
    pub created_at: Millis,
    /// Its numbers, which are no secret and do not change by hiding.
    pub counts: Counts,
    /// What staff decided.
    pub standing: Standing,
}

/// An account for its viewer; refused when it is hidden, with the kind that its own page needs.
pub async fn load_account(cx: &Context, viewer: &Viewer, id: AccountId) -> Result<AccountView, Failure> {
    let person = find_person(cx, viewer, id).await?.ok_or_else(Refusal::missing)?;
    Ok(view_of(person, Surface::Direct, cx.now())?)
}

/// Accounts for a list; hidden ones are left out. In the order of `ids`.
pub async fn load_accounts(
    cx: &Context,
    viewer: &Viewer,
    ids: &[AccountId],
    surface: Surface,
) -> Result<Vec<AccountView>, Failure> {
    let mut people = load_people(cx, viewer, &ids.iter().copied().collect()).await?;
    let now = cx.now();
    Ok(ids.iter().filter_map(|id| view_of(people.remove(id)?, surface, now).ok()).collect())
}

/// What may be said of an account whatever its state. Only for accounts that are unavailable or deactivated.
pub async fn load_shell(cx: &Context, id: AccountId) -> Result<Shell, Failure> {
    let person = find_person(cx, &Viewer::visitor(), id).await?.ok_or_else(Refusal::missing)?;
    let Person { account, standing, .. } = person;
    let (handle, created_at, counts) = (account.handle.clone(), account.created_at, account.counts());
    Ok(Shell { id, handle, created_at, counts, standing })
}

pub(crate) fn view_of(person: Person, surface: Surface, now: Millis) -> Result<AccountView, Hidden> {
    let Person { account, standing, between } = person;
    let is_limited = matches!(standing.reach_at(now), Reach::Limited { .. });
    let account = check_account(account, standing, &between, surface, now)?;
    Ok(AccountView { counts: account.counts(), account, is_limited })
}

/// An account's numbers: the counts of its rows.
pub async fn load_counts(cx: &Context, id: AccountId) -> Result<Counts, Failure> {
    Ok(load_account_sheet(cx, id).await?.map(|sheet| sheet.counts()).unwrap_or_default())
}

impl AccountView {
    /// What an edge makes of the account, made once: it says nothing about who looks.
    pub fn piece(&self, make: impl FnOnce(&Self) -> String) -> Arc<str> {
        self.account.piece().find_or_make(|()| true, || ((), make(self)))
    }
}
