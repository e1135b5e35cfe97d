//! `/staff/roster`: who is on staff, with which keys. Every change is a proposal that is shown before anybody signs it.

use axum::extract::Path;
use kw_app::failure::Failure;
use kw_app::staff::matters::{self, Because, NewPerson, Place, Prepared};
use kw_app::staff::roster::{self, Colleague, Key, Waiting};
use kw_app::staff::{enrol, house};
use kw_domain::refusal::Refusal;
use kw_domain::time::Millis;
use kw_html::part::action::{Act, Again};
use kw_html::part::form::FormErrors;
use kw_html::part::power::{Length, Power as Shown};
use kw_html::views::staff::{Invited, NextPerson, PersonRow, PersonStatus, StaffKey, StaffRoster, WaitingKey};
use kw_staff::entry::Subject;
use kw_staff::person::{KeyId, PersonId};
use kw_staff::power::{Power, Verb};
use kw_staff::statement::{Statement, TargetKind};
use kw_staff::step::change;

use super::people::{Day, roles, ticked_roles};
use super::proposal::{self, Wanted};
use super::visit::{StaffForm, StaffVisit};
use super::words::{mark, power};
use crate::error::Problem;
use crate::pages::answer::{Answer, form_again, page};
use crate::pages::view::ms;
use crate::pages::words::{Fields, staff_errors};

const ROSTER: &str = "/staff/roster";
const FIELDS: Fields = &[
    ("name", "name"),
    ("directory", "directory"),
    ("roles", "roles"),
    ("team", "team"),
    ("starts", "starts"),
    ("ends", "ends"),
    ("explanation", "explanation"),
];
/// The longest number or address in a directory, in characters.
const DIRECTORY_CHARS_MAX: usize = 120;

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

/// Somebody is to be taken on: what would be signed.
pub async fn add(form: StaffForm) -> Answer {
    let next = typed(&form)?;
    if form.params.is_on("again")? {
        return Ok(page(&view(&form, None, next, FormErrors::default()).await?));
    }
    let new = match newcomer(&form, &next) {
        Ok(new) => new,
        Err(refusal) => {
            let errors = staff_errors(&form.page(), refusal.into(), FIELDS)?;
            return Ok(form_again(&view(&form, None, next, errors).await?));
        }
    };
    let (subject, _, _) = roster::next(form.cx(), new.directory_id);
    let prepared = matters::take_on(form.cx(), because(&form, &next.explanation), new).await;
    if let (Ok(_), Some(person)) = (&prepared, change::person_id(&subject)) {
        roster::note_name(form.cx(), person, &next.name).await?;
    }
    let about = About { power: Power::RosterWiden, subject, who: next.name.clone() };
    answer(&form, about, prepared, Some(again(&next))).await
}

/// Somebody is to have another place.
pub async fn change(Path(id): Path<String>, form: StaffForm) -> Answer {
    let person = person_of(&id)?;
    let about = About::person(&form, Power::RosterWiden, person).await?;
    let prepared = match Day::read(&form.params, "ends", &form.page().time_zone) {
        Err(refusal) => Err(refusal.into()),
        Ok(ends) => {
            let ends = ends.map(|day| day.ends);
            let place = Place { roles: ticked_roles(&form.params)?, team: form.typed("team")?, ends };
            matters::change(form.cx(), because(&form, form.typed("explanation")?), person, place).await
        }
    };
    answer(&form, about, prepared, None).await
}

/// Somebody's time is to end now.
pub async fn end(Path(id): Path<String>, form: StaffForm) -> Answer {
    let person = person_of(&id)?;
    let about = About::person(&form, Power::RosterNarrow, person).await?;
    let prepared = matters::end(form.cx(), because(&form, form.typed("explanation")?), person).await;
    answer(&form, about, prepared, None).await
}

/// A passkey that waits is to count.
pub async fn enrol_key(Path((id, key)): Path<(String, String)>, form: StaffForm) -> Answer {
    let (person, key) = (person_of(&id)?, key_of(&key)?);
    let about = About::key(&form, Power::KeyEnrol, person, key).await?;
    let prepared = matters::enrol_key(form.cx(), form.staff(), person, key).await;
    answer(&form, about, prepared, None).await
}

/// A passkey is to count no more.
pub async fn end_key(Path((id, key)): Path<(String, String)>, form: StaffForm) -> Answer {
    let (person, key) = (person_of(&id)?, key_of(&key)?);
    let about = About::key(&form, Power::KeyEnd, person, key).await?;
    let prepared = matters::end_key(form.cx(), because(&form, form.typed("explanation")?), person, key).await;
    answer(&form, about, prepared, None).await
}

/// Notes the name of somebody whom a form has proposed to take on. The ledger has no names, so that it came beside the words
/// that were signed. Whoever is on the roster already keeps theirs. (It was noted for the preview too; whoever was shown one
/// with the same number since has noted another.)
pub async fn note_newcomer(form: &StaffForm, step: Verb) -> Result<(), Problem> {
    let name = form.typed("name")?;
    let Ok(statement) = Statement::parse(form.typed("statement")?.as_bytes()) else { return Ok(()) };
    let joins = step == Verb::Propose && statement.power == Power::RosterWiden && !name.is_empty();
    let subject = statement.targets.first().map(Subject::of).filter(|_| joins);
    let person = subject.and_then(|subject| change::person_id(&subject));
    let is_new = |person: &PersonId| form.cx().ledger().read(|log| log.fold().member(*person).is_none());
    if let Some(person) = person.filter(is_new) {
        roster::note_name(form.cx(), person, name).await?;
    }
    Ok(())
}

