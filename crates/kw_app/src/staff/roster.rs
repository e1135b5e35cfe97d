//! The roster as colleagues see it: people with their names, roles, dates and keys.

use kw_domain::refusal::Refusal;
use kw_domain::time::Millis;
use kw_staff::entry::Subject;
use kw_staff::fold::{HeldKey, Member};
use kw_staff::person::{KeyId, PersonId};
use kw_staff::policy::question::Mode;
use kw_staff::statement::TargetKind;
use kw_staff::step::change;

use crate::context::Context;
use crate::failure::Failure;
use crate::families::staff::{STAFF_KEY_NAME, STAFF_NAME, STAFF_PASSKEY};
use crate::key::Only;
use crate::ledger::read::load as load_entries;
use crate::operation::Before;
use crate::staff::house::moment;
use crate::staff::rows::{StaffNameRow, StaffPasskeyRow};
use crate::staff::session::desk;

/// A name, in characters.
const NAME_CHARS_MAX: usize = 80;
/// Passkeys of a person that wait at most.
const WAITING_MAX: usize = 100;

/// A person of the roster.
#[derive(Debug, Clone)]
pub struct Colleague {
    /// Who, as the ledger has them.
    pub member: Member,
    /// Their name; their pseudonym where it was forgotten.
    pub name: String,
    /// Their keys, ended ones too, in the order in which they were enrolled.
    pub keys: Vec<Key>,
    /// Passkeys that they made and that wait to be enrolled.
    pub waiting: Vec<Waiting>,
}

/// A key of a person.
#[derive(Debug, Clone)]
pub struct Key {
    /// The key, as the ledger has it.
    pub held: HeldKey,
    /// What its person calls it; empty where that was forgotten.
    pub name: String,
    /// Since when it counts.
    pub since: Millis,
    /// Since when it no longer counts.
    pub ended: Option<Millis>,
}

/// A passkey that waits to be enrolled.
#[derive(Debug, Clone)]
pub struct Waiting {
    /// Which one.
    pub key: KeyId,
    /// The passkey.
    pub made: StaffPasskeyRow,
    /// What its person calls it.
    pub name: String,
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
        let held: Vec<HeldKey> = log.fold().keys().filter(|held| held.key.person == person).cloned().collect();
        Some((member, held))
    });
    let (member, mut held) = found.ok_or_else(Refusal::missing)?;
    held.sort_by_key(|held| held.enrolled);
    let waiting = list_waiting(cx, person, &held).await?;
    let mut keys = Vec::with_capacity(held.len());
    for held in held {
        let name = key_name(cx, held.key.id).await?;
        let since = time_of(cx, held.enrolled).await?;
        let ended = match held.ended {
            Some(index) => Some(time_of(cx, index).await?),
            None => None,
        };
        keys.push(Key { held, name, since, ended });
    }
    Ok(Colleague { name: name_of(cx, person).await?, member, keys, waiting })
}

/// What somebody made and nobody has enrolled. What was enrolled stays for a while beside its key.
async fn list_waiting(cx: &Context, person: PersonId, held: &[HeldKey]) -> Result<Vec<Waiting>, Failure> {
    let mut waiting = Vec::new();
    for row in cx.list_all(&STAFF_PASSKEY, &u64::from(person.0), WAITING_MAX).await? {
        let key = KeyId::of_credential(&row.value.credential);
        if !held.iter().any(|held| held.key.id == key) {
            waiting.push(Waiting { key, name: key_name(cx, key).await?, made: row.value });
        }
    }
    Ok(waiting)
}

/// What its person calls a key; empty where that was forgotten.
pub async fn key_name(cx: &Context, key: KeyId) -> Result<String, Failure> {
    let row = cx.find(&STAFF_KEY_NAME, &Only, &key.0).await?;
    Ok(row.map(|row| row.value.name).unwrap_or_default())
}

/// When an entry was appended.
async fn time_of(cx: &Context, index: u64) -> Result<Millis, Failure> {
    let placed = load_entries(cx, &[index]).await?.pop();
    Ok(placed.map_or(Millis(0), |placed| Millis(placed.entry.time.0)))
}

/// What a person is called among colleagues.
pub async fn name_of(cx: &Context, person: PersonId) -> Result<String, Failure> {
    let row = cx.find(&STAFF_NAME, &Only, &u64::from(person.0)).await?;
    let pseudonym = || cx.ledger().read(|log| log.fold().member(person).map(|member| member.person.pseudonym.clone()));
    Ok(row.map(|row| row.value.name).or_else(pseudonym).unwrap_or_else(|| person.to_string()))
}

/// Refuses what is no name for a person.
pub fn check_name(name: &str) -> Result<(), Refusal> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > NAME_CHARS_MAX || name.chars().any(char::is_control) {
        let sentence = format!("Please write a name of 1 to {NAME_CHARS_MAX} characters.");
        return Err(Refusal::invalid("name", "person_name", sentence));
    }
    Ok(())
}

/// Notes what somebody is called who is being taken on. Names are no part of the ledger.
pub async fn note_name(cx: &Context, person: PersonId, name: &str) -> Result<(), Failure> {
    check_name(name)?;
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

/// Somebody new, in the words of the ledger: the next number that no open action is about, with a pseudonym and a tag of
/// their own.
pub fn next(cx: &Context, directory_id: &str) -> (Subject, [u8; 32], String) {
    let person = cx.ledger().read(|log| {
        let taken = log.fold().cases().filter_map(|(_, case)| change::person_id(&case.subject));
        let after = taken.map(|person| person.0 + 1).max().unwrap_or_default();
        PersonId(log.fold().next_person().0.max(after))
    });
    let subject = Subject { kind: TargetKind::Person, id: person.to_string() };
    (subject, super::found::tag(cx, directory_id), super::found::pseudonym(person))
}

/// Whether a person's powers are there at `now`.
pub fn is_live(member: &Member, now: Millis) -> bool {
    member.person.is_employed_at(moment(now))
}
