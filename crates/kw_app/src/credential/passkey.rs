//! Passkeys as second factor: enrolling, proving, removing.
//!
//! The state between two steps of the ceremony is kept in the row of a code that is used once and expires. The library
//! draws its challenges itself: the one chance that is not ours.

use kw_domain::id::AccountId;
use kw_domain::refusal::{Kind, Refusal};
use serde::{Deserialize, Serialize};
use webauthn_rs::prelude::{self as library, Uuid, Webauthn, WebauthnBuilder};

use crate::code::{self, Purpose};
use crate::context::Context;
use crate::credential::password;
use crate::credential::stored::{self, Credential, Found, PASSKEYS_MAX, Passkey, Recovery, Totp};
use crate::credential::totp::new_recovery;
use crate::failure::{Failure, retry};
use crate::families::{ACCOUNT, CODE, CREDENTIAL};
use crate::key::Only;
use crate::operation::{Before, Draft};
use crate::rows::CredentialKind;
use crate::session::Member;

/// What a passkey is called, in characters.
const NAME_CHARS_MAX: usize = 40;

/// An enrolment that has begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// What it goes on with; good for ten minutes.
    pub code: String,
    /// The options for the browser's `navigator.credentials.create`, as JSON.
    pub options: String,
}

/// What is kept of an enrolment.
#[derive(Debug, Serialize, Deserialize)]
struct Begun {
    account: u64,
    state: Vec<u8>,
}

/// Begins to enrol a passkey.
pub async fn begin(cx: &Context, member: &Member, typed_password: &str) -> Result<Enrolment, Failure> {
    password::prove(cx, member.account, typed_password).await?;
    let known: Vec<Found<Passkey>> = stored::list(cx, member.account).await?;
    if known.len() >= PASSKEYS_MAX {
        let sentence = format!("An account has at most {PASSKEYS_MAX} passkeys. Please remove one first.");
        return Err(Refusal::invalid("passkey", "too_many", sentence).into());
    }
    let known = known.iter().map(|row| Ok(read(row)?.cred_id().clone())).collect::<Result<_, Failure>>()?;
    let row = cx.find(&ACCOUNT, &member.account, &Only).await?.ok_or_else(Refusal::missing)?.value;
    let shown = if row.display_name.is_empty() { &row.handle } else { &row.display_name };
    let user = Uuid::from_u64_pair(0, member.account.0);
    let begun = party(cx)?.start_passkey_registration(user, &row.handle, shown, Some(known));
    let (options, state) = begun.map_err(|error| refused(&error))?;

    let until = cx.now().plus_ms(code::SHORT_MS).0;
    let begun = Begun { account: member.account.0, state: to_json(&state) };
    let (code, hash) = code::mint(cx);
    let mut draft = cx.draft(member.authority());
    draft.decide_until(&CODE, (&hash, &Only), Before::Absent, &Purpose::Enrolment.row(&begun), Some(until));
    cx.perform(draft).await?;
    Ok(Enrolment { code, options: text(to_json(&options)) })
}

/// Ends an enrolment with the browser's answer, as JSON. The first second factor of an account comes with recovery codes,
/// which are shown once.
pub async fn finish(
    cx: &Context,
    member: &Member,
    code: &str,
    name: &str,
    answer: &str,
) -> Result<Vec<String>, Failure> {
    retry(|| finish_once(cx, member, code, name, answer)).await
}

async fn finish_once(
    cx: &Context,
    member: &Member,
    code: &str,
    name: &str,
    answer: &str,
) -> Result<Vec<String>, Failure> {
    let kept = code::find::<Begun>(cx, Purpose::Enrolment, code).await?;
    let kept = kept.filter(|kept| kept.value.account == member.account.0).ok_or_else(not_accepted)?;
    let state = of_json::<library::PasskeyRegistration>(&kept.value.state)?;
    let answer: library::RegisterPublicKeyCredential = serde_json::from_str(answer).map_err(|_| not_accepted())?;
    let passkey = party(cx)?.finish_passkey_registration(&answer, &state).map_err(|error| refused(&error))?;

    let name: String = name.chars().filter(|c| !c.is_control()).take(NAME_CHARS_MAX).collect();
    let row = Passkey { name: name.trim().to_owned(), created_at: cx.now().0, used_at: None, json: to_json(&passkey) };
    let key = (CredentialKind::Passkey, cx.mint_id().await?);
    let mut draft = cx.draft(member.authority());
    draft.decide_gone(&CODE, (&kept.hash, &Only), kept.stamp);
    draft.ensure(&CREDENTIAL, (&member.account, &key), &row.row());
    let codes = ensure_recovery(cx, &mut draft, member.account).await?;
    cx.perform(draft).await?;
    Ok(codes)
}

