//! Founding: the first people make their passkeys, and entry 0 of the ledger names them.
//!
//! It begins at the command line, by whoever has the data directory, and only where nobody has founded yet. Until entry 0
//! is written nothing here has any power, and the link to it is the only key.

use std::collections::BTreeSet;

use hmac::{Hmac, Mac};
use kw_domain::refusal::{Kind, Refusal};
use kw_domain::time::Millis;
use kw_staff::entry::{Founding, Record};
use kw_staff::fingerprint::fingerprint;
use kw_staff::key::StaffKey;
use kw_staff::person::{KeyId, Person, PersonId, Role, Team};
use kw_staff::policy::Policy;
use kw_staff::step::Event;
use sha2::Sha256;

use crate::code;
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::staff::{FOUNDING, STAFF_NAME};
use crate::family::Stored;
use crate::key::Only;
use crate::ledger::append::append;
use crate::ledger::read::load as load_entries;
use crate::operation::Before;
use crate::rows::Hash;
use crate::secret::token;
use crate::settings::Stage;
use crate::staff::enrol::party;
use crate::staff::house::{moment, to_domain};
use crate::staff::rows::{FounderRow, FoundingRow, StaffNameRow, StaffPasskeyRow};
use crate::staff::session::desk;
use crate::staff::{matters, roster};

/// How long a founding may take, in milliseconds.
const FOUNDING_MS: u64 = 7 * Millis::DAY;
/// People who found together at most; more join by actions.
const FOUNDERS_MAX: usize = 30;

/// Somebody who is to be there from the beginning.
#[derive(Debug, Clone)]
pub struct NewFounder<'a> {
    /// Their name, for their colleagues.
    pub name: &'a str,
    /// What they are there for.
    pub roles: BTreeSet<Role>,
    /// Their team.
    pub team: &'a str,
    /// When their employment ends, if that is known.
    pub ends: Option<Millis>,
}

/// A founding under way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// Until when it may be finished.
    pub until: Millis,
    /// Who is to be there, in order.
    pub people: Vec<Founder>,
}

/// Somebody in the plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founder {
    /// What the plan knows them by: no secret.
    pub id: String,
    /// Their name.
    pub name: String,
    /// What they are there for.
    pub roles: BTreeSet<Role>,
    /// Their team.
    pub team: String,
    /// When their employment ends, if that is known.
    pub ends: Option<Millis>,
    /// What their own link ends in.
    pub code: String,
    /// Whether they have made their passkey.
    pub has_passkey: bool,
}

/// Begins a founding, and gives what its link ends in. An earlier one that was not finished is forgotten.
pub async fn begin(cx: &Context) -> Result<String, Failure> {
    check_not_founded(cx)?;
    let (code, hash) = code::mint(cx);
    let stored = cx.find(&FOUNDING, &Only, &Only).await?;
    let row = FoundingRow { code: hash, until: cx.now().plus_ms(FOUNDING_MS).0, people: Vec::new() };
    let mut draft = cx.draft(&desk());
    draft.decide_until(&FOUNDING, (&Only, &Only), Before::of(stored.as_ref()), &row, Some(row.until));
    cx.perform(draft).await?;
    Ok(code)
}

/// The founding behind `code`.
pub async fn load(cx: &Context, code: &str) -> Result<Plan, Failure> {
    let row = find(cx, code).await?.value;
    let founder = |person: FounderRow| Founder {
        id: id_of(&person),
        name: person.name,
        roles: person.roles.iter().filter_map(|word| Role::from_word(word)).collect(),
        team: person.team,
        ends: person.ends.map(Millis),
        code: code_of(code, &person.code_salt),
        has_passkey: person.passkey.is_some(),
    };
    Ok(Plan { until: Millis(row.until), people: row.people.into_iter().map(founder).collect() })
}

/// Adds somebody to the plan.
pub async fn add(cx: &Context, code: &str, new: &NewFounder<'_>) -> Result<(), Failure> {
    let name = new.name.trim();
    roster::check_name(name)?;
    matters::team(new.team)?;
    if new.roles.is_empty() {
        return Err(Refusal::invalid("roles", "no_roles", "Please choose at least one role.").into());
    }
    if new.ends.is_some_and(|ends| ends <= cx.now()) {
        return Err(Refusal::invalid(
            "ends",
            "last_day_past",
            "The last day must be in the future; leave it open if there is none.",
        )
        .into());
    }
    change(cx, code, |row| {
        if row.people.len() >= FOUNDERS_MAX {
            let sentence =
                format!("At most {FOUNDERS_MAX} people found together. The others join afterwards, by an action.");
            return Err(Refusal::invalid("name", "many_founders", sentence));
        }
        if row.people.iter().any(|known| known.name.to_lowercase() == name.to_lowercase()) {
            return Err(Refusal::invalid("name", "name_taken", "Somebody of this name is in the plan already."));
        }
        let code_salt: [u8; 16] = cx.random_bytes();
        row.people.push(FounderRow {
            name: name.to_owned(),
            roles: new.roles.iter().map(|role| role.word().to_owned()).collect(),
            team: new.team.to_owned(),
            ends: new.ends.map(|ends| ends.0),
            code: token::hash(&code_of(code, &code_salt)),
            code_salt,
            passkey: None,
        });
        Ok(())
    })
    .await
}

