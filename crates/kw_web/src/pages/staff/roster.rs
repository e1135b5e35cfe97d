//! `/staff/roster`: who is on staff, with which keys. Every change is a proposal that is shown before anybody signs it.

use axum::extract::Path;
use kw_app::staff::roster::{self, Colleague, Key, Waiting};
use kw_app::staff::{enrol, house};
use kw_domain::time::Millis;
use kw_html::part::form::FormErrors;
use kw_html::views::staff::{Invited, NextPerson, PersonRow, PersonStatus, StaffKey, StaffRoster, WaitingKey};
use kw_staff::person::PersonId;

use super::people::roles;
use super::visit::{StaffForm, StaffVisit};
use crate::error::Problem;
use crate::pages::answer::{Answer, page};
use crate::pages::view::ms;

/// Everybody.
pub async fn show(visit: StaffVisit) -> Answer {
    Ok(page(&view(&visit, None, NextPerson::default(), FormErrors::default()).await?))
}

/// Makes a link with which somebody makes a passkey, and shows it once.
pub async fn invite(Path(id): Path<String>, form: StaffForm) -> Answer {
    let person = person_of(&id)?;
    let link = enrol::invite(form.cx(), form.staff(), person).await?;
    let name = roster::name_of(form.cx(), person).await?;
    let invited = Invited { name, link: form.settings().url(&format!("/staff/enrol/{link}")) };
    let view = view(&form, Some(invited), NextPerson::default(), FormErrors::default()).await?;
    Ok(page(&view))
}

fn person_of(id: &str) -> Result<PersonId, Problem> {
    PersonId::parse(id).ok_or_else(Problem::missing)
}

async fn view(
    visit: &StaffVisit,
    invited: Option<Invited>,
    next: NextPerson,
    errors: FormErrors,
) -> Result<StaffRoster, Problem> {
    let now = visit.cx().now();
    let colleagues = roster::list(visit.cx()).await?;
    let mut teams: Vec<_> = colleagues.iter().map(|known| known.member.person.team.name().to_owned()).collect();
    teams.sort();
    teams.dedup();
    let mut people: Vec<_> = colleagues.iter().map(|known| row(known, visit.staff().person, now)).collect();
    people.sort_by_key(|person| person.status == PersonStatus::Ended);
    let mut page = visit.page();
    page.path = "/staff/roster".to_owned();
    Ok(StaffRoster { people, teams, invited, next, errors, desk: visit.desk().await?, page })
}

fn row(known: &Colleague, reader: PersonId, now: Millis) -> PersonRow {
    let person = &known.member.person;
    PersonRow {
        id: person.id.to_string(),
        name: known.name.clone(),
        pseudonym: person.pseudonym.clone(),
        is_me: person.id == reader,
        roles: roles(&person.roles),
        team: person.team.name().to_owned(),
        from_ms: ms(Millis(person.starts.0)),
        until_ms: person.ends.map(|ends| ms(Millis(ends.0))),
        keys: known.keys.iter().map(held_key).collect(),
        waiting: known.waiting.iter().map(waiting_key).collect(),
        status: status(known, now),
    }
}

fn held_key(key: &Key) -> StaffKey {
    StaffKey {
        id: key.held.key.id.to_string(),
        name: key.name.clone(),
        is_bound: !key.held.key.backup_eligible,
        since_ms: ms(key.since),
        ended_ms: key.ended.map(ms),
    }
}

fn waiting_key(waiting: &Waiting) -> WaitingKey {
    WaitingKey {
        id: waiting.key.to_string(),
        name: waiting.name.clone(),
        is_bound: !waiting.made.backup_eligible,
        made_ms: ms(Millis(waiting.made.made)),
    }
}

fn status(known: &Colleague, now: Millis) -> PersonStatus {
    let (member, now) = (&known.member, house::moment(now));
    let has_key = known.keys.iter().any(|key| key.held.is_live());
    if member.person.ends.is_some_and(|ends| ends <= now) {
        PersonStatus::Ended
    } else if now < member.person.starts {
        PersonStatus::NotYet
    } else if !has_key {
        PersonStatus::NoKey
    } else if member.person.has_leaving_limits_at(now) {
        PersonStatus::Leaving
    } else if member.is_on_first_day_at(now) {
        PersonStatus::FirstDay
    } else {
        PersonStatus::Active
    }
}