async fn ensure_recovery(cx: &Context, draft: &mut Draft, account: AccountId) -> Result<Vec<String>, Failure> {
    if stored::find::<Recovery>(cx, account).await?.is_some() {
        return Ok(Vec::new());
    }
    let (codes, recovery) = new_recovery(cx);
    draft.ensure(&CREDENTIAL, (&account, &Recovery::key()), &recovery.row());
    Ok(codes)
}

/// Removes a passkey. With the last second factor the recovery codes go.
pub async fn remove(cx: &Context, member: &Member, number: u64, typed_password: &str) -> Result<(), Failure> {
    password::prove(cx, member.account, typed_password).await?;
    retry(|| remove_once(cx, member, number)).await
}

async fn remove_once(cx: &Context, member: &Member, number: u64) -> Result<(), Failure> {
    let passkeys: Vec<Found<Passkey>> = stored::list(cx, member.account).await?;
    let row = passkeys.iter().find(|row| row.key.1 == number).ok_or_else(Refusal::missing)?;
    let mut draft = cx.draft(member.authority());
    draft.decide_gone(&CREDENTIAL, (&member.account, &row.key), row.stamp);
    if passkeys.len() == 1 && stored::find::<Totp>(cx, member.account).await?.is_none() {
        draft.ensure_gone(&CREDENTIAL, (&member.account, &Recovery::key()));
    }
    cx.perform(draft).await
}

/// The options for the browser, and the state to keep until it answers.
pub(crate) async fn ask(cx: &Context, account: AccountId) -> Result<(String, Vec<u8>), Failure> {
    let rows: Vec<Found<Passkey>> = stored::list(cx, account).await?;
    let passkeys = rows.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    if passkeys.is_empty() {
        return Err(not_accepted().into());
    }
    let (options, state) = party(cx)?.start_passkey_authentication(&passkeys).map_err(|error| refused(&error))?;
    Ok((text(to_json(&options)), to_json(&state)))
}

/// Checks the browser's answer; the passkey's counter moves as a consequence of `draft`.
pub(crate) async fn accept(
    cx: &Context,
    draft: &mut Draft,
    account: AccountId,
    state: &[u8],
    answer: &str,
) -> Result<(), Failure> {
    if state.is_empty() {
        return Err(not_accepted().into());
    }
    let state = of_json::<library::PasskeyAuthentication>(state)?;
    let answer: library::PublicKeyCredential = serde_json::from_str(answer).map_err(|_| not_accepted())?;
    let result = party(cx)?.finish_passkey_authentication(&answer, &state).map_err(|error| refused(&error))?;
    for row in stored::list::<Passkey>(cx, account).await? {
        let mut passkey = read(&row)?;
        if passkey.update_credential(&result).is_some() {
            let used = Passkey { used_at: Some(cx.now().0), json: to_json(&passkey), ..row.value };
            draft.ensure(&CREDENTIAL, (&account, &row.key), &used.row());
            return Ok(());
        }
    }
    Err(not_accepted().into())
}

/// The relying party: our origin. Addresses that are bare numbers cannot have passkeys.
fn party(cx: &Context) -> Result<Webauthn, Refusal> {
    let origin = &cx.settings().origin;
    let impossible = || {
        Refusal::new(
            Kind::Invalid,
            "no_passkeys",
            "Passkeys need a server with a name; this one is reached by a number.",
        )
    };
    let name = origin.domain().ok_or_else(impossible)?;
    let builder = WebauthnBuilder::new(name, origin).map_err(|_| impossible())?;
    builder.rp_name(&cx.settings().title).build().map_err(|_| impossible())
}

fn read(row: &Found<Passkey>) -> Result<library::Passkey, Failure> {
    of_json(&row.value.json)
}

fn to_json<T: Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).expect("the library's values have a form in JSON")
}

fn text(json: Vec<u8>) -> String {
    String::from_utf8(json).expect("JSON is UTF-8")
}

fn of_json<'a, T: Deserialize<'a>>(json: &'a [u8]) -> Result<T, Failure> {
    let damaged =
        |error: serde_json::Error| Failure::Damaged { family: CREDENTIAL.family.name, why: error.to_string() };
    serde_json::from_slice(json).map_err(damaged)
}

fn refused(error: &library::WebauthnError) -> Refusal {
    tracing::info!(%error, "a passkey was refused");
    not_accepted()
}

fn not_accepted() -> Refusal {
    Refusal::new(Kind::Invalid, "passkey_refused", "This passkey was not accepted. Please begin again.")
}
