//! `/staff/found`: who the first people are, and the fingerprint once they have founded. Whoever has the link may; it is
//! printed at the command line, and never shown by a page.

use axum::extract::Path;
use axum::response::Response;
use http::StatusCode;
use kw_app::failure::Failure;
use kw_app::staff::found::{self, Founded, Founder, NewFounder, Plan};
use kw_domain::refusal::{Kind, Refusal};
use kw_html::part::form::FormErrors;
use kw_html::views::staff::{Founder as Row, NextFounder, StaffFound, StaffFounded, StaffUnfounded};

use super::people::{Day, roles, ticked_roles};
use crate::error::Problem;
use crate::pages::answer::{Answer, form_again, go, not_kept, page, page_as};
use crate::pages::form::VisitForm;
use crate::pages::view::ledger::hex;
use crate::pages::view::ms;
use crate::pages::visit::Visit;
use crate::pages::words::{self, Fields};
use crate::params::Params;

const FIELDS: Fields = &[("name", "name"), ("roles", "roles"), ("team", "team"), ("ends", "ends")];

/// The plan, for whoever has the link; the fingerprint, once it is done.
pub async fn show(visit: Visit, params: Params) -> Answer {
    if let Some(founded) = found::find_founded(visit.cx()).await? {
        return Ok(page(&view_founded(&visit, founded)));
    }
    let Some(code) = params.word("code")? else {
        return Ok(page(&StaffUnfounded { link_over: false, page: visit.page() }));
    };
    Ok(match load(&visit, code).await? {
        Some(plan) => not_kept(page(&view(&visit, code, plan, NextFounder::default(), FormErrors::default()))),
        None => link_over(&visit),
    })
}

/// Adds somebody to the plan, and makes their link.
pub async fn add(form: VisitForm) -> Answer {
    let code = form.typed("code")?;
    let (ticked, name, team) = (ticked_roles(&form.params)?, form.typed("name")?, form.typed("team")?);
    let next = NextFounder {
        name: name.to_owned(),
        roles: roles(&ticked),
        team: team.to_owned(),
        ends: form.typed("ends")?.to_owned(),
    };
    let added = match Day::read(&form.params, "ends", &form.page().time_zone) {
        Err(refusal) => Err(refusal.into()),
        Ok(ends) => {
            let new = NewFounder { name, roles: ticked, team, ends: ends.map(|day| day.ends) };
            found::add(form.cx(), code, &new).await
        }
    };
    answer(&form, code, next, added).await
}

/// Takes somebody out of it.
pub async fn remove(Path(id): Path<String>, form: VisitForm) -> Answer {
    let code = form.typed("code")?;
    let removed = found::remove(form.cx(), code, &id).await;
    answer(&form, code, NextFounder::default(), removed).await
}

/// Founds, when everybody has a passkey.
pub async fn finish(form: VisitForm) -> Answer {
    let code = form.typed("code")?;
    match found::finish(form.cx(), code).await {
        Ok(()) => Ok(go("/staff/found")),
        failed => answer(&form, code, NextFounder::default(), failed).await,
    }
}

/// Back to the plan, which says what was wrong.
async fn answer(form: &VisitForm, code: &str, next: NextFounder, done: Result<(), Failure>) -> Answer {
    let failure = match done {
        Ok(()) => return Ok(go(&path_of(code))),
        // Somebody else was quicker.
        Err(Failure::Refused(refusal)) if refusal.code == "founded" => return Ok(go("/staff/found")),
        Err(failure) => failure,
    };
    let Some(plan) = load(form, code).await? else { return Ok(link_over(form)) };
    if matches!(&failure, Failure::Refused(refusal) if refusal.kind == Kind::Missing) {
        // Whom they took out somebody else has taken out already.
        return Ok(go(&path_of(code)));
    }
    let errors = words::staff_errors(&form.page(), failure, FIELDS)?;
    Ok(not_kept(form_again(&view(form, code, plan, next, errors))))
}

fn path_of(code: &str) -> String {
    format!("/staff/found?code={code}")
}

/// The plan behind a code, where it is one.
async fn load(visit: &Visit, code: &str) -> Result<Option<Plan>, Problem> {
    match found::load(visit.cx(), code).await {
        Ok(plan) => Ok(Some(plan)),
        Err(Failure::Refused(Refusal { kind: Kind::Missing, .. })) => Ok(None),
        Err(failure) => Err(failure.into()),
    }
}

fn link_over(visit: &Visit) -> Response {
    page_as(StatusCode::NOT_FOUND, &StaffUnfounded { link_over: true, page: visit.page() })
}

fn view(visit: &Visit, code: &str, plan: Plan, next: NextFounder, errors: FormErrors) -> StaffFound {
    let mut teams: Vec<_> = plan.people.iter().map(|person| person.team.clone()).collect();
    teams.sort();
    teams.dedup();
    let people = plan.people.into_iter().map(|founder| row(visit, founder)).collect();
    let mut page = visit.page();
    page.path = path_of(code);
    StaffFound { code: code.to_owned(), people, teams, next, errors, page }
}

fn row(visit: &Visit, founder: Founder) -> Row {
    let link = visit.settings().url(&format!("/staff/enrol/{}", founder.code));
    Row {
        id: founder.id,
        name: founder.name,
        roles: roles(&founder.roles),
        team: founder.team,
        ends_ms: founder.ends.map(ms),
        link: (!founder.has_passkey).then_some(link),
    }
}

fn view_founded(visit: &Visit, founded: Founded) -> StaffFounded {
    StaffFounded {
        fingerprint: founded.fingerprint,
        hash: hex(&founded.hash),
        vkey: visit.cx().ledger().vkey(),
        at_ms: ms(founded.at),
        people: founded.people as u64,
        page: visit.page(),
    }
}
