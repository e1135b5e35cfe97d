//! Confirming an e-mail address by a letter.

use kw_domain::account::{Awaits, OwnerState};
use kw_domain::id::AccountId;
use kw_domain::refusal::{Kind, Refusal};
use serde::{Deserialize, Serialize};

use crate::account::activate::ensure_awaited;
use crate::account::letter;
use crate::account::reserve::{Claimant, Claims};
use crate::account::settings::find_settings;
use crate::authority::{Authority, Job};
use crate::code::{self, Kept, Purpose};
use crate::context::Context;
use crate::credential::stored::{self, Credential, Email, Found};
use crate::failure::{Failure, retry};
use crate::families::{ACCOUNT, CODE, CREDENTIAL, EMAIL, MEMBER};
use crate::family::Stored;
use crate::feed::Event;
use crate::key::Only;
use crate::operation::Before;
use crate::rows::{AccountRow, OwnerStateRow};
use crate::secret::email;
use crate::session::identify::find_account;

/// What a letter's code confirms.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Confirmation {
    account: u64,
    address: String,
}

/// Sends the letter with the code. Without a mailer there is nothing to send.
pub(super) async fn send(cx: &Context, account: AccountId, address: &str, locale: &str) -> Result<(), Failure> {
    let Some(mailer) = cx.outside().mailer.clone() else { return Ok(()) };
    let (code, hash) = code::mint(cx);
    let value = Confirmation { account: account.0, address: address.to_owned() };
    let until = cx.now().plus_ms(code::LETTER_MS).0;
    let mut draft = cx.draft(&Authority::system(Job::Confirmation));
    draft.decide_until(&CODE, (&hash, &Only), Before::Absent, &Purpose::Confirmation.row(&value), Some(until));
    cx.perform(draft).await?;
    mailer.send(letter::confirmation(cx.settings(), locale, address, &code)).await
}

/// Sends the letter again to somebody who signed up and waits. Says nothing about whether there is such an account.
pub async fn resend(cx: &Context, identifier: &str) -> Result<(), Failure> {
    let Some((id, row)) = find_account(cx, identifier).await? else { return Ok(()) };
    if !matches!(row.value.owner_state, OwnerStateRow::Pending(_, true)) {
        return Ok(());
    }
    let Some(email) = stored::find::<Email>(cx, id).await? else { return Ok(()) };
    let locale = find_settings(cx, id).await?.locale;
    send(cx, id, &email.value.address, &locale).await
}

/// Confirms the address behind a letter's code. Returns whose it is.
pub async fn confirm(cx: &Context, code: &str) -> Result<AccountId, Failure> {
    let id = retry(|| confirm_once(cx, code)).await?;
    MEMBER.tend(cx, Only, &id).await?;
    Ok(id)
}

async fn confirm_once(cx: &Context, code: &str) -> Result<AccountId, Failure> {
    let kept = code::find::<Confirmation>(cx, Purpose::Confirmation, code).await?.ok_or_else(over)?;
    let id = AccountId(kept.value.account);
    let row = cx.find(&ACCOUNT, &id, &Only).await?.ok_or_else(over)?;
    match OwnerState::from(row.value.owner_state) {
        OwnerState::Pending(awaits) => confirm_awaited(cx, id, (row, awaits), &kept).await?,
        OwnerState::Deleted(_) => return Err(over().into()),
        OwnerState::Present | OwnerState::Deactivated(_) => confirm_change(cx, id, &kept).await?,
    }
    Ok(id)
}

/// The account's row decides: it stops waiting for this.
async fn confirm_awaited(
    cx: &Context,
    id: AccountId,
    (row, awaits): (Stored<Only, AccountRow>, Awaits),
    kept: &Kept<Confirmation>,
) -> Result<(), Failure> {
    let current: Option<Found<Email>> = stored::find(cx, id).await?;
    if current.is_none_or(|current| current.value.address != kept.value.address) {
        return Err(over().into());
    }
    let state = OwnerState::awaiting(Awaits { confirmation: false, ..awaits });
    let account = AccountRow { owner_state: state.into(), ..row.value };
    let confirmed = Email { address: kept.value.address.clone(), confirmed_at: Some(cx.now().0) };
    let mut draft = cx.draft(&Authority::system(Job::Confirmation));
    draft.decide(&ACCOUNT, (&id, &Only), Before::Is(row.stamp), &account);
    draft.ensure(&CREDENTIAL, (&id, &Email::key()), &confirmed.row());
    if state == OwnerState::Present {
        ensure_awaited(cx, &mut draft, id, &account).await?;
    }
    draft.ensure_gone(&CODE, (&kept.hash, &Only));
    draft.tell(Event::account(id));
    cx.perform(draft).await
}

/// The address's row decides; the address itself is reserved just before, so that two accounts cannot have it.
async fn confirm_change(cx: &Context, id: AccountId, kept: &Kept<Confirmation>) -> Result<(), Failure> {
    let system = Authority::system(Job::Confirmation);
    let address = &kept.value.address;
    let mut claims = Claims::new(cx, Claimant { account: id, authority: &system });
    claims.email(cx, email::hash(address, &cx.secrets().email_key)).await?;
    let current: Option<Found<Email>> = stored::find(cx, id).await?;
    let confirmed = Email { address: address.clone(), confirmed_at: Some(cx.now().0) };
    let mut draft = cx.draft(&system);
    draft.decide(&CREDENTIAL, (&id, &Email::key()), Before::of(current.as_ref()), &confirmed.row());
    claims.ensure(&mut draft);
    if let Some(old) = current.filter(|current| current.value.address != *address) {
        draft.ensure_gone(&EMAIL, (&email::hash(&old.value.address, &cx.secrets().email_key), &Only));
    }
    draft.ensure_gone(&CODE, (&kept.hash, &Only));
    cx.perform(draft).await
}

fn over() -> Refusal {
    Refusal::new(Kind::Invalid, "code_over", "This link has run out or was used already. Please ask for a new letter.")
}
