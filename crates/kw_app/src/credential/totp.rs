//! One-time codes of an authenticator, and the recovery codes that stand in when it is lost.

use kw_domain::refusal::Refusal;

use crate::context::Context;
use crate::credential::password;
use crate::credential::stored::{self, Credential, Found, Passkey, Recovery, Totp};
use crate::failure::{Failure, retry};
use crate::families::{ACCOUNT, CREDENTIAL};
use crate::key::Only;
use crate::operation::Before;
use crate::secret::{recovery, totp};
use crate::session::Member;

/// A key for an authenticator that is not in use yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTotp {
    /// The `otpauth://` address, for a QR code.
    pub address: String,
    /// The key as text.
    pub key: String,
}

/// Makes a key. It counts once a code of it was shown to be right ([`confirm`]). Refused while another is in use.
pub async fn begin(cx: &Context, member: &Member, typed_password: &str) -> Result<NewTotp, Failure> {
    password::prove(cx, member.account, typed_password).await?;
    let handle = cx.find(&ACCOUNT, &member.account, &Only).await?.ok_or_else(Refusal::missing)?.value.handle;
    let key = cx.random_bytes::<{ totp::KEY_BYTES }>().to_vec();
    retry(|| begin_once(cx, member, &key)).await?;
    Ok(NewTotp { address: totp::address(&key, &cx.settings().domain(), &handle), key: totp::written_key(&key) })
}

async fn begin_once(cx: &Context, member: &Member, key: &[u8]) -> Result<(), Failure> {
    let row: Option<Found<Totp>> = stored::find(cx, member.account).await?;
    if row.as_ref().is_some_and(|row| row.value.confirmed_at.is_some()) {
        let sentence = "One-time codes are in use already. Turn them off first to change the authenticator.";
        return Err(Refusal::invalid("code", "totp_in_use", sentence).into());
    }
    let new = Totp { key: key.to_vec(), confirmed_at: None, last_used: None };
    let mut draft = cx.draft(member.authority());
    draft.decide(&CREDENTIAL, (&member.account, &Totp::key()), Before::of(row.as_ref()), &new.row());
    cx.perform(draft).await
}

/// Takes the key into use, if `code` is right. Returns recovery codes, which are shown once.
pub async fn confirm(cx: &Context, member: &Member, code: &str) -> Result<Vec<String>, Failure> {
    retry(|| confirm_once(cx, member, code)).await
}

async fn confirm_once(cx: &Context, member: &Member, code: &str) -> Result<Vec<String>, Failure> {
    let wrong = || {
        Refusal::invalid("code", "wrong_second_factor", "This code is not right. Is the clock of your device right?")
    };
    let row: Found<Totp> = stored::find(cx, member.account).await?.ok_or_else(wrong)?;
    let step = totp::verify(&row.value.key, code, cx.now(), row.value.last_used).ok_or_else(wrong)?;
    let confirmed = Totp { confirmed_at: Some(cx.now().0), last_used: Some(step), ..row.value };
    let (codes, recovery) = new_recovery(cx);
    let mut draft = cx.draft(member.authority());
    draft.decide(&CREDENTIAL, (&member.account, &Totp::key()), Before::Is(row.stamp), &confirmed.row());
    draft.ensure(&CREDENTIAL, (&member.account, &Recovery::key()), &recovery.row());
    cx.perform(draft).await?;
    Ok(codes)
}

/// Turns one-time codes off. The recovery codes go too, unless passkeys still need them.
pub async fn remove(cx: &Context, member: &Member, typed_password: &str) -> Result<(), Failure> {
    password::prove(cx, member.account, typed_password).await?;
    retry(|| remove_once(cx, member)).await
}

async fn remove_once(cx: &Context, member: &Member) -> Result<(), Failure> {
    let Some(row) = stored::find::<Totp>(cx, member.account).await? else { return Ok(()) };
    let mut draft = cx.draft(member.authority());
    draft.decide_gone(&CREDENTIAL, (&member.account, &Totp::key()), row.stamp);
    if stored::list::<Passkey>(cx, member.account).await?.is_empty() {
        draft.ensure_gone(&CREDENTIAL, (&member.account, &Recovery::key()));
    }
    cx.perform(draft).await
}

/// Makes new recovery codes, which are shown once. The old ones stop working.
pub async fn renew_recovery(cx: &Context, member: &Member, typed_password: &str) -> Result<Vec<String>, Failure> {
    password::prove(cx, member.account, typed_password).await?;
    retry(|| renew_once(cx, member)).await
}

async fn renew_once(cx: &Context, member: &Member) -> Result<Vec<String>, Failure> {
    let row: Option<Found<Recovery>> = stored::find(cx, member.account).await?;
    let (codes, recovery) = new_recovery(cx);
    let mut draft = cx.draft(member.authority());
    draft.decide(&CREDENTIAL, (&member.account, &Recovery::key()), Before::of(row.as_ref()), &recovery.row());
    cx.perform(draft).await?;
    Ok(codes)
}

/// New recovery codes, and what is stored of them.
pub(super) fn new_recovery(cx: &Context) -> (Vec<String>, Recovery) {
    let codes = recovery::codes(cx.random_bytes());
    let hashes = codes.iter().map(|code| recovery::hash(code)).collect();
    (codes, Recovery { hashes })
}
