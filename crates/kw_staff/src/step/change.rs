//! What an action's words change, read from the statement's parameters: one meaning for the rules and for the fold.
//!
//! Each reader answers none when the words do not say it properly; `check` then refuses before anything is appended.

use std::collections::{BTreeMap, BTreeSet};

use kw_ledger::Hash;
use kw_ledger::jcs::Value;

use crate::entry::Subject;
use crate::fold::{Force, Reach};
use crate::hex;
use crate::key::StaffKey;
use crate::person::{KeyId, Person, PersonId, Role, Team};
use crate::power::{Label, Power, Tier, Verb};
use crate::statement::{Effect, Seen, Statement, TargetKind};
use crate::time::Millis;

/// Hash of what all steps of one action share: everything but the step, its signer, what they saw and until when they sign.
pub fn matter(statement: &Statement) -> [u8; 32] {
    let shared = Statement {
        step: Verb::Propose,
        signer: KeyId([0; 32]),
        seen: Seen { size: 0, root: [0; 32] },
        valid_until: Millis(0),
        ..statement.clone()
    };
    *Hash::of(&[&shared.to_bytes()]).as_bytes()
}

/// How far an effect of this power lets an account reach.
pub fn reach(power: Power, effect: &Effect) -> Reach {
    let is_limited = effect.parameters.get("reach").is_some_and(|reach| reach == Reach::Limited.word());
    match power {
        Power::Limit => Reach::Limited,
        Power::BreakGlass if is_limited => Reach::Limited,
        Power::TakeDown | Power::BreakGlass => Reach::Unavailable,
        _ => Reach::Clear,
    }
}

/// Whether a `restore` with this effect takes back what `force` does: what hides, or the step-up. A new handle is neither.
pub fn is_lifted(force: &Force, effect: &Effect) -> bool {
    if lifts_step_up(effect) { force.power == Power::StepUp } else { force.reach > Reach::Clear }
}

/// Whether a `restore` takes back a step-up, instead of what hides.
pub fn lifts_step_up(effect: &Effect) -> bool {
    effect.parameters.get("lifts").is_some_and(|lifts| lifts == Power::StepUp.word())
}

/// The tier that a change of tier leads to.
pub fn tier(effect: &Effect) -> Option<Tier> {
    Tier::from_word(effect.parameters.get("tier")?)
}

/// The label that is given or taken.
pub fn label(effect: &Effect) -> Option<Label> {
    Label::from_word(effect.parameters.get("label")?)
}

/// The handle that an account has, and the one that it gets: parameters `from` and `handle`. Both are signed, so that nobody
/// agrees to another change than they read.
pub fn handles(effect: &Effect) -> Option<(&str, &str)> {
    let said = |name: &str| effect.parameters.get(name).map(String::as_str).filter(|handle| is_handle(handle));
    let (from, to) = (said("from")?, said("handle")?);
    (from != to).then_some((from, to))
}

/// A person's number.
pub fn person_id(subject: &Subject) -> Option<PersonId> {
    (subject.kind == TargetKind::Person).then_some(())?;
    PersonId::parse(&subject.id)
}

/// A key's id.
pub fn key_id(subject: &Subject) -> Option<KeyId> {
    (subject.kind == TargetKind::Key).then_some(())?;
    KeyId::parse(&subject.id)
}

/// The key that is enrolled: parameters `person`, and `key` with the key's form in the ledger.
pub fn key(effect: &Effect) -> Option<StaffKey> {
    let person = PersonId::parse(effect.parameters.get("person")?)?;
    let value = Value::parse(effect.parameters.get("key")?.as_bytes()).ok()?;
    StaffKey::from_value(&value).ok().filter(|key| key.person == person)
}

/// The parameters that enrol a key.
pub fn key_parameters(key: &StaffKey) -> BTreeMap<String, String> {
    let text = String::from_utf8(key.to_value().to_bytes()).expect("canonical JSON is UTF-8");
    BTreeMap::from([("key".to_owned(), text), ("person".to_owned(), key.person.to_string())])
}

/// A person as the words want them: complete for somebody new, and with what is not said left as it was for somebody known.
///
/// Parameters: `roles` (words with a comma between), `team`, `starts`, `ends` (empty: no end known); for somebody new also
/// `tag` (hex) and `pseudonym`, which never change.
pub fn person(id: PersonId, before: Option<&Person>, effect: &Effect) -> Option<Person> {
    let said = |name: &str| effect.parameters.get(name).map(String::as_str);
    if before.is_some() && (said("tag").is_some() || said("pseudonym").is_some()) {
        return None;
    }
    let pseudonym = match before {
        Some(person) => person.pseudonym.clone(),
        None => said("pseudonym").filter(|name| is_pseudonym(name))?.to_owned(),
    };
    Some(Person {
        id,
        tag: before.map_or_else(|| hex::decode(said("tag")?), |person| Some(person.tag))?,
        pseudonym,
        roles: said("roles").map_or_else(|| before.map(|person| person.roles.clone()), roles)?,
        team: said("team").map_or_else(|| before.map(|person| person.team.clone()), Team::new)?,
        starts: said("starts").map_or_else(|| before.map(|person| person.starts), Millis::parse)?,
        ends: match said("ends") {
            Some("") => None,
            Some(ends) => Some(Millis::parse(ends)?),
            None => before.and_then(|person| person.ends),
        },
    })
}

/// The parameters that take somebody on.
pub fn person_parameters(person: &Person) -> BTreeMap<String, String> {
    let roles: Vec<_> = person.roles.iter().map(|role| role.word()).collect();
    [
        ("ends", person.ends.map_or_else(String::new, |ends| ends.to_string())),
        ("pseudonym", person.pseudonym.clone()),
        ("roles", roles.join(",")),
        ("starts", person.starts.to_string()),
        ("tag", hex::encode(&person.tag)),
        ("team", person.team.name().to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

fn roles(text: &str) -> Option<BTreeSet<Role>> {
    text.split(',').map(Role::from_word).collect()
}

fn is_handle(text: &str) -> bool {
    (1..=30).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn is_pseudonym(name: &str) -> bool {
    (1..=40).contains(&name.chars().count())
        && name.chars().all(|letter| letter.is_alphanumeric() || letter == ' ' || letter == '-')
}
