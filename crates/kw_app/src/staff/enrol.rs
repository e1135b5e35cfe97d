//! Making a passkey for staff: by a founder, or by somebody whom a colleague sent a link.
//!
//! A passkey that was made has no power. A founder's gets it with entry 0; any other by an action that enrols it.

use std::collections::BTreeSet;

use kw_domain::refusal::{Kind, Refusal};
use kw_domain::time::Millis;
use kw_staff::assertion::RelyingParty;
use kw_staff::enrolment::{Enrolled, Enrolment};
use kw_staff::person::{KeyId, PersonId, Role};
use serde::{Deserialize, Serialize};

use crate::code::{self, Purpose};
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::CODE;
use crate::families::staff::{FOUNDING, STAFF_KEY_NAME, STAFF_PASSKEY};
use crate::key::Only;
use crate::operation::Before;
use crate::rows::Hash;
use crate::secret::token;
use crate::staff::house::{party_of, to_domain};
use crate::staff::roster::name_of;
use crate::staff::rows::{FounderRow, StaffNameRow, StaffPasskeyRow};
use crate::staff::session::{StaffMember, desk};

/// A passkey's name, in characters.
const NAME_CHARS_MAX: usize = 60;
/// How long a link to make a passkey is good for, in milliseconds.
const LINK_MS: u64 = 2 * Millis::DAY;
/// How long a browser may take to make it, in milliseconds.
const CEREMONY_MS: u64 = 10 * Millis::MINUTE;
/// How long a passkey waits to be enrolled, in milliseconds.
const WAITING_MS: u64 = 14 * Millis::DAY;

/// A passkey that a browser is asked to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ceremony {
    /// What it goes on with; used once.
    pub code: String,
    /// What the browser signs.
    pub challenge: [u8; 32],
    /// The relying party's id: our host.
    pub rp_id: String,
    /// Random bytes that stand for the person in their authenticator.
    pub user: [u8; 16],
    /// Whose it will be.
    pub whose: Whose,
}

/// Somebody who makes a passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whose {
    /// What their colleagues call them.
    pub name: String,
    /// What they are there for.
    pub roles: BTreeSet<Role>,
    /// Their team.
    pub team: String,
}

/// A passkey as a browser made it.
#[derive(Debug, Clone, Copy)]
pub struct Made<'a> {
    /// What its person calls it.
    pub name: &'a str,
    /// The browser's answer, as JSON.
    pub answer: &'a str,
}

/// What a passkey that was made waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WaitsFor {
    /// That the staff is founded.
    Founding,
    /// That colleagues sign for this key.
    Colleagues(KeyId),
}

/// For whom a link is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum For {
    Founder(usize),
    Person(PersonId),
}

#[derive(Debug, Serialize, Deserialize)]
struct Link {
    person: u32,
}

#[derive(Debug, Serialize, Deserialize)]
struct Begun {
    link: Hash,
    challenge: [u8; 32],
}

/// A link with which a person of the roster makes a passkey. Anybody of the staff may send one: what is made with it waits
/// until an action enrols it.
pub async fn invite(cx: &Context, _by: &StaffMember, person: PersonId) -> Result<String, Failure> {
    if cx.ledger().read(|log| log.fold().member(person).is_none()) {
        return Err(Refusal::missing().into());
    }
    let (code, hash) = code::mint(cx);
    let row = Purpose::StaffInvitation.row(&Link { person: person.0 });
    let mut draft = cx.draft(&desk());
    draft.decide_until(&CODE, (&hash, &Only), Before::Absent, &row, Some(cx.now().plus_ms(LINK_MS).0));
    cx.perform(draft).await?;
    Ok(code)
}

/// Begins to make the passkey of whoever has the link that ends in `link`.
pub async fn begin(cx: &Context, link: &str) -> Result<Ceremony, Failure> {
    let whose = match find(cx, link).await? {
        For::Founder(place) => founder(cx, place).await?,
        For::Person(person) => colleague(cx, person).await?,
    };
    let rp_id = party(cx)?.id;
    let (code, hash) = code::mint(cx);
    let begun = Begun { link: token::hash(link), challenge: cx.random_bytes() };
    let mut draft = cx.draft(&desk());
    let row = Purpose::StaffEnrolment.row(&begun);
    draft.decide_until(&CODE, (&hash, &Only), Before::Absent, &row, Some(cx.now().plus_ms(CEREMONY_MS).0));
    cx.perform(draft).await?;
    Ok(Ceremony { code, challenge: begun.challenge, rp_id, user: cx.random_bytes(), whose })
}

/// Ends it with what the browser made. The link is used up.
pub async fn finish(cx: &Context, link: &str, ceremony: &str, made: Made<'_>) -> Result<WaitsFor, Failure> {
    let name = made.name.trim();
    if name.is_empty() || name.chars().count() > NAME_CHARS_MAX || name.chars().any(char::is_control) {
        let sentence = format!("Please give the passkey a name of 1 to {NAME_CHARS_MAX} characters.");
        return Err(Refusal::invalid("name", "key_name", sentence).into());
    }
    retry(|| finish_once(cx, link, ceremony, Made { name, ..made })).await
}

