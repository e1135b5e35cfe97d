//! Another password, chosen by its owner or by whoever reads the owner's mail.

use kw_domain::id::{AccountId, SessionId};
use kw_domain::refusal::{Kind, Refusal};
use serde::{Deserialize, Serialize};

use crate::account::letter;
use crate::account::settings::find_settings;
use crate::authority::{Authority, Job};
use crate::code::{self, Kept, Purpose};
use crate::context::Context;
use crate::credential::password;
use crate::credential::stored::{self, Credential, Email, Found, Password};
use crate::failure::{Failure, retry};
use crate::families::{ACCOUNT, CODE, CREDENTIAL};
use crate::key::Only;
use crate::operation::{Before, Draft};
use crate::session::Member;
use crate::session::identify::find_account;
use crate::session::revoke::ensure_all_gone;
use crate::session::throttle::Subject;

/// Changes a member's password. All their other sessions end, clients' too.
pub async fn change_password(cx: &Context, member: &Member, old: &str, new: &str) -> Result<(), Failure> {
    let known = password::prove(cx, member.account, old).await?;
    check(cx, member.account, new).await?;
    let hash = password::hash(cx, new).await;
    let mut draft = cx.draft(member.authority());
    put(cx, &mut draft, member.account, &known, hash);
    ensure_all_gone(cx, &mut draft, member.account, Some(member.session)).await?;
    match cx.perform(draft).await {
        // Its row changes with every sign-in; what was proved stays proved as long as the password is the same.
        Err(Failure::Conflict) => retry(|| change_again(cx, member.account, member.session, (&known, new))).await,
        outcome => outcome,
    }
}

async fn change_again(
    cx: &Context,
    account: AccountId,
    kept: SessionId,
    (proved, new): (&Found<Password>, &str),
) -> Result<(), Failure> {
    let row: Found<Password> = stored::find(cx, account).await?.ok_or_else(Refusal::missing)?;
    if row.value.hash != proved.value.hash {
        return Err(Failure::Conflict);
    }
    let hash = password::hash(cx, new).await;
    let mut draft = cx.draft(&Authority::seat(account));
    put(cx, &mut draft, account, &row, hash);
    ensure_all_gone(cx, &mut draft, account, Some(kept)).await?;
    cx.perform(draft).await
}

fn put(cx: &Context, draft: &mut Draft, account: AccountId, row: &Found<Password>, hash: String) {
    let chosen = Password::chosen(hash, cx.now());
    draft.decide(&CREDENTIAL, (&account, &Password::key()), Before::Is(row.stamp), &chosen.row());
}

async fn check(cx: &Context, account: AccountId, new: &str) -> Result<(), Failure> {
    let handle = cx.find(&ACCOUNT, &account, &Only).await?.ok_or_else(Refusal::missing)?.value.handle;
    match password::fault(new, &handle) {
        Some(fault) => Err(Refusal::faults(vec![fault]).into()),
        None => Ok(()),
    }
}

/// What a letter's code lets replace.
#[derive(Debug, Serialize, Deserialize)]
struct Reset {
    account: u64,
    /// The password as it was; once it is replaced, all letters about it are void.
    hash: String,
}

/// Sends a letter with which a forgotten password can be replaced, to the account's confirmed address. Says nothing about
/// whether there is such an account.
pub async fn request_reset(cx: &Context, identifier: &str) -> Result<(), Failure> {
    let (Some(mailer), Some((id, _))) = (cx.outside().mailer.clone(), find_account(cx, identifier).await?) else {
        return Ok(());
    };
    let (Some(email), Some(password)) = (stored::find::<Email>(cx, id).await?, stored::find::<Password>(cx, id).await?)
    else {
        return Ok(());
    };
    if email.value.confirmed_at.is_none() {
        return Ok(());
    }
    let (code, hash) = code::mint(cx);
    let until = cx.now().plus_ms(code::LETTER_MS).0;
    let row = Purpose::Reset.row(&Reset { account: id.0, hash: password.value.hash });
    let mut draft = cx.draft(&Authority::system(Job::Confirmation));
    draft.decide_until(&CODE, (&hash, &Only), Before::Absent, &row, Some(until));
    cx.perform(draft).await?;
    let locale = find_settings(cx, id).await?.locale;
    mailer.send(letter::reset(cx.settings(), &locale, &email.value.address, &code)).await
}

/// Replaces the password with a letter's code. All sessions end; a second factor is still asked for at sign-in.
pub async fn reset_password(cx: &Context, code: &str, new: &str) -> Result<AccountId, Failure> {
    let kept = code::find::<Reset>(cx, Purpose::Reset, code).await?.ok_or_else(over)?;
    let account = AccountId(kept.value.account);
    check(cx, account, new).await?;
    let hash = password::hash(cx, new).await;
    retry(|| reset_once(cx, &kept, account, &hash)).await?;
    cx.throttle().forgive(&[Subject::Account(account)]);
    Ok(account)
}

async fn reset_once(cx: &Context, kept: &Kept<Reset>, account: AccountId, hash: &str) -> Result<(), Failure> {
    let row: Found<Password> = stored::find(cx, account).await?.ok_or_else(over)?;
    if row.value.hash != kept.value.hash {
        return Err(over().into());
    }
    let mut draft = cx.draft(&Authority::system(Job::Confirmation));
    put(cx, &mut draft, account, &row, hash.to_owned());
    draft.ensure_gone(&CODE, (&kept.hash, &Only));
    ensure_all_gone(cx, &mut draft, account, None).await?;
    cx.perform(draft).await
}

fn over() -> Refusal {
    Refusal::new(Kind::Invalid, "code_over", "This link has run out or was used already. Please ask for a new letter.")
}
