//! The roster as colleagues see it: people with their names, roles, dates and keys.

use kw_domain::refusal::Refusal;
use kw_domain::time::Millis;
use kw_staff::entry::Subject;
use kw_staff::fold::{HeldKey, Member};
use kw_staff::person::PersonId;
use kw_staff::policy::question::Mode;
use kw_staff::statement::TargetKind;

use crate::context::Context;
use crate::failure::Failure;
use crate::families::staff::{STAFF_NAME, STAFF_PASSKEY};
use crate::key::Only;
use crate::operation::Before;
use crate::staff::house::moment;
use crate::staff::rows::{StaffNameRow, StaffPasskeyRow};
use crate::staff::session::desk;

/// A person of the roster.
#[derive(Debug, Clone)]
pub struct Colleague {
    /// Who, as the ledger has them.
    pub member: Member,
    /// Their name; their pseudonym where it was forgotten.
    pub name: String,
    /// Their keys, ended ones too.
    pub keys: Vec<HeldKey>,
    /// Passkeys that they made and that wait to be enrolled.
    pub waiting: Vec<StaffPasskeyRow>,
}

/// Everybody, in order of arrival.
pub async fn list(cx: &Context) -> Result<Vec<Colleague>, Failure> {
    let people: Vec<PersonId> = cx.ledger().read(|log| log.fold().people().map(|member| member.person.id).collect());
    let mut colleagues = Vec::with_capacity(people.len());
    for person in people {
        colleagues.push(load(cx, person).await?);
    }
    Ok(colleagues)
}

/// One person.
pub async fn load(cx: &Context, person: PersonId) -> Result<Colleague, Failure> {
    let found = cx.ledger().read(|log| {
        let member = log.fold().member(person).cloned()?;
        Some((member, log.fold().keys().filter(|held| held.key.person == person).cloned().collect()))
    });
    let (member, keys) = found.ok_or_else(Refusal::missing)?;
    let waiting = cx.list_all(&STAFF_PASSKEY, &u64::from(person.0), 100).await?;
    let name = name_of(cx, person).await?;
    Ok(Colleague { member, name, keys, waiting: waiting.into_iter().map(|row| row.value).collect() })
}

/// What a person is called among colleagues.
pub async fn name_of(cx: &Context, person: PersonId) -> Result<String, Failure> {
    let row = cx.find(&STAFF_NAME, &Only, &u64::from(person.0)).await?;
    let pseudonym = || cx.ledger().read(|log| log.fold().member(person).map(|member| member.person.pseudonym.clone()));
    Ok(row.map(|row| row.value.name).or_else(pseudonym).unwrap_or_else(|| person.to_string()))
}

/// Notes what somebody is called who is being taken on. Names are no part of the ledger.
pub async fn note_name(cx: &Context, person: PersonId, name: &str) -> Result<(), Failure> {
    let stored = cx.find(&STAFF_NAME, &Only, &u64::from(person.0)).await?;
    let mut draft = cx.draft(&desk());
    let row = StaffNameRow { name: name.trim().to_owned() };
    draft.decide(&STAFF_NAME, (&Only, &u64::from(person.0)), Before::of(stored.as_ref()), &row);
    cx.perform(draft).await
}

/// How the deployment is run now; none before the founding.
pub fn mode(cx: &Context) -> Option<Mode> {
    let now = moment(cx.now());
    cx.ledger().read(|log| log.fold().house().map(|_| log.fold().mode(now)))
}

/// Somebody new, in the words of the ledger: the next number, with a pseudonym and a tag of their own.
pub fn next(cx: &Context, directory_id: &str) -> (Subject, [u8; 32], String) {
    let person = cx.ledger().read(|log| log.fold().next_person());
    let subject = Subject { kind: TargetKind::Person, id: person.to_string() };
    (subject, super::found::tag(cx, directory_id), super::found::pseudonym(person))
}

/// Whether a person's powers are there at `now`.
pub fn is_live(member: &Member, now: Millis) -> bool {
    member.person.is_employed_at(moment(now))
}