/// Takes somebody out of the plan; the others keep their links and passkeys.
pub async fn remove(cx: &Context, code: &str, id: &str) -> Result<(), Failure> {
    change(cx, code, |row| {
        let place = row.people.iter().position(|person| id_of(person) == id).ok_or_else(Refusal::missing)?;
        row.people.remove(place);
        Ok(())
    })
    .await
}

/// Whether somebody has a link to a founding that is still good.
pub async fn is_under_way(cx: &Context) -> Result<bool, Failure> {
    Ok(cx.find(&FOUNDING, &Only, &Only).await?.is_some())
}

/// A founding that is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Founded {
    /// The twelve words over entry 0.
    pub fingerprint: Vec<String>,
    /// The hash of entry 0.
    pub hash: Hash,
    /// When it was appended.
    pub at: Millis,
    /// How many people founded.
    pub people: usize,
}

/// The founding, once it is done.
pub async fn find_founded(cx: &Context) -> Result<Option<Founded>, Failure> {
    let Some(hash) = cx.ledger().read(|log| log.fold().house().map(|house| house.founding)) else { return Ok(None) };
    let Some(placed) = load_entries(cx, &[0]).await?.pop() else { return Ok(None) };
    let people = match &placed.entry.record {
        Record::Founded(founding) => founding.people.len(),
        _ => 0,
    };
    Ok(Some(Founded { fingerprint: fingerprint(&hash), hash, at: Millis(placed.entry.time.0), people }))
}

/// Whether the staff of this server is founded.
pub fn is_founded(cx: &Context) -> bool {
    cx.ledger().read(|log| log.size() > 0)
}

/// Writes entry 0, when everybody has made their passkey.
pub async fn finish(cx: &Context, code: &str) -> Result<(), Failure> {
    finish_under(cx, code, &Rules::ours()).await
}

/// The rules that a founding puts in force.
#[derive(Debug, Clone)]
pub struct Rules {
    policy: String,
    made_up_floor: Option<String>,
}

impl Rules {
    /// The default policy on the floor that is in the program.
    pub fn ours() -> Self {
        Self { policy: Policy::default_text().to_owned(), made_up_floor: None }
    }

    /// Rules for a play: another policy on another floor. The founding says so for ever, and so does whoever verifies it. No
    /// page, command or configuration of a server leads here.
    pub fn made_up(policy: &str, floor: &str) -> Self {
        Self { policy: policy.to_owned(), made_up_floor: Some(floor.to_owned()) }
    }

    fn floor_hash(&self) -> Result<[u8; 32], Refusal> {
        let policy = match &self.made_up_floor {
            None => Policy::parse(self.policy.as_bytes()),
            Some(floor) => Policy::with_made_up_floor(self.policy.as_bytes(), floor),
        };
        Ok(policy.map_err(to_domain)?.floor_hash())
    }
}

/// The same under other rules.
pub async fn finish_under(cx: &Context, code: &str, rules: &Rules) -> Result<(), Failure> {
    check_not_founded(cx)?;
    if rules.made_up_floor.is_some() && cx.settings().stage != Stage::Play {
        let sentence = "Rules can be made up for a play, and this server is none.";
        return Err(Refusal::new(Kind::Forbidden, "no_play", sentence).into());
    }
    let plan = find(cx, code).await?;
    if plan.value.people.is_empty() {
        let sentence = "Add at least one person. With one, the server is run solo; with three, as a team.";
        return Err(Refusal::new(Kind::Invalid, "nobody", sentence).into());
    }
    let mut people = Vec::with_capacity(plan.value.people.len());
    let mut keys = Vec::with_capacity(plan.value.people.len());
    for (number, founder) in (1..).zip(&plan.value.people) {
        let (person, key) = founder_of(cx, PersonId(number), founder)?;
        people.push(person);
        keys.push(key);
    }
    let founding = Founding {
        origin: cx.ledger().origin().to_owned(),
        log_key: cx.ledger().vkey(),
        relying_party: party(cx)?,
        floor: rules.floor_hash()?,
        made_up_floor: rules.made_up_floor.clone(),
        policy: rules.policy.clone(),
        people,
        keys,
        witnesses: Vec::new(),
    };
    append(cx, |_| Ok(Event::Found(Box::new(founding.clone())))).await?;
    let mut draft = cx.draft(&desk());
    draft.decide_gone(&FOUNDING, (&Only, &Only), plan.stamp);
    for (number, founder) in (1_u64..).zip(&plan.value.people) {
        draft.ensure(&STAFF_NAME, (&Only, &number), &StaffNameRow { name: founder.name.clone() });
    }
    cx.perform(draft).await
}

