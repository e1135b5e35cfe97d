//! Proposals about the house: who is on staff, with which keys, under which policy. What each asks of the ledger's words is
//! written here once; whether it may be is the rules' to say.

use std::collections::{BTreeMap, BTreeSet};

use kw_domain::refusal::Refusal;
use kw_domain::time::Millis;
use kw_staff::entry::{Reason, Subject};
use kw_staff::hex;
use kw_staff::person::{KeyId, Person, PersonId, Role, Team};
use kw_staff::power::Power;
use kw_staff::statement::TargetKind;
use kw_staff::step::change;
use sha2::{Digest, Sha256};

use crate::context::Context;
use crate::failure::Failure;
use crate::staff::draft::{self, Draft, Proposal};
use crate::staff::found;
use crate::staff::house::moment;
use crate::staff::roster;
use crate::staff::session::StaffMember;

/// Who proposes something, and why: their colleagues read it before they sign.
#[derive(Debug, Clone, Copy)]
pub struct Because<'a> {
    /// Who.
    pub by: &'a StaffMember,
    /// Why.
    pub why: &'a str,
}

/// What somebody is there for, with whom, until when.
#[derive(Debug, Clone)]
pub struct Place<'a> {
    /// The roles.
    pub roles: BTreeSet<Role>,
    /// The team.
    pub team: &'a str,
    /// When their employment ends; none while no end is known.
    pub ends: Option<Millis>,
}

/// Somebody to take on.
#[derive(Debug, Clone)]
pub struct NewPerson<'a> {
    /// How the directory knows them.
    pub directory_id: &'a str,
    /// When their first day begins.
    pub starts: Millis,
    /// Their place.
    pub place: Place<'a>,
}

/// A proposal with its draft.
pub type Prepared = (Proposal, Draft);

/// Prepares to take somebody on.
pub async fn take_on(cx: &Context, because: Because<'_>, new: NewPerson<'_>) -> Result<Prepared, Failure> {
    let (subject, tag, pseudonym) = roster::next(cx, new.directory_id);
    let person = Person {
        id: change::person_id(&subject).ok_or_else(Refusal::missing)?,
        tag,
        pseudonym,
        roles: new.place.roles.clone(),
        team: team(new.place.team)?,
        starts: moment(new.starts),
        ends: new.place.ends.map(moment),
    };
    prepare(cx, because, of_house(Power::RosterWiden, subject, change::person_parameters(&person))).await
}

/// Prepares to give somebody another place. Which of the two powers that takes follows from what changes: giving waits.
pub async fn change(
    cx: &Context,
    because: Because<'_>,
    person: PersonId,
    place: Place<'_>,
) -> Result<Prepared, Failure> {
    let roles: Vec<_> = place.roles.iter().map(|role| role.word()).collect();
    let ends = place.ends.map_or_else(String::new, |ends| ends.0.to_string());
    let said = [("roles", roles.join(",")), ("team", team(place.team)?.name().to_owned()), ("ends", ends)];
    let said: BTreeMap<_, _> = said.map(|(name, value)| (name.to_owned(), value)).into();
    let proposal = |power| of_house(power, Subject::person(person), said.clone());
    match prepare(cx, because, proposal(Power::RosterNarrow)).await {
        Err(Failure::Refused(refusal)) if refusal.code == "widens" => {
            prepare(cx, because, proposal(Power::RosterWiden)).await
        }
        answer => answer,
    }
}

/// Prepares to end somebody's time now.
pub async fn end(cx: &Context, because: Because<'_>, person: PersonId) -> Result<Prepared, Failure> {
    let said = BTreeMap::from([("ends".to_owned(), cx.now().0.to_string())]);
    prepare(cx, because, of_house(Power::RosterNarrow, Subject::person(person), said)).await
}

/// Prepares to enrol a passkey that `person` made and that waits.
/// That somebody made one is why.
pub async fn enrol_key(cx: &Context, by: &StaffMember, person: PersonId, key: KeyId) -> Result<Prepared, Failure> {
    let colleague = roster::load(cx, person).await?;
    let waiting = colleague.waiting.iter().find(|waiting| waiting.key == key).ok_or_else(Refusal::missing)?;
    let key = found::key_of(person, &waiting.made);
    let because = Because { by, why: "A passkey was made by the link that a colleague sent." };
    prepare(cx, because, of_house(Power::KeyEnrol, about_key(key.id), change::key_parameters(&key))).await
}

/// Prepares to end a passkey of `person`.
pub async fn end_key(cx: &Context, because: Because<'_>, person: PersonId, key: KeyId) -> Result<Prepared, Failure> {
    let said = BTreeMap::from([("person".to_owned(), person.to_string())]);
    prepare(cx, because, of_house(Power::KeyEnd, about_key(key), said)).await
}

/// Prepares to put another policy in force.
pub async fn policy(cx: &Context, because: Because<'_>, text: &str) -> Result<Prepared, Failure> {
    let hash: [u8; 32] = Sha256::digest(text).into();
    let subject = Subject { kind: TargetKind::Policy, id: hex::encode(&hash) };
    let blank = of_house(Power::Policy, subject, BTreeMap::new());
    prepare(cx, because, Proposal { document: Some(text.to_owned()), ..blank }).await
}

async fn prepare(cx: &Context, because: Because<'_>, proposal: Proposal) -> Result<Prepared, Failure> {
    let reason = Reason { explanation: because.why.trim().to_owned(), ..proposal.reason };
    let proposal = Proposal { reason, ..proposal };
    let draft = draft::propose(cx, because.by, &proposal).await?;
    Ok((proposal, draft))
}

fn about_key(key: KeyId) -> Subject {
    Subject { kind: TargetKind::Key, id: key.to_string() }
}

fn of_house(power: Power, subject: Subject, parameters: BTreeMap<String, String>) -> Proposal {
    let reason = Reason { ground: "house".to_owned(), reference: String::new(), explanation: String::new() };
    Proposal { power, subject, until: None, parameters, undo_needs: 1, reason, facts: String::new(), document: None }
}

/// The team called so.
pub fn team(name: &str) -> Result<Team, Refusal> {
    Team::new(name).ok_or_else(|| {
        let sentence = "A team's name has 1 to 32 of a-z, 0-9 and -, such as `day` or `trust-east`.";
        Refusal::invalid("team", "team", sentence)
    })
}
