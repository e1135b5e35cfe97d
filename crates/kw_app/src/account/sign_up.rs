//! Somebody signs up.

use kw_domain::account::Awaits;
use kw_domain::handle::Handle;
use kw_domain::id::{AccountId, AppId};
use kw_domain::refusal::{Kind, Refusal};
use kw_domain::scope::Scopes;
use kw_domain::sign_up::{Agreement, Form, ReasonAsked, check, invitation_refused};

use crate::account::confirm;
use crate::account::create::{self, Plan, read_email};
use crate::account::reserve::Claimant;
use crate::authority::{Authority, Job};
use crate::context::Context;
use crate::credential::password;
use crate::failure::Failure;
use crate::session::open::Opening;
use crate::session::{Agent, AppActor, Issued};
use crate::settings::Registrations;

/// What somebody filled in.
#[derive(Debug, Clone)]
pub struct SignUp<'a> {
    /// The handle they want.
    pub handle: &'a str,
    /// Their e-mail address, if they gave one. Required nowhere.
    pub email: Option<&'a str>,
    /// The password they chose.
    pub password: &'a str,
    /// Why they want to join; asked for where sign-ups are approved.
    pub reason: &'a str,
    /// The code of an invitation, if they have one.
    pub invitation: Option<&'a str>,
    /// Language of their pages: `en` or `fr`; empty for the browser's.
    pub locale: &'a str,
    /// Whether they agreed to the rules.
    pub agreement: Agreement,
    /// What is at the other end.
    pub agent: Agent,
    /// The client through which they sign up; none on our own pages.
    pub app: Option<&'a AppActor>,
}

/// Somebody who has signed up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedUp {
    /// Their account.
    pub account: AccountId,
    /// Its handle.
    pub handle: String,
    /// What it waits for before it can be used.
    pub awaits: Awaits,
    /// A session for it, which works once nothing is waited for any more.
    pub issued: Issued,
}

/// Signs somebody up. Everything that is wrong with the form is refused at once, with `faults`.
///
/// Handle, e-mail address and a place of the invitation are reserved first, each by itself; then one operation creates the
/// account with all its rows.
pub async fn sign_up(cx: &Context, form: &SignUp<'_>) -> Result<SignedUp, Failure> {
    let entry = entry_of(cx.settings().registrations, form)?;
    let plan = plan_of(cx, form, entry)?;
    let authority = Authority::system(Job::SignUp);
    let account = AccountId(cx.mint_id().await?);
    let opening = opening_of(account, form);
    let issued = create::perform(cx, Claimant { account, authority: &authority }, &plan, Some(opening)).await?;
    let issued = issued.ok_or_else(Refusal::forbidden)?;
    if let (true, Some(address)) = (plan.awaits.confirmation, &plan.email) {
        // The account is there; a letter that could not be sent can be asked for again.
        if let Err(failure) = confirm::send(cx, account, address, plan.locale).await {
            tracing::warn!(%failure, "the letter of confirmation was not sent");
        }
    }
    Ok(SignedUp { account, handle: plan.handle.as_str().to_owned(), awaits: plan.awaits, issued })
}

/// By which door somebody comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry<'a> {
    Open,
    Approval,
    Invited(&'a str),
}

/// An invitation opens every door but a closed one, and spares the approval.
fn entry_of<'a>(registrations: Registrations, form: &SignUp<'a>) -> Result<Entry<'a>, Refusal> {
    let invitation = form.invitation.map(str::trim).filter(|code| !code.is_empty());
    match (registrations, invitation) {
        (Registrations::Closed, _) => {
            Err(Refusal::new(Kind::Forbidden, "registrations_closed", "This server does not take new members."))
        }
        (_, Some(code)) => Ok(Entry::Invited(code)),
        (Registrations::Invitation, None) => Err(Refusal::faults(vec![invitation_refused()])),
        (Registrations::Open, None) => Ok(Entry::Open),
        (Registrations::Approval, None) => Ok(Entry::Approval),
    }
}

fn plan_of<'a>(cx: &Context, form: &SignUp<'a>, entry: Entry<'a>) -> Result<Plan<'a>, Refusal> {
    let reason_asked = if entry == Entry::Approval { ReasonAsked::Yes } else { ReasonAsked::No };
    let wanted = Form { handle: form.handle, reason: form.reason, agreement: form.agreement, reason_asked };
    let (handle, mut faults): (Option<Handle>, _) = match check(&wanted) {
        Ok(handle) => (Some(handle), Vec::new()),
        Err(faults) => (None, faults),
    };
    let email = read_email(form.email).map_err(|fault| faults.push(fault)).ok().flatten();
    faults.extend(password::fault(form.password, form.handle));
    let (Some(handle), true) = (handle, faults.is_empty()) else {
        return Err(Refusal::faults(faults));
    };
    let confirmation = email.is_some() && cx.outside().mailer.is_some();
    Ok(Plan {
        handle,
        email,
        password: form.password,
        reason: form.reason,
        invitation: if let Entry::Invited(code) = entry { Some(code) } else { None },
        locale: form.locale,
        awaits: Awaits { approval: entry == Entry::Approval, confirmation },
    })
}

fn opening_of(account: AccountId, form: &SignUp<'_>) -> Opening {
    let browser = Opening::of_browser(account, &form.agent);
    let client = |app: &AppActor| -> (AppId, Scopes) { (app.app, app.scopes.clone()) };
    match form.app.map(client) {
        Some((app, scopes)) => Opening { app: Some(app), scopes, ..browser },
        None => browser,
    }
}
