//! Step-up: for a while each new post, edit and boost needs the owner's own passkey, or a code of their second factor, or,
//! where there is neither, a code from a letter. It hides nothing.
//!
//! What was proved is in the [`Authority`] that the post is written with, and is good for one request. Clients have no way
//! to prove anything; they are refused with a sentence that says where to write instead.

use kw_domain::account::Account;
use kw_domain::id::AccountId;
use kw_domain::refusal::{Kind, Refusal};
use kw_domain::time::Millis;
use serde::{Deserialize, Serialize};

use crate::account::{find, find_settings, step_up_letter};
use crate::authority::Authority;
use crate::code::{self, Kept, Purpose};
use crate::context::Context;
use crate::credential::factors::list_factors;
use crate::credential::passkey;
use crate::credential::stored::{self, Email, Found};
use crate::failure::{Failure, retry};
use crate::families::CODE;
use crate::key::Only;
use crate::operation::Before;
use crate::secret::token;
use crate::session::Member;
use crate::session::second_factor::{spend_recovery, spend_totp, wrong};
use crate::session::throttle::Subject;
use crate::staff::house::moment;

/// The digits of a code in a letter.
const CODE_DIGITS: usize = 6;

/// How the owner of a stepped-up account shows that it is them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Way {
    /// With a passkey: the request options for the browser, as JSON.
    Passkey(String),
    /// With a code of their app, or a recovery code.
    Code,
    /// With a code that is sent to their address ([`send_code`]).
    Letter,
    /// They have neither, and no address: they wait until it is over.
    None,
}