fn because<'a>(form: &'a StaffForm, why: &'a str) -> Because<'a> {
    Because { by: form.staff(), why }
}

fn person_of(id: &str) -> Result<PersonId, Problem> {
    PersonId::parse(id).ok_or_else(Problem::missing)
}

fn key_of(id: &str) -> Result<KeyId, Problem> {
    KeyId::parse(id).ok_or_else(Problem::missing)
}

/// What a proposal is about, for a page that says why it cannot be made.
struct About {
    power: Power,
    subject: Subject,
    who: String,
}

impl About {
    async fn person(form: &StaffForm, power: Power, person: PersonId) -> Result<Self, Problem> {
        let who = roster::load(form.cx(), person).await?.name;
        Ok(Self { power, subject: Subject::person(person), who })
    }

    async fn key(form: &StaffForm, power: Power, person: PersonId, key: KeyId) -> Result<Self, Problem> {
        let subject = Subject { kind: TargetKind::Key, id: key.to_string() };
        Ok(Self { subject, ..Self::person(form, power, person).await? })
    }
}

/// The preview, or why there is none.
async fn answer(form: &StaffForm, about: About, prepared: Result<Prepared, Failure>, again: Option<Again>) -> Answer {
    let refusal = match prepared {
        Ok((proposal, draft)) => return proposal::preview(form, (&proposal, &draft), None, again).await,
        Err(Failure::Refused(refusal)) => refusal,
        Err(failure) => return Err(failure.into()),
    };
    let shown: Shown = power(about.power);
    let act = Act { id: String::new(), power: shown, who: about.who, length: Length::Once };
    let wanted = Wanted { act, power: about.power, subject: &about.subject, again };
    proposal::refused(form, wanted, &refusal).await
}

fn typed(form: &StaffForm) -> Result<NextPerson, Problem> {
    Ok(NextPerson {
        name: form.typed("name")?.trim().to_owned(),
        directory: form.typed("directory")?.trim().to_owned(),
        roles: roles(&ticked_roles(&form.params)?),
        team: form.typed("team")?.to_owned(),
        starts: form.typed("starts")?.to_owned(),
        ends: form.typed("ends")?.to_owned(),
        explanation: form.typed("explanation")?.trim().to_owned(),
    })
}

/// The way back to what was typed. The name also goes along with the signature, as the ledger has none.
fn again(next: &NextPerson) -> Again {
    let texts = [
        ("name", &next.name),
        ("directory", &next.directory),
        ("team", &next.team),
        ("starts", &next.starts),
        ("ends", &next.ends),
        ("explanation", &next.explanation),
    ];
    let texts = texts.map(|(name, value)| (name.to_owned(), value.clone()));
    let ticked = next.roles.iter().map(|role| ("roles".to_owned(), role.word().to_owned()));
    Again { action: format!("{ROSTER}/add"), fields: texts.into_iter().chain(ticked).collect() }
}

fn newcomer<'a>(form: &StaffForm, next: &'a NextPerson) -> Result<NewPerson<'a>, Refusal> {
    roster::check_name(&next.name)?;
    if next.directory.is_empty() || next.directory.chars().count() > DIRECTORY_CHARS_MAX {
        let sentence = "Please write by which number or address your directory knows this person.";
        return Err(Refusal::invalid("directory", "no_directory", sentence));
    }
    let roles = ticked_roles(&form.params).unwrap_or_default();
    if roles.is_empty() {
        return Err(Refusal::invalid("roles", "no_roles", "Please choose at least one role."));
    }
    matters::team(&next.team)?;
    let day = |name| Day::read(&form.params, name, &form.page().time_zone);
    let no_day = || Refusal::invalid("starts", "day", "Please choose a day.");
    let (starts, ends) = (day("starts")?.ok_or_else(no_day)?, day("ends")?);
    if ends.is_some_and(|ends| ends.ends <= form.cx().now() || ends.ends <= starts.begins) {
        let sentence = "The last day must be in the future; leave it open if there is none.";
        return Err(Refusal::invalid("ends", "last_day_past", sentence));
    }
    if next.explanation.is_empty() {
        return Err(Refusal::invalid("explanation", "blank", "Please write why."));
    }
    let place = Place { roles, team: &next.team, ends: ends.map(|day| day.ends) };
    Ok(NewPerson { directory_id: &next.directory, starts: starts.begins, place })
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
    ROSTER.clone_into(&mut page.path);
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
        mark: mark(&key.held.key.id.to_string()),
        is_bound: !key.held.key.backup_eligible,
        since_ms: ms(key.since),
        ended_ms: key.ended.map(ms),
    }
}

fn waiting_key(waiting: &Waiting) -> WaitingKey {
    WaitingKey {
        id: waiting.key.to_string(),
        name: waiting.name.clone(),
        mark: mark(&waiting.key.to_string()),
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
