//! Creating an account: everything it needs, in one operation.

use kw_domain::account::{Awaits, OwnerState};
use kw_domain::handle::Handle;
use kw_domain::id::AccountId;
use kw_domain::refusal::{Fault, FaultKind, Refusal};
use kw_domain::sign_up::handle_fault;

use crate::account::activate::ensure_active;
use crate::account::reserve::{Claimant, Claims};
use crate::account::settings::first_settings;
use crate::authority::{Authority, Job};
use crate::context::Context;
use crate::credential::password;
use crate::credential::stored::{Credential, Email, Password};
use crate::failure::Failure;
use crate::families::{ACCOUNT, CREDENTIAL, MEMBER, SETTINGS, SIGN_UP};
use crate::feed::Event;
use crate::key::Only;
use crate::operation::Before;
use crate::rows::{AccountRow, SignUpRow};
use crate::secret::email;
use crate::session::Issued;
use crate::session::open::{self, Opening};

/// An account that the operator creates.
#[derive(Debug, Clone, Copy)]
pub struct NewAccount<'a> {
    /// Its handle; may be one that is reserved.
    pub handle: &'a str,
    /// Its e-mail address, taken as confirmed.
    pub email: Option<&'a str>,
    /// Its password.
    pub password: &'a str,
    /// Language of its pages: `en` or `fr`; empty for the browser's.
    pub locale: &'a str,
}

/// Creates an account that can be used at once. Only for the operator.
pub async fn create(cx: &Context, authority: &Authority, new: &NewAccount<'_>) -> Result<AccountId, Failure> {
    if !authority.is_job(Job::Operator) {
        return Err(Refusal::forbidden().into());
    }
    let mut faults = Vec::new();
    let handle = Handle::parse(new.handle).map_err(|why| faults.push(handle_fault(why))).ok();
    let email = read_email(new.email).map_err(|fault| faults.push(fault)).ok().flatten();
    faults.extend(password::fault(new.password, new.handle));
    let (Some(handle), true) = (handle, faults.is_empty()) else {
        return Err(Refusal::faults(faults).into());
    };
    let plan = Plan {
        handle,
        email,
        password: new.password,
        reason: "",
        invitation: None,
        locale: new.locale,
        awaits: Awaits::default(),
    };
    let id = AccountId(cx.mint_id().await?);
    perform(cx, Claimant { account: id, authority }, &plan, None).await?;
    Ok(id)
}

/// A checked plan for an account.
#[derive(Debug)]
pub(super) struct Plan<'a> {
    pub handle: Handle,
    /// Folded.
    pub email: Option<String>,
    pub password: &'a str,
    pub reason: &'a str,
    pub invitation: Option<&'a str>,
    pub locale: &'a str,
    pub awaits: Awaits,
}

/// An e-mail address that somebody may have given, folded.
pub(super) fn read_email(written: Option<&str>) -> Result<Option<String>, Fault> {
    let Some(written) = written.map(str::trim).filter(|written| !written.is_empty()) else { return Ok(None) };
    let sentence = "E-mail address is not an address".to_owned();
    email::fold(written).map(Some).map_err(|_| Fault { field: "email", kind: FaultKind::Invalid, sentence })
}

/// Creates the account: reserves what must be unique, then writes everything at once, with a session if one is wanted.
pub(super) async fn perform(
    cx: &Context,
    who: Claimant<'_>,
    plan: &Plan<'_>,
    opening: Option<Opening>,
) -> Result<Option<Issued>, Failure> {
    // Before anything is reserved: this is the slow part.
    let hash = password::hash(cx, plan.password).await;
    let mut claims = Claims::new(cx, who);
    let outcome = match claim_all(cx, &mut claims, plan).await {
        Ok(()) => write(cx, who, plan, &claims, (hash, opening)).await,
        Err(failure) => Err(failure),
    };
    // After a failure of the store it may have happened all the same; then nothing must be given back.
    if matches!(outcome, Err(Failure::Refused(_) | Failure::Conflict)) {
        claims.release(cx).await;
    }
    outcome
}

async fn claim_all(cx: &Context, claims: &mut Claims<'_>, plan: &Plan<'_>) -> Result<(), Failure> {
    claims.handle(cx, &plan.handle.folded()).await?;
    if let Some(address) = &plan.email {
        claims.email(cx, email::hash(address, &cx.secrets().email_key)).await?;
    }
    if let Some(code) = plan.invitation {
        claims.place(cx, code).await?;
    }
    Ok(())
}

async fn write(
    cx: &Context,
    who: Claimant<'_>,
    plan: &Plan<'_>,
    claims: &Claims<'_>,
    (hash, opening): (String, Option<Opening>),
) -> Result<Option<Issued>, Failure> {
    let (id, now) = (who.account, cx.now());
    let row = first_row(plan, now.0);
    let mut draft = cx.draft(who.authority);
    draft.decide(&ACCOUNT, (&id, &Only), Before::Absent, &row);
    draft.ensure(&SETTINGS, (&id, &Only), &first_settings(plan.locale));
    draft.ensure(&CREDENTIAL, (&id, &Password::key()), &Password::chosen(hash, now).row());
    if let Some(address) = plan.email.clone() {
        let confirmed_at = (!plan.awaits.confirmation).then_some(now.0);
        draft.ensure(&CREDENTIAL, (&id, &Email::key()), &Email { address, confirmed_at }.row());
    }
    claims.ensure(&mut draft);
    if OwnerState::awaiting(plan.awaits) == OwnerState::Present {
        ensure_active(cx, &mut draft, id, &row).await?;
    } else {
        draft.ensure(&SIGN_UP, (&Only, &id), &SignUpRow { reason: plan.reason.trim().to_owned(), at: now.0 });
    }
    draft.tell(Event::account(id));
    let issued = match opening {
        Some(opening) => Some(open::ensure(cx, &mut draft, &opening).await?),
        None => None,
    };
    claims.check_fresh(cx.now())?;
    cx.perform(draft).await?;
    MEMBER.tend(cx, Only, &id).await?;
    Ok(issued)
}

/// A new account says nothing of itself but its handle.
fn first_row(plan: &Plan<'_>, now_ms: u64) -> AccountRow {
    let owner_state = OwnerState::awaiting(plan.awaits).into();
    AccountRow { discoverable: true, ..AccountRow::bare(plan.handle.as_str().to_owned(), now_ms, owner_state) }
}