/// What the owner shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown<'a> {
    /// What a passkey answered to [`ask`]: the browser's `PublicKeyCredential` as JSON.
    Passkey(&'a str),
    /// A code that was typed.
    Code(&'a str),
}

/// What is kept until the owner has answered.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
struct Asked {
    /// The state of a passkey's challenge, as JSON.
    passkey: Vec<u8>,
    /// The hash of the code in the letter.
    code: Vec<u8>,
}

/// Until when each post of `account` needs more than a session; none when it does not.
pub fn until(cx: &Context, account: AccountId) -> Option<Millis> {
    let now = moment(cx.now());
    cx.ledger().read(|log| log.fold().standing(account.0, now).step_up_until).map(|until| Millis(until.0))
}

/// The rule: whether something may be written with `authority` now.
pub(crate) fn check(cx: &Context, authority: &Authority) -> Result<(), Refusal> {
    match authority.account() {
        Some(account) if !authority.is_proved() && until(cx, account).is_some() => Err(needed(cx)),
        _ => Ok(()),
    }
}

fn needed(cx: &Context) -> Refusal {
    let compose = cx.settings().url("/compose");
    let sentence = format!(
        "Somebody may be writing in your place, so for half an hour each post needs your own passkey or a code. Nothing \
         was posted. Write it here instead: {compose}"
    );
    Refusal::new(Kind::Forbidden, "step_up", sentence)
}

/// How `member` shows that it is them, while the account is stepped up; none when nothing is asked.
pub async fn ask(cx: &Context, member: &Member) -> Result<Option<(Way, Millis)>, Failure> {
    let Some(until) = until(cx, member.account) else { return Ok(None) };
    let factors = list_factors(cx, member.account).await?;
    let way = if !factors.passkeys.is_empty() {
        let (options, passkey) = passkey::ask(cx, member.account).await?;
        let asked = Asked { passkey, code: Vec::new() };
        retry(|| keep(cx, member, &asked)).await?;
        Way::Passkey(options)
    } else if factors.totp.is_some() {
        Way::Code
    } else if cx.outside().mailer.is_some() && find_address(cx, member.account).await?.is_some() {
        Way::Letter
    } else {
        Way::None
    };
    Ok(Some((way, until)))
}

/// Sends a letter with a code, where a letter is the way. An earlier code is forgotten.
pub async fn send_code(cx: &Context, member: &Member) -> Result<(), Failure> {
    let (Some(mailer), Some(address)) = (cx.outside().mailer.clone(), find_address(cx, member.account).await?) else {
        return Ok(());
    };
    cx.throttle().begin(&[Subject::SecondFactor(member.account)], cx.now())?;
    let number = u64::from_be_bytes(cx.random_bytes()) % 10_u64.pow(CODE_DIGITS as u32);
    let code = format!("{number:0CODE_DIGITS$}");
    let asked = Asked { passkey: Vec::new(), code: token::hash(&code).to_vec() };
    retry(|| keep(cx, member, &asked)).await?;
    let account: Account = find(cx, member.account).await?.ok_or_else(Refusal::missing)?;
    let locale = find_settings(cx, member.account).await?.locale;
    mailer.send(step_up_letter(cx.settings(), &locale, &address, (&account.handle, &code))).await
}

/// Checks what the owner shows, which is used up by it, and gives what one post can be written with.
pub async fn prove(cx: &Context, member: &Member, shown: Shown<'_>) -> Result<Authority, Failure> {
    let subjects = [Subject::SecondFactor(member.account)];
    cx.throttle().begin(&subjects, cx.now())?;
    retry(|| prove_once(cx, member, shown)).await?;
    cx.throttle().forgive(&subjects);
    Ok(Authority::proved(member.account))
}

async fn prove_once(cx: &Context, member: &Member, shown: Shown<'_>) -> Result<(), Failure> {
    let account = member.account;
    let factors = list_factors(cx, account).await?;
    let mut draft = cx.draft(member.authority());
    match shown {
        Shown::Passkey(answer) => {
            let kept = load_asked(cx, member).await?;
            draft.decide_gone(&CODE, (&kept.hash, &Only), kept.stamp);
            passkey::accept(cx, &mut draft, account, &kept.value.passkey, answer).await?;
        }
        Shown::Code(typed) if factors.totp.is_some() && is_short(typed) => {
            spend_totp(cx, &mut draft, account, typed).await?;
        }
        Shown::Code(typed) if factors.is_any() => spend_recovery(cx, &mut draft, account, typed).await?,
        Shown::Code(typed) => {
            let kept = load_asked(cx, member).await?;
            let typed: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
            if !token::is_same(&kept.value.code, &token::hash(&typed)) {
                return Err(wrong().into());
            }
            draft.decide_gone(&CODE, (&kept.hash, &Only), kept.stamp);
        }
    }
    cx.perform(draft).await
}

/// Codes of an app are shorter than recovery codes.
fn is_short(typed: &str) -> bool {
    typed.chars().filter(|c| !c.is_whitespace()).count() <= CODE_DIGITS
}

async fn find_address(cx: &Context, account: AccountId) -> Result<Option<String>, Failure> {
    let email: Option<Found<Email>> = stored::find(cx, account).await?;
    Ok(email.filter(|email| email.value.confirmed_at.is_some()).map(|email| email.value.address))
}

/// What is asked of a session stands under a name that follows from it: of two windows the newer one counts.
fn name_of(member: &Member) -> String {
    format!("step-up {} {}", member.account, member.session.0)
}

async fn keep(cx: &Context, member: &Member, asked: &Asked) -> Result<(), Failure> {
    let hash = token::hash(&name_of(member));
    let stored = cx.find(&CODE, &hash, &Only).await?;
    let until = cx.now().plus_ms(code::SHORT_MS).0;
    let mut draft = cx.draft(member.authority());
    let row = Purpose::StepUp.row(asked);
    draft.decide_until(&CODE, (&hash, &Only), Before::of(stored.as_ref()), &row, Some(until));
    cx.perform(draft).await
}

async fn load_asked(cx: &Context, member: &Member) -> Result<Kept<Asked>, Failure> {
    Ok(code::find(cx, Purpose::StepUp, &name_of(member)).await?.ok_or_else(wrong)?)
}
