//! `/sign-up`: joining the site, in whichever of the four ways it is open.

use axum::response::Response;
use kw_app::account::{SignUp as Filled, sign_up};
use kw_domain::sign_up::Agreement;
use kw_html::part::form::FormErrors;
use kw_html::views::{EmailNeed, SignUp, SignUpPending, Waits};

use super::answer::{Answer, form_again, go, page};
use super::form::VisitForm;
use super::session::sign_in;
use super::visit::Visit;
use super::words::{self, Fields};
use crate::error::Problem;
use crate::params::Params;

/// How the inputs are called here and in the client API.
const FIELDS: Fields = &[
    ("username", "handle"),
    ("email", "email"),
    ("password", "password"),
    ("reason", "reason"),
    ("agreement", "rules"),
    ("invitation", "invitation"),
    ("invite_code", "invitation"),
];

/// The form; `invitation` in the query fills the code in.
pub async fn show(visit: Visit, params: Params) -> Answer {
    if visit.is_signed_in() {
        return Ok(go("/home"));
    }
    let invitation = params.word("invitation")?.unwrap_or_default().to_owned();
    let blank = blank(&visit);
    Ok(page(&SignUp { invitation, ..blank }))
}

/// Signs up: then they are in, or wait.
pub async fn submit(form: VisitForm) -> Answer {
    let email = form.params.word("email")?;
    let has_rules = !form.settings().rules.is_empty();
    let is_agreed = !has_rules || form.params.is_on("rules")?;
    let filled = Filled {
        handle: form.typed("handle")?,
        email,
        password: form.typed("password")?,
        reason: form.typed("reason")?,
        invitation: form.params.word("invitation")?,
        locale: form.locale().tag(),
        agreement: if is_agreed { Agreement::Given } else { Agreement::Missing },
        agent: form.visitor.agent.clone(),
        app: None,
    };
    match sign_up(form.cx(), &filled).await {
        Ok(done) if done.awaits == kw_domain::account::Awaits::default() => {
            let mut response = go("/home");
            sign_in(&mut response, form.settings(), &done.issued.token);
            Ok(response)
        }
        Ok(done) => {
            let waits = if done.awaits.confirmation { Waits::Letter } else { Waits::Approval };
            Ok(page(&SignUpPending { handle: done.handle, waits, page: form.page() }))
        }
        Err(failure) => again(&form, words::form_errors(failure, FIELDS, 0)?),
    }
}

fn blank(visit: &Visit) -> SignUp {
    let rules = visit.settings().rules.clone();
    SignUp { rules, ..SignUp::blank(visit.page(), EmailNeed::Optional) }
}

fn again(form: &VisitForm, errors: FormErrors) -> Result<Response, Problem> {
    let view = SignUp {
        handle: form.typed("handle")?.to_owned(),
        email: form.typed("email")?.to_owned(),
        reason: form.typed("reason")?.to_owned(),
        invitation: form.typed("invitation")?.to_owned(),
        errors,
        ..blank(form)
    };
    Ok(form_again(&view))
}
