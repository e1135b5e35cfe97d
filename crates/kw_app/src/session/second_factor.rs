//! The second step of a sign-in: a one-time code, a recovery code or a passkey.

use kw_domain::id::AccountId;
use kw_domain::refusal::{Kind, Refusal};
use kw_store::Stamp;

use crate::authority::Authority;
use crate::code::{self, Kept, Purpose};
use crate::context::Context;
use crate::credential::factors::{Factors, list_factors};
use crate::credential::passkey;
use crate::credential::stored::{self, Credential, Found, Password, Recovery, Totp};
use crate::failure::{Failure, retry};
use crate::families::{ACCOUNT, CODE, CREDENTIAL};
use crate::key::Only;
use crate::operation::{Before, Draft};
use crate::secret::{recovery, totp};
use crate::session::open::{self, Issued, Opening};
use crate::session::sign_in::{Waiting, check_may_enter};
use crate::session::throttle::Subject;

/// What somebody proves with.
#[derive(Debug, Clone, Copy)]
pub enum Proof<'a> {
    /// The six digits of an authenticator.
    Totp(&'a str),
    /// One of the recovery codes.
    Recovery(&'a str),
    /// What a passkey answered to [`begin_passkey`]: the browser's `PublicKeyCredential` as JSON.
    Passkey(&'a str),
}

/// Begins the proof by passkey: the options for the browser's `navigator.credentials.get`, as JSON.
pub async fn begin_passkey(cx: &Context, challenge: &str) -> Result<String, Failure> {
    retry(|| begin_passkey_once(cx, challenge)).await
}

async fn begin_passkey_once(cx: &Context, challenge: &str) -> Result<String, Failure> {
    let Kept { hash, mut value, stamp } = load_waiting(cx, challenge).await?;
    let account = AccountId(value.account);
    let (options, state) = passkey::ask(cx, account).await?;
    value.passkey = state;
    let mut draft = cx.draft(&Authority::seat(account));
    let row = Purpose::SecondFactor.row(&value);
    draft.decide_until(&CODE, (&hash, &Only), Before::Is(stamp), &row, Some(value.until));
    cx.perform(draft).await?;
    Ok(options)
}

/// What a sign-in that waits can be ended with.
pub async fn list_challenge_factors(cx: &Context, challenge: &str) -> Result<Factors, Failure> {
    let kept = load_waiting(cx, challenge).await?;
    list_factors(cx, AccountId(kept.value.account)).await
}

/// Ends a sign-in with its second factor. A code of an authenticator works once, and so does a recovery code.
pub async fn finish_sign_in(cx: &Context, challenge: &str, proof: Proof<'_>) -> Result<Issued, Failure> {
    retry(|| finish_once(cx, challenge, proof)).await
}

async fn finish_once(cx: &Context, challenge: &str, proof: Proof<'_>) -> Result<Issued, Failure> {
    let kept = load_waiting(cx, challenge).await?;
    let account = AccountId(kept.value.account);
    let row = cx.find(&ACCOUNT, &account, &Only).await?.ok_or_else(over)?;
    check_may_enter(cx, account, &row.value).await?;
    let subjects = [Subject::SecondFactor(account)];
    cx.throttle().begin(&subjects, cx.now())?;

    let mut draft = cx.draft(&Authority::seat(account));
    match proof {
        Proof::Totp(typed) => spend_totp(cx, &mut draft, account, typed).await?,
        Proof::Recovery(typed) => spend_recovery(cx, &mut draft, account, typed).await?,
        Proof::Passkey(answer) => {
            draft.decide_gone(&CODE, (&kept.hash, &Only), kept.stamp);
            passkey::accept(cx, &mut draft, account, &kept.value.passkey, answer).await?;
        }
    }
    if !matches!(proof, Proof::Passkey(_)) {
        draft.ensure_gone(&CODE, (&kept.hash, &Only));
    }
    let agent = open::Agent { name: kept.value.agent, address: None };
    let issued = open::ensure(cx, &mut draft, &Opening::of_browser(account, &agent)).await?;
    cx.perform(draft).await?;
    cx.throttle().forgive(&subjects);
    Ok(issued)
}

async fn load_waiting(cx: &Context, challenge: &str) -> Result<Kept<Waiting>, Failure> {
    let kept: Kept<Waiting> = code::find(cx, Purpose::SecondFactor, challenge).await?.ok_or_else(over)?;
    let password: Option<Found<Password>> = stored::find(cx, AccountId(kept.value.account)).await?;
    // Rewritten by every sign-in without second factor, of which there is none while this one waits.
    if password.is_none_or(|row| row.stamp != Stamp(kept.value.password)) {
        return Err(over().into());
    }
    Ok(kept)
}

/// The row with the last step decides, so of two sign-ins with the same code one is refused.
pub(crate) async fn spend_totp(
    cx: &Context,
    draft: &mut Draft,
    account: AccountId,
    typed: &str,
) -> Result<(), Failure> {
    let row: Found<Totp> = stored::find(cx, account).await?.ok_or_else(wrong)?;
    let is_in_use = row.value.confirmed_at.is_some();
    let step = totp::verify(&row.value.key, typed, cx.now(), row.value.last_used).filter(|_| is_in_use);
    let used = Totp { last_used: Some(step.ok_or_else(wrong)?), ..row.value };
    draft.decide(&CREDENTIAL, (&account, &Totp::key()), Before::Is(row.stamp), &used.row());
    Ok(())
}

pub(crate) async fn spend_recovery(
    cx: &Context,
    draft: &mut Draft,
    account: AccountId,
    typed: &str,
) -> Result<(), Failure> {
    let mut row: Found<Recovery> = stored::find(cx, account).await?.ok_or_else(wrong)?;
    let place = recovery::find(&row.value.hashes, typed).ok_or_else(wrong)?;
    row.value.hashes.remove(place);
    draft.decide(&CREDENTIAL, (&account, &Recovery::key()), Before::Is(row.stamp), &row.value.row());
    Ok(())
}

pub(crate) fn wrong() -> Refusal {
    let sentence = "This code is not right, or was used already.";
    Refusal { field: Some("code"), ..Refusal::new(Kind::Unauthenticated, "wrong_second_factor", sentence) }
}

fn over() -> Refusal {
    Refusal::new(Kind::Unauthenticated, "sign_in_over", "This sign-in has run out. Please begin again.")
}