async fn finish_once(cx: &Context, link: &str, ceremony: &str, new: Made<'_>) -> Result<WaitsFor, Failure> {
    let whose = find(cx, link).await?;
    let begun = code::find::<Begun>(cx, Purpose::StaffEnrolment, ceremony).await?;
    let begun = begun.filter(|begun| begun.value.link == token::hash(link)).ok_or_else(over)?;
    let enrolment = Enrolment::from_json(new.answer).map_err(to_domain)?;
    let made = enrolment.check(&begun.value.challenge, &party(cx)?).map_err(to_domain)?;
    check_unknown(cx, &made)?;
    let key = KeyId::of_credential(&made.credential);
    let passkey = StaffPasskeyRow {
        credential: made.credential,
        cose: made.public.bytes().to_vec(),
        backup_eligible: made.backup_eligible,
        aaguid: made.aaguid,
        made: cx.now().0,
    };
    let id = token::hash_bytes(&passkey.credential);
    let mut draft = cx.draft(&desk());
    let waits_for = match whose {
        For::Founder(place) => {
            let stored = cx.find(&FOUNDING, &Only, &Only).await?.ok_or_else(over)?;
            let mut row = stored.value;
            row.people.get_mut(place).ok_or_else(over)?.passkey = Some(passkey);
            draft.decide_until(&FOUNDING, (&Only, &Only), Before::Is(stored.stamp), &row, Some(row.until));
            draft.ensure_gone(&CODE, (&begun.hash, &Only));
            WaitsFor::Founding
        }
        For::Person(person) => {
            let until = cx.now().plus_ms(WAITING_MS).0;
            draft.decide_gone(&CODE, (&begun.hash, &Only), begun.stamp);
            draft.ensure_gone(&CODE, (&token::hash(link), &Only));
            draft.ensure_until(&STAFF_PASSKEY, (&u64::from(person.0), &id), &passkey, Some(until));
            WaitsFor::Colleagues(key)
        }
    };
    draft.ensure(&STAFF_KEY_NAME, (&Only, &key.0), &StaffNameRow { name: new.name.to_owned() });
    cx.perform(draft).await?;
    Ok(waits_for)
}

/// A credential belongs to one person for ever.
fn check_unknown(cx: &Context, made: &Enrolled) -> Result<(), Refusal> {
    let id = KeyId::of_credential(&made.credential);
    if cx.ledger().read(|log| log.fold().key(&id).is_some()) {
        let sentence = "This passkey is on the ledger already, and belongs to one person for ever. Make another one.";
        return Err(Refusal::new(Kind::Invalid, "known_passkey", sentence));
    }
    Ok(())
}

async fn find(cx: &Context, link: &str) -> Result<For, Failure> {
    if let Some(kept) = code::find::<Link>(cx, Purpose::StaffInvitation, link).await? {
        return Ok(For::Person(PersonId(kept.value.person)));
    }
    let hash = token::hash(link);
    let stored = cx.find(&FOUNDING, &Only, &Only).await?;
    let is_for = |person: &FounderRow| person.code == hash && person.passkey.is_none();
    let place = stored.and_then(|stored| stored.value.people.iter().position(is_for));
    Ok(For::Founder(place.ok_or_else(over)?))
}

async fn founder(cx: &Context, place: usize) -> Result<Whose, Failure> {
    let stored = cx.find(&FOUNDING, &Only, &Only).await?.ok_or_else(over)?;
    let founder = stored.value.people.get(place).ok_or_else(over)?;
    let roles = founder.roles.iter().filter_map(|word| Role::from_word(word)).collect();
    Ok(Whose { name: founder.name.clone(), roles, team: founder.team.clone() })
}

async fn colleague(cx: &Context, person: PersonId) -> Result<Whose, Failure> {
    let place = cx.ledger().read(|log| {
        log.fold().member(person).map(|member| (member.person.roles.clone(), member.person.team.name().to_owned()))
    });
    let (roles, team) = place.ok_or_else(over)?;
    Ok(Whose { name: name_of(cx, person).await?, roles, team })
}

/// The relying party of staff's passkeys: our own origin.
pub(super) fn party(cx: &Context) -> Result<RelyingParty, Refusal> {
    let origin = cx.settings().origin.origin().ascii_serialization();
    party_of(&origin).ok_or_else(|| {
        let sentence =
            "Passkeys need a server with a name; this one is reached by a number. Open it as http://localhost.";
        Refusal::new(Kind::Invalid, "no_passkeys", sentence)
    })
}

fn over() -> Refusal {
    let sentence = "This link is over or was used. Ask whoever sent it for a new one.";
    Refusal::new(Kind::Missing, "link_over", sentence)
}
