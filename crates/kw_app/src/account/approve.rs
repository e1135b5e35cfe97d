//! The operator says yes or no to somebody who waits.

use kw_domain::account::{Awaits, OwnerState};
use kw_domain::id::AccountId;
use kw_domain::refusal::Refusal;

use crate::account::activate::ensure_awaited;
use crate::authority::{Authority, Job};
use crate::context::Context;
use crate::credential::stored::{self, Email};
use crate::failure::{Failure, retry};
use crate::families::{ACCOUNT, CREDENTIAL, EMAIL, HANDLE, MEMBER, SETTINGS, SIGN_UP};
use crate::family::Stored;
use crate::feed::Event;
use crate::key::Only;
use crate::operation::Before;
use crate::rows::AccountRow;
use crate::secret::email;
use crate::session::revoke::ensure_all_gone;

/// Approves a sign-up. Approving twice changes nothing.
pub async fn approve(cx: &Context, authority: &Authority, id: AccountId) -> Result<(), Failure> {
    check_operator(authority)?;
    retry(|| approve_once(cx, authority, id)).await?;
    MEMBER.tend(cx, Only, &id).await
}

async fn approve_once(cx: &Context, authority: &Authority, id: AccountId) -> Result<(), Failure> {
    let (row, awaits) = match load_state(cx, id).await? {
        (row, OwnerState::Pending(awaits)) if awaits.approval => (row, awaits),
        _ => return Ok(()),
    };
    let state = OwnerState::awaiting(Awaits { approval: false, ..awaits });
    let account = AccountRow { owner_state: state.into(), ..row.value };
    let mut draft = cx.draft(authority);
    draft.decide(&ACCOUNT, (&id, &Only), Before::Is(row.stamp), &account);
    if state == OwnerState::Present {
        ensure_awaited(cx, &mut draft, id, &account).await?;
    }
    draft.tell(Event::account(id));
    cx.perform(draft).await
}

/// Turns a sign-up down: nothing of it is kept, and its handle is free again, because nobody ever saw it.
pub async fn reject(cx: &Context, authority: &Authority, id: AccountId) -> Result<(), Failure> {
    check_operator(authority)?;
    retry(|| drop_once(cx, authority, id)).await
}

/// Removes an account that still waits. Refused as missing when it does not.
pub(super) async fn drop_once(cx: &Context, authority: &Authority, id: AccountId) -> Result<(), Failure> {
    let (row, OwnerState::Pending(_)) = load_state(cx, id).await? else {
        return Err(Refusal::missing().into());
    };
    let mut draft = cx.draft(authority);
    draft.decide_gone(&ACCOUNT, (&id, &Only), row.stamp);
    draft.ensure_gone(&HANDLE, (&row.value.handle.to_ascii_lowercase(), &Only));
    if let Some(address) = stored::find::<Email>(cx, id).await? {
        draft.ensure_gone(&EMAIL, (&email::hash(&address.value.address, &cx.secrets().email_key), &Only));
    }
    for credential in cx.list_all(&CREDENTIAL, &id, 64).await? {
        draft.ensure_gone(&CREDENTIAL, (&id, &credential.key));
    }
    draft.ensure_gone(&SETTINGS, (&id, &Only));
    draft.ensure_gone(&SIGN_UP, (&Only, &id));
    ensure_all_gone(cx, &mut draft, id, None).await?;
    cx.perform(draft).await
}

async fn load_state(cx: &Context, id: AccountId) -> Result<(Stored<Only, AccountRow>, OwnerState), Failure> {
    let row = cx.find(&ACCOUNT, &id, &Only).await?.ok_or_else(Refusal::missing)?;
    let state = OwnerState::from(row.value.owner_state);
    Ok((row, state))
}

fn check_operator(authority: &Authority) -> Result<(), Refusal> {
    if authority.is_job(Job::Operator) { Ok(()) } else { Err(Refusal::forbidden()) }
}
