//! Signing in on our own pages: handle or e-mail address, and password.

use kw_domain::account::OwnerState;
use kw_domain::id::AccountId;
use kw_domain::refusal::{Kind, Refusal};
use kw_store::Stamp;
use serde::{Deserialize, Serialize};

use crate::authority::Authority;
use crate::code::{self, Purpose};
use crate::context::Context;
use crate::credential::factors::{Factors, list_factors};
use crate::credential::password;
use crate::credential::stored::{self, Credential, Found, Password};
use crate::failure::{Failure, retry};
use crate::families::{CODE, CREDENTIAL};
use crate::key::Only;
use crate::operation::Before;
use crate::rows::AccountRow;
use crate::secret;
use crate::session::actor::login_disabled;
use crate::session::authenticate::waiting;
use crate::session::identify::find_account;
use crate::session::open::{self, Agent, Issued, Opening};
use crate::session::throttle::Subject;
use crate::viewer::find_standing;

/// What somebody typed.
#[derive(Debug, Clone)]
pub struct SignInForm<'a> {
    /// Handle or e-mail address.
    pub identifier: &'a str,
    /// The password.
    pub password: &'a str,
    /// What is at the other end.
    pub agent: Agent,
}

/// How far somebody came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SignIn {
    /// They are in.
    Done(Issued),
    /// The password was right; now for the second factor.
    SecondFactorNeeded(Challenge),
}

/// A sign-in that waits for its second factor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// What the sign-in goes on with; good for ten minutes.
    pub code: String,
    /// What can be proved with.
    pub factors: Factors,
}

/// What is kept of a sign-in that waits for its second factor.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Waiting {
    /// Whose.
    pub account: u64,
    /// The password row as it was; a password that was changed since ends this sign-in.
    pub password: u64,
    /// What is at the other end.
    pub agent: String,
    /// Until when, in milliseconds since 1970.
    pub until: u64,
    /// The state of a passkey's challenge, as JSON; empty until one was asked for.
    pub passkey: Vec<u8>,
}

/// Signs in. A name that nobody has and a wrong password are refused alike, with the same work and after the same waits.
pub async fn sign_in(cx: &Context, form: &SignInForm<'_>) -> Result<SignIn, Failure> {
    retry(|| sign_in_once(cx, form)).await
}

async fn sign_in_once(cx: &Context, form: &SignInForm<'_>) -> Result<SignIn, Failure> {
    let found = find_account(cx, form.identifier).await?;
    let subjects = subjects_of(form, found.as_ref().map(|(id, _)| *id));
    cx.throttle().begin(&subjects, cx.now())?;
    let stored: Option<Found<Password>> = match &found {
        Some((id, _)) => stored::find(cx, *id).await?,
        None => None,
    };
    let is_right = password::is_right(cx, form.password, stored.as_ref().map(|row| row.value.hash.as_str())).await;
    let (Some((id, row)), Some(stored), true) = (found, stored, is_right) else {
        return Err(wrong().into());
    };
    cx.throttle().forgive(&subjects);
    check_may_enter(cx, id, &row.value).await?;
    let factors = list_factors(cx, id).await?;
    if factors.is_any() {
        return ask_second_factor(cx, id, &stored, factors, form).await;
    }
    enter(cx, id, stored, form).await.map(SignIn::Done)
}

fn subjects_of(form: &SignInForm<'_>, account: Option<AccountId>) -> Vec<Subject> {
    let folded = form.identifier.trim().to_lowercase();
    let who = account.map_or_else(|| Subject::Nobody(secret::token::hash(&folded)), Subject::Account);
    std::iter::once(who).chain(form.agent.address.map(Subject::address)).collect()
}

/// Whether the owner may come in, now that it is sure who they are.
pub(super) async fn check_may_enter(cx: &Context, id: AccountId, row: &AccountRow) -> Result<(), Failure> {
    if !find_standing(cx, id).may_sign_in_at(cx.now()) {
        return Err(login_disabled().into());
    }
    match OwnerState::from(row.owner_state) {
        OwnerState::Present | OwnerState::Deactivated(_) => Ok(()),
        OwnerState::Pending(awaits) => Err(waiting(awaits).into()),
        OwnerState::Deleted(_) => Err(wrong().into()),
    }
}

/// The password row decides, though it rarely changes: a sign-in with the old password loses against its change.
async fn enter(cx: &Context, id: AccountId, stored: Found<Password>, form: &SignInForm<'_>) -> Result<Issued, Failure> {
    let mut kept = stored.value;
    if secret::password::is_outdated(&kept.hash, cx.settings().password_cost) {
        kept.hash = password::hash(cx, form.password).await;
    }
    let mut draft = cx.draft(&Authority::seat(id));
    draft.decide(&CREDENTIAL, (&id, &Password::key()), Before::Is(stored.stamp), &kept.row());
    let issued = open::ensure(cx, &mut draft, &Opening::of_browser(id, &form.agent)).await?;
    cx.perform(draft).await?;
    Ok(issued)
}

async fn ask_second_factor(
    cx: &Context,
    id: AccountId,
    stored: &Found<Password>,
    factors: Factors,
    form: &SignInForm<'_>,
) -> Result<SignIn, Failure> {
    let until = cx.now().plus_ms(code::SHORT_MS).0;
    let Stamp(password) = stored.stamp;
    let waiting = Waiting { account: id.0, password, agent: form.agent.name.clone(), until, passkey: Vec::new() };
    let (code, hash) = code::mint(cx);
    let mut draft = cx.draft(&Authority::seat(id));
    let row = Purpose::SecondFactor.row(&waiting);
    draft.decide_until(&CODE, (&hash, &Only), Before::Absent, &row, Some(until));
    cx.perform(draft).await?;
    Ok(SignIn::SecondFactorNeeded(Challenge { code, factors }))
}

pub(super) fn wrong() -> Refusal {
    let sentence = "The name and the password do not belong together.";
    Refusal::new(Kind::Unauthenticated, "wrong_credentials", sentence)
}
