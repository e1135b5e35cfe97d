//! Another e-mail address, or none.

use kw_domain::refusal::Refusal;
use kw_domain::sign_up::email_taken;

use crate::account::confirm;
use crate::account::reserve::{Claimant, Claims};
use crate::account::settings::find_settings;
use crate::context::Context;
use crate::credential::password;
use crate::credential::stored::{self, Credential, Email, Found};
use crate::failure::{Failure, retry};
use crate::families::{CREDENTIAL, EMAIL};
use crate::key::Only;
use crate::operation::Before;
use crate::secret::email;
use crate::session::Member;
use crate::session::identify::find_by_email;

/// What becomes of a wish for another address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EmailChange {
    /// It holds.
    Done,
    /// A letter was sent there; it holds once that is confirmed.
    LetterSent,
}

/// Changes the address of a member; empty removes it. Where letters can be sent, a new one holds only once confirmed.
pub async fn change_email(
    cx: &Context,
    member: &Member,
    address: &str,
    typed_password: &str,
) -> Result<EmailChange, Failure> {
    password::prove(cx, member.account, typed_password).await?;
    if address.trim().is_empty() {
        retry(|| remove_once(cx, member)).await?;
        return Ok(EmailChange::Done);
    }
    let folded = email::fold(address)?;
    if find_by_email(cx, &folded).await?.is_some_and(|owner| owner != member.account) {
        return Err(Refusal::faults(vec![email_taken()]).into());
    }
    if cx.outside().mailer.is_some() {
        let locale = find_settings(cx, member.account).await?.locale;
        confirm::send(cx, member.account, &folded, &locale).await?;
        return Ok(EmailChange::LetterSent);
    }
    retry(|| replace_once(cx, member, &folded)).await?;
    Ok(EmailChange::Done)
}

async fn replace_once(cx: &Context, member: &Member, folded: &str) -> Result<(), Failure> {
    let hash = |address: &str| email::hash(address, &cx.secrets().email_key);
    let mut claims = Claims::new(cx, Claimant { account: member.account, authority: member.authority() });
    claims.email(cx, hash(folded)).await?;
    let current: Option<Found<Email>> = stored::find(cx, member.account).await?;
    let new = Email { address: folded.to_owned(), confirmed_at: Some(cx.now().0) };
    let mut draft = cx.draft(member.authority());
    draft.decide(&CREDENTIAL, (&member.account, &Email::key()), Before::of(current.as_ref()), &new.row());
    claims.ensure(&mut draft);
    if let Some(old) = current.filter(|current| current.value.address != folded) {
        draft.ensure_gone(&EMAIL, (&hash(&old.value.address), &Only));
    }
    cx.perform(draft).await
}

async fn remove_once(cx: &Context, member: &Member) -> Result<(), Failure> {
    let Some(current) = stored::find::<Email>(cx, member.account).await? else { return Ok(()) };
    let mut draft = cx.draft(member.authority());
    draft.decide_gone(&CREDENTIAL, (&member.account, &Email::key()), current.stamp);
    draft.ensure_gone(&EMAIL, (&email::hash(&current.value.address, &cx.secrets().email_key), &Only));
    cx.perform(draft).await
}
