//! `/staff/enrol/{link}`: a passkey is made by whoever has the link. It has no power yet.

use axum::extract::Path;
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use kw_app::failure::Failure;
use kw_app::staff::enrol::{self, Made, WaitsFor, Whose};
use kw_domain::refusal::{Kind, Refusal};
use kw_html::part::desk::Member;
use kw_html::part::form::{Complaint, FormErrors};
use kw_html::views::staff::{EnrolStep, StaffEnrol};

use super::people::roles;
use super::words::mark;
use crate::pages::answer::{Answer, form_again, not_kept, page, page_as};
use crate::pages::form::VisitForm;
use crate::pages::visit::Visit;
use crate::pages::words;

/// The page, with a challenge of its own.
pub async fn show(Path(link): Path<String>, visit: Visit) -> Answer {
    begin(&visit, &link, "", FormErrors::default(), page).await
}

/// Takes what the browser made.
pub async fn submit(Path(link): Path<String>, form: VisitForm) -> Answer {
    let begun = form.typed("begun")?;
    let made = Made { name: form.typed("name")?, answer: form.typed("attestation")? };
    let step = match enrol::finish(form.cx(), &link, begun, made).await {
        Ok(WaitsFor::Founding) => EnrolStep::Founder,
        Ok(WaitsFor::Colleagues(key)) => EnrolStep::Waits { mark: mark(&key.to_string()) },
        Err(failure) => {
            // Either the link is over, which `begin` says, or the time to answer is.
            let errors = if is_over(&failure) {
                FormErrors::one("", Complaint::PasskeyFailed)
            } else {
                words::staff_errors(&form.page(), failure, &[("name", "name")])?
            };
            return begin(&form, &link, made.name, errors, form_again).await;
        }
    };
    Ok(not_kept(page(&StaffEnrol { step, ..over(&form) })))
}

/// Begins to make a passkey, or says that the link is over.
async fn begin(visit: &Visit, link: &str, name: &str, errors: FormErrors, show: fn(&StaffEnrol) -> Response) -> Answer {
    let ceremony = match enrol::begin(visit.cx(), link).await {
        Ok(ceremony) => ceremony,
        Err(failure) if is_over(&failure) => return Ok(page_as(StatusCode::NOT_FOUND, &over(visit))),
        Err(failure) => return Err(failure.into()),
    };
    let step = EnrolStep::Ready {
        begun: ceremony.code,
        challenge: URL_SAFE_NO_PAD.encode(ceremony.challenge),
        rp: ceremony.rp_id,
        user: URL_SAFE_NO_PAD.encode(ceremony.user),
        name: name.to_owned(),
    };
    let mut view = StaffEnrol { person: Some(member(ceremony.whose)), step, errors, page: visit.page() };
    view.page.path = format!("/staff/enrol/{link}");
    Ok(not_kept(show(&view)))
}

fn over(visit: &Visit) -> StaffEnrol {
    StaffEnrol { person: None, step: EnrolStep::Over, errors: FormErrors::default(), page: visit.page() }
}

fn is_over(failure: &Failure) -> bool {
    matches!(failure, Failure::Refused(Refusal { kind: Kind::Missing, .. }))
}

fn member(whose: Whose) -> Member {
    Member { name: whose.name, roles: roles(&whose.roles), team: whose.team }
}