fn founder_of(cx: &Context, id: PersonId, founder: &FounderRow) -> Result<(Person, StaffKey), Failure> {
    let passkey = founder.passkey.as_ref().ok_or_else(|| {
        let sentence = format!("{} has not made a passkey yet. Send them their link, or take them out.", founder.name);
        Refusal::new(Kind::Invalid, "not_ready", sentence)
    })?;
    let person = Person {
        id,
        tag: tag(cx, &founder.name),
        pseudonym: pseudonym(id),
        roles: founder.roles.iter().filter_map(|word| Role::from_word(word)).collect(),
        team: Team::new(&founder.team).ok_or_else(Refusal::missing)?,
        starts: moment(cx.now()),
        ends: founder.ends.map(|ends| moment(Millis(ends))),
    };
    Ok((person, key_of(id, passkey)))
}

/// The key that the ledger enrols for a passkey that was made.
pub(super) fn key_of(person: PersonId, passkey: &StaffPasskeyRow) -> StaffKey {
    StaffKey {
        id: KeyId::of_credential(&passkey.credential),
        person,
        credential: passkey.credential.clone(),
        cose: passkey.cose.clone(),
        backup_eligible: passkey.backup_eligible,
        aaguid: passkey.aaguid,
    }
}

/// By what a human is known under all the numbers they may have: the directory's id of them, which is no secret, under a
/// key that is one.
pub(super) fn tag(cx: &Context, directory_id: &str) -> Hash {
    let mut mac = Hmac::<Sha256>::new_from_slice(cx.ledger().person_key()).expect("a key of any length will do");
    mac.update(b"kittiwake/person/v1\n");
    mac.update(directory_id.trim().to_lowercase().as_bytes());
    mac.finalize().into_bytes().into()
}

/// A name that is not theirs and stays with them: a bird of the coast and their number.
pub(super) fn pseudonym(id: PersonId) -> String {
    const BIRDS: [&str; 12] = [
        "Guillemot",
        "Razorbill",
        "Puffin",
        "Fulmar",
        "Gannet",
        "Shag",
        "Tern",
        "Skua",
        "Eider",
        "Petrel",
        "Turnstone",
        "Plover",
    ];
    format!("{} {id}", BIRDS[id.0 as usize % BIRDS.len()])
}

/// Changes the plan, again when somebody else did so at the same time.
pub(super) async fn change(
    cx: &Context,
    code: &str,
    edit: impl Fn(&mut FoundingRow) -> Result<(), Refusal>,
) -> Result<(), Failure> {
    check_not_founded(cx)?;
    retry(|| async {
        let stored = find(cx, code).await?;
        let mut row = stored.value;
        edit(&mut row)?;
        let mut draft = cx.draft(&desk());
        draft.decide_until(&FOUNDING, (&Only, &Only), Before::Is(stored.stamp), &row, Some(row.until));
        cx.perform(draft).await
    })
    .await
}

async fn find(cx: &Context, code: &str) -> Result<Stored<Only, FoundingRow>, Failure> {
    let stored = cx.find(&FOUNDING, &Only, &Only).await?;
    let stored = stored.filter(|stored| token::is_same(&stored.value.code, &token::hash(code)));
    Ok(stored.ok_or_else(Refusal::missing)?)
}

/// What somebody's own link ends in: whoever has the founding's link can show it again, and nobody else can make it.
fn code_of(code: &str, salt: &[u8; 16]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(code.as_bytes()).expect("a key of any length will do");
    mac.update(salt);
    token::token(mac.finalize().into_bytes().into())
}

/// Half of the hash of their link's code.
fn id_of(person: &FounderRow) -> String {
    kw_staff::hex::encode(&person.code[..16])
}

fn check_not_founded(cx: &Context) -> Result<(), Refusal> {
    if !is_founded(cx) {
        return Ok(());
    }
    let sentence = "Staff have been founded here, and that happens once. People join and leave by actions at /staff.";
    Err(Refusal::new(Kind::Invalid, "founded", sentence))
}
