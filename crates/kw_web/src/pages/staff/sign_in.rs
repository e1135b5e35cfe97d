//! `/staff/sign-in`: a passkey, and nothing else.

use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::header::SET_COOKIE;
use kw_app::failure::Failure;
use kw_app::staff::{house, session};
use kw_html::part::form::{Complaint, FormErrors};
use kw_html::views::staff::{StaffSignIn, StaffUnfounded};

use crate::desk::sign_in_cookie;
use crate::error::Problem;
use crate::pages::answer::{Answer, form_again, go, not_kept, page};
use crate::pages::back::own_path_or;
use crate::pages::form::VisitForm;
use crate::pages::visit::Visit;
use crate::params::Params;

/// Where staff begin.
const ENTRANCE: &str = "/staff";

/// The page, with a challenge of its own; `back` in the query is where to go afterwards.
pub async fn show(mut visit: Visit, params: Params) -> Answer {
    let back = own_path_or(params.text("back")?, ENTRANCE);
    visit.set_path(back);
    answer(&visit, FormErrors::default(), page).await
}

/// Signs in. Whatever is wrong with the passkey's answer is told in the same words.
pub async fn submit(form: VisitForm) -> Answer {
    let finished =
        session::finish(form.cx(), form.typed("begun")?, form.typed("assertion")?, &form.visitor.agent).await;
    let refusal = match finished {
        Ok(token) => return Ok(let_in(&form, &token)),
        Err(Failure::Refused(refusal)) => refusal,
        Err(failure) => return Err(failure.into()),
    };
    let has_ended = refusal.code == "powers_ended";
    let complaint = if has_ended { Complaint::PowersEnded } else { Complaint::PasskeyFailed };
    answer(&form, FormErrors::one("", complaint), form_again).await
}

fn let_in(form: &VisitForm, token: &str) -> Response {
    let mut response = go(form.back_or(ENTRANCE));
    response.headers_mut().append(SET_COOKIE, sign_in_cookie(form.settings(), token));
    response
}

async fn answer(visit: &Visit, errors: FormErrors, show: fn(&StaffSignIn) -> Response) -> Result<Response, Problem> {
    let party = visit.cx().ledger().read(|log| house::party(log.fold()));
    let Some(party) = party else {
        return Ok(page(&StaffUnfounded { link_over: false, page: visit.page() }));
    };
    let begun = session::begin(visit.cx()).await?;
    let challenge = URL_SAFE_NO_PAD.encode(begun.challenge);
    let view = StaffSignIn { begun: begun.code, challenge, rp: party.id, errors, page: visit.page() };
    Ok(not_kept(show(&view)))
}
