//! What each kind of entry writes into its openings, and for whom. Canonical JSON, one form only.

use std::collections::{BTreeMap, BTreeSet};

use kw_ledger::jcs::Value;

use super::leaf::{Audience, Unreadable};
use super::{
    Attempt, Census, Choice, Founding, InForce, Kind, Opened, Outcome, OwnerState, Record, RefusedStep, Rise,
    SignedStep, Started, Subject, TierRise, Turn, Words, is_shown,
};
use crate::assertion::{Assertion, RelyingParty};
use crate::fields::{Fields, bytes_value, malformed};
use crate::hex;
use crate::key::StaffKey;
use crate::person::{Person, PersonId, Role, Team};
use crate::power::{Power, Tier};
use crate::refusal::Refusal;
use crate::statement::{ActionId, Effect, Statement, TargetKind};
use crate::statement_codec::STATEMENT_BYTES_MAX;
use crate::time::Millis;

/// A leaf's parts in the clear.
pub(super) struct Parts {
    pub(super) policy: Option<[u8; 32]>,
    pub(super) target: Option<(Audience, Vec<u8>)>,
    pub(super) body: Option<(Audience, Vec<u8>)>,
    pub(super) private: Option<(Audience, Vec<u8>)>,
}

const WHAT: &str = "entry";

pub(super) fn write(record: &Record) -> Parts {
    let audience = audience(record);
    let (policy, body, private) = match record {
        Record::Founded(founding) => (None, Some(write_founding(founding)), None),
        Record::Step(step) => (Some(step.statement.policy), Some(write_step(step, None)), write_words(step)),
        Record::RefusedStep(refused) => {
            let body = write_step(&refused.step, Some(&refused.code));
            (Some(refused.step.statement.policy), Some(body), write_words(&refused.step))
        }
        Record::InForce(in_force) => {
            let (body, private) = write_in_force(in_force);
            (Some(in_force.policy), Some(body), Some((Audience::Auditors, private)))
        }
        Record::Outcome(outcome) => (None, Some(write_outcome(outcome)), None),
        Record::TierRose(rise) => (None, Some(write_rise(rise)), None),
        Record::Started(started) => (None, Some(write_started(started)), None),
        Record::Census(census) => (None, Some(write_census(census)), None),
        Record::OwnerState(state) => (None, Some(Value::map([("choice", Value::text(state.choice.word()))])), None),
        Record::Attempt(attempt) => {
            let (body, private) = write_attempt(attempt);
            (None, Some(body), Some((Audience::Auditors, private)))
        }
        Record::Erased { .. } => (None, None, None),
    };
    Parts {
        policy,
        target: record.subject().map(|subject| (audience.0, subject.to_value().to_bytes())),
        body: body.map(|body| (audience.1, body.to_bytes())),
        private: private.map(|(audience, private)| (audience, private.to_bytes())),
    }
}

/// Who reads the target, and who the body. At effect everybody reads what happened, and to whom where a page says so anyway.
fn audience(record: &Record) -> (Audience, Audience) {
    let target = |shows: bool| if shows { Audience::Public } else { Audience::Owner };
    match record {
        Record::Step(_) | Record::RefusedStep(_) | Record::OwnerState(_) | Record::Attempt(_) => {
            (Audience::Owner, Audience::Owner)
        }
        Record::InForce(in_force) => (target(is_shown(in_force.power, in_force.tier)), Audience::Public),
        Record::Outcome(outcome) => match outcome.turn {
            Turn::Lapsed | Turn::Undone | Turn::Confirmed => {
                (target(is_shown(outcome.power, outcome.tier)), Audience::Public)
            }
            // Nobody else is asked where one person runs the server: everybody is told instead.
            Turn::Scheduled if outcome.by_itself => (target(is_shown(outcome.power, outcome.tier)), Audience::Public),
            _ => (Audience::Owner, Audience::Owner),
        },
        _ => (Audience::Public, Audience::Public),
    }
}

/// Reads what [`write`] wrote. Without its body an entry is erased; so is one in force, or an attempt, without its private
/// part.
pub(super) fn read(kind: Kind, action: Option<ActionId>, parts: &Parts) -> Result<Record, Unreadable> {
    let value = |part, bytes: &Option<(Audience, Vec<u8>)>| match bytes {
        None => Ok(None),
        Some((_, bytes)) => {
            Value::parse(bytes).map(Some).map_err(|error| Unreadable::Malformed(part, error.to_string()))
        }
    };
    let Some(body) = value("body", &parts.body)? else { return Ok(Record::Erased { kind, action }) };
    let private = value("private", &parts.private)?;
    let subject = value("target", &parts.target)?;
    let subject = subject.as_ref().map(Subject::from_value).transpose();
    let subject = subject.map_err(|refusal| Unreadable::Malformed("target", refusal.sentence))?;
    let whole = Whole { kind, action, policy: parts.policy, subject, body: &body, private: private.as_ref() };
    whole.read().map_err(|refusal| Unreadable::Malformed("body", refusal.sentence))
}

struct Whole<'a> {
    kind: Kind,
    action: Option<ActionId>,
    policy: Option<[u8; 32]>,
    subject: Option<Subject>,
    body: &'a Value,
    private: Option<&'a Value>,
}

impl Whole<'_> {
    fn read(self) -> Result<Record, Refusal> {
        let erased = Record::Erased { kind: self.kind, action: self.action };
        Ok(match self.kind {
            Kind::Founded => Record::Founded(Box::new(read_founding(self.body)?)),
            Kind::Step => Record::Step(Box::new(read_step(self.body, self.private)?.0)),
            Kind::RefusedStep => {
                let (step, code) = read_step(self.body, self.private)?;
                let code = code.ok_or_else(|| malformed(WHAT, "it does not say why it was refused"))?;
                Record::RefusedStep(Box::new(RefusedStep { step, code }))
            }
            Kind::InForce => match (self.subject.clone(), self.private) {
                (Some(subject), Some(private)) => Record::InForce(Box::new(self.read_in_force(subject, private)?)),
                _ => erased,
            },
            Kind::TierRose => match self.subject.as_ref().and_then(Subject::account_id) {
                Some(account) => Record::TierRose(read_rise(account, self.body)?),
                None => erased,
            },
            Kind::OwnerState => match self.subject.as_ref().and_then(Subject::account_id) {
                Some(account) => {
                    let mut fields = Fields::open(WHAT, self.body)?;
                    let choice = fields.read("choice", Choice::from_word)?;
                    fields.end()?;
                    Record::OwnerState(OwnerState { account, choice })
                }
                None => erased,
            },
            Kind::Attempt => match (self.subject.clone(), self.private) {
                (Some(subject), Some(private)) => Record::Attempt(read_attempt(subject, self.body, private)?),
                _ => erased,
            },
            Kind::Started => Record::Started(read_started(self.body)?),
            Kind::Census => Record::Census(read_census(self.body)?),
            kind => match (Turn::from_word(kind.word()), self.subject.clone()) {
                (Some(turn), Some(subject)) => Record::Outcome(self.read_outcome(turn, subject)?),
                _ => erased,
            },
        })
    }

    fn action(&self) -> Result<ActionId, Refusal> {
        self.action.ok_or_else(|| malformed(WHAT, "it names no action"))
    }

    fn read_in_force(&self, subject: Subject, private: &Value) -> Result<InForce, Refusal> {
        let mut body = Fields::open(WHAT, self.body)?;
        let mut hidden = Fields::open(WHAT, private)?;
        let is_account = subject.kind == TargetKind::Account;
        let parameters = if is_account { body.value("parameters")? } else { hidden.value("parameters")? };
        let signers = hidden
            .value("signers")?
            .as_list()
            .and_then(|signers| signers.iter().map(|signer| PersonId::parse(signer.as_text()?)).collect());
        let in_force = InForce {
            action: self.action()?,
            power: body.read("power", Power::from_word)?,
            tier: body.read("tier", Tier::from_word)?,
            effect: Effect {
                until: moment(&mut body, "until")?,
                delay_ms: body.number("delay")?,
                parameters: texts(parameters).ok_or_else(|| malformed(WHAT, "its parameters are none"))?,
            },
            undo_needs: body.read("undo_needs", |text| text.parse().ok())?,
            ground: text(&mut body, "ground")?,
            policy: self.policy.ok_or_else(|| malformed(WHAT, "it names no policy"))?,
            signers: signers.ok_or_else(|| malformed(WHAT, "its signers are none"))?,
            teams: body.read("teams", |text| text.parse().ok())?,
            document: text(&mut body, "document")?,
            subject,
        };
        let people = body.number("people")?;
        body.end()?;
        hidden.end()?;
        if people == in_force.signers.len() as u64 {
            Ok(in_force)
        } else {
            Err(malformed(WHAT, "people are miscounted"))
        }
    }

    fn read_outcome(&self, turn: Turn, subject: Subject) -> Result<Outcome, Refusal> {
        let mut body = Fields::open(WHAT, self.body)?;
        let outcome = Outcome {
            action: self.action()?,
            turn,
            power: body.read("power", Power::from_word)?,
            subject,
            tier: body.read("tier", Tier::from_word)?,
            moment: moment(&mut body, "moment")?,
            by_itself: is_said(&mut body, "by_itself")?,
        };
        body.end()?;
        Ok(outcome)
    }
}

impl Subject {
    fn to_value(&self) -> Value {
        Value::map([("id", Value::text(&self.id)), ("kind", Value::text(self.kind.word()))])
    }

    fn from_value(value: &Value) -> Result<Self, Refusal> {
        let mut fields = Fields::open(WHAT, value)?;
        let kind = fields.read("kind", TargetKind::from_word)?;
        let id = fields.read("id", |id| kind.has_id(id).then(|| id.to_owned()))?;
        fields.end()?;
        Ok(Self { kind, id })
    }
}

fn write_founding(founding: &Founding) -> Value {
    let texts = |texts: &[String]| Value::List(texts.iter().map(Value::text).collect());
    let mut fields = vec![
        ("keys", Value::List(founding.keys.iter().map(StaffKey::to_value).collect())),
        ("log_key", Value::text(&founding.log_key)),
        ("origin", Value::text(&founding.origin)),
        ("people", Value::List(founding.people.iter().map(write_person).collect())),
        ("policy", Value::text(&founding.policy)),
        ("floor", Value::text(hex::encode(&founding.floor))),
        (
            "relying_party",
            Value::map([
                ("id", Value::text(&founding.relying_party.id)),
                ("origin", Value::text(&founding.relying_party.origin)),
            ]),
        ),
        ("witnesses", texts(&founding.witnesses)),
    ];
    fields.extend(founding.made_up_floor.as_ref().map(|floor| ("made_up_floor", Value::text(floor))));
    Value::map(fields)
}

fn read_founding(value: &Value) -> Result<Founding, Refusal> {
    let mut fields = Fields::open(WHAT, value)?;
    let list =
        |value: &Value| value.as_list().map(<[Value]>::to_vec).ok_or_else(|| malformed(WHAT, "a list is expected"));
    let mut party = Fields::open(WHAT, fields.value("relying_party")?)?;
    let owned = |text: &str| Some(text.to_owned());
    let relying_party = RelyingParty { id: party.read("id", owned)?, origin: party.read("origin", owned)? };
    party.end()?;
    let witnesses = list(fields.value("witnesses")?)?;
    let witnesses = witnesses.iter().map(|witness| witness.as_text().map(str::to_owned)).collect::<Option<_>>();
    let founding = Founding {
        origin: fields.read("origin", owned)?,
        log_key: fields.read("log_key", owned)?,
        relying_party,
        floor: fields.hex("floor")?,
        made_up_floor: text(&mut fields, "made_up_floor")?,
        policy: fields.read("policy", owned)?,
        people: list(fields.value("people")?)?.iter().map(read_person).collect::<Result<_, _>>()?,
        keys: list(fields.value("keys")?)?.iter().map(StaffKey::from_value).collect::<Result<_, _>>()?,
        witnesses: witnesses.ok_or_else(|| malformed(WHAT, "a witness is no text"))?,
    };
    fields.end()?;
    Ok(founding)
}

fn write_person(person: &Person) -> Value {
    let mut fields = vec![
        ("id", Value::text(person.id.to_string())),
        ("pseudonym", Value::text(&person.pseudonym)),
        ("roles", Value::List(person.roles.iter().map(|role| Value::text(role.word())).collect())),
        ("starts", Value::text(person.starts.to_string())),
        ("tag", Value::text(hex::encode(&person.tag))),
        ("team", Value::text(person.team.name())),
    ];
    fields.extend(person.ends.map(|ends| ("ends", Value::text(ends.to_string()))));
    Value::map(fields)
}

fn read_person(value: &Value) -> Result<Person, Refusal> {
    let mut fields = Fields::open(WHAT, value)?;
    let roles = fields.value("roles")?.as_list();
    let roles =
        roles.and_then(|roles| roles.iter().map(|role| Role::from_word(role.as_text()?)).collect::<Option<_>>());
    let roles: BTreeSet<Role> = roles.ok_or_else(|| malformed(WHAT, "a role is none"))?;
    let person = Person {
        id: fields.read("id", PersonId::parse)?,
        tag: fields.hex("tag")?,
        pseudonym: fields.read("pseudonym", |text| Some(text.to_owned()))?,
        roles,
        team: fields.read("team", Team::new)?,
        starts: fields.moment("starts")?,
        ends: moment(&mut fields, "ends")?,
    };
    fields.end()?;
    Ok(person)
}

fn write_step(step: &SignedStep, code: Option<&String>) -> Value {
    let always = [("assertion", step.assertion.to_value()), ("statement", bytes_value(&step.statement.to_bytes()))];
    let code = code.map(|code| ("refused", Value::text(code)));
    let document = step.document.as_ref().map(|document| ("document", Value::text(document)));
    // Says that there were words, so that their erasure is seen.
    let words = step.words.as_ref().map(|_| ("words", Value::text("private")));
    Value::map(always.into_iter().chain(code).chain(document).chain(words))
}

fn write_words(step: &SignedStep) -> Option<(Audience, Value)> {
    match &step.words {
        Some(Opened::Here(words)) => Some((Audience::Owner, words.to_value())),
        Some(Opened::Erased) | None => None,
    }
}

fn read_step(value: &Value, private: Option<&Value>) -> Result<(SignedStep, Option<String>), Refusal> {
    let mut fields = Fields::open(WHAT, value)?;
    let words = match (text(&mut fields, "words")?, private) {
        (None, _) => None,
        (Some(_), Some(words)) => Some(Opened::Here(Words::from_value(words)?)),
        (Some(_), None) => Some(Opened::Erased),
    };
    let step = SignedStep {
        statement: Statement::parse(&fields.bytes("statement", STATEMENT_BYTES_MAX)?)?,
        assertion: Assertion::from_value(fields.value("assertion")?)?,
        words,
        document: text(&mut fields, "document")?,
    };
    let code = text(&mut fields, "refused")?;
    fields.end()?;
    Ok((step, code))
}

fn write_in_force(in_force: &InForce) -> (Value, Value) {
    let number = |number: u64| Value::text(number.to_string());
    let parameters = in_force.effect.parameters.iter().map(|(name, text)| (name.as_str(), Value::text(text)));
    let parameters = ("parameters", Value::map(parameters));
    let mut body = vec![
        ("delay", number(in_force.effect.delay_ms)),
        ("people", number(in_force.signers.len() as u64)),
        ("power", Value::text(in_force.power.word())),
        ("teams", number(in_force.teams.into())),
        ("tier", Value::text(in_force.tier.word())),
        ("undo_needs", number(in_force.undo_needs.into())),
    ];
    body.extend(in_force.effect.until.map(|until| ("until", number(until.0))));
    body.extend(in_force.ground.as_ref().map(|ground| ("ground", Value::text(ground))));
    body.extend(in_force.document.as_ref().map(|document| ("document", Value::text(document))));
    let signers = in_force.signers.iter().map(|person| Value::text(person.to_string())).collect();
    let mut private = vec![("signers", Value::List(signers))];
    // Who joins or leaves is not for everybody; a label or a tier is.
    let place = if in_force.subject.kind == TargetKind::Account { &mut body } else { &mut private };
    place.push(parameters);
    (Value::map(body), Value::map(private))
}

fn write_outcome(outcome: &Outcome) -> Value {
    let always = [("power", Value::text(outcome.power.word())), ("tier", Value::text(outcome.tier.word()))];
    let moment = outcome.moment.map(|moment| ("moment", Value::text(moment.to_string())));
    let by_itself = outcome.by_itself.then(|| ("by_itself", Value::text("yes")));
    Value::map(always.into_iter().chain(moment).chain(by_itself))
}

fn write_rise(rise: &TierRise) -> Value {
    let because = match rise.because {
        Rise::Followers(followers) => ("followers", Value::text(followers.to_string())),
        Rise::Label => ("label", Value::text("given")),
    };
    Value::map([because, ("tier", Value::text(rise.tier.word()))])
}

fn read_rise(account: u64, value: &Value) -> Result<TierRise, Refusal> {
    let mut fields = Fields::open(WHAT, value)?;
    let tier = fields.read("tier", Tier::from_word)?;
    let because = match text(&mut fields, "label")? {
        Some(_) => Rise::Label,
        None => Rise::Followers(fields.number("followers")?),
    };
    fields.end()?;
    Ok(TierRise { account, tier, because })
}

fn write_started(started: &Started) -> Value {
    Value::map([
        ("binary", Value::text(hex::encode(&started.binary))),
        ("configuration", Value::text(hex::encode(&started.configuration))),
        ("version", Value::text(&started.version)),
    ])
}

fn read_started(value: &Value) -> Result<Started, Refusal> {
    let mut fields = Fields::open(WHAT, value)?;
    let started = Started {
        version: fields.read("version", |text| Some(text.to_owned()))?,
        binary: fields.hex("binary")?,
        configuration: fields.hex("configuration")?,
    };
    fields.end()?;
    Ok(started)
}

fn write_census(census: &Census) -> Value {
    let counts = census.counts.iter().map(|(name, count)| (name.as_str(), Value::text(count.to_string())));
    Value::map([("counts", Value::map(counts)), ("root", Value::text(hex::encode(&census.root)))])
}

fn read_census(value: &Value) -> Result<Census, Refusal> {
    let mut fields = Fields::open(WHAT, value)?;
    let counts = texts(fields.value("counts")?);
    let counts = counts
        .and_then(|counts| counts.into_iter().map(|(name, count)| Some((name, Millis::parse(&count)?.0))).collect());
    let counts = counts.ok_or_else(|| malformed(WHAT, "a count is no number"))?;
    let census = Census { root: fields.hex("root")?, counts };
    fields.end()?;
    Ok(census)
}

/// What was tried is for the owner, who tried it for auditors alone.
fn write_attempt(attempt: &Attempt) -> (Value, Value) {
    let body = [("code", Value::text(&attempt.code)), ("power", Value::text(attempt.power.word()))];
    (Value::map(body), Value::map([("person", Value::text(attempt.person.to_string()))]))
}

fn read_attempt(subject: Subject, body: &Value, private: &Value) -> Result<Attempt, Refusal> {
    let (mut body, mut hidden) = (Fields::open(WHAT, body)?, Fields::open(WHAT, private)?);
    let attempt = Attempt {
        person: hidden.read("person", PersonId::parse)?,
        power: body.read("power", Power::from_word)?,
        code: body.read("code", |code| Some(code.to_owned()))?,
        subject,
    };
    body.end()?;
    hidden.end()?;
    Ok(attempt)
}

/// A moment that may be absent.
fn moment(fields: &mut Fields<'_>, name: &str) -> Result<Option<Millis>, Refusal> {
    let found = fields.find(name).map(|value| value.as_text().and_then(Millis::parse));
    found.map(|moment| moment.ok_or_else(|| fields.wrong(name))).transpose()
}

/// A text that may be absent.
fn text(fields: &mut Fields<'_>, name: &str) -> Result<Option<String>, Refusal> {
    let found = fields.find(name).map(|value| value.as_text().map(str::to_owned));
    found.map(|text| text.ok_or_else(|| fields.wrong(name))).transpose()
}

/// Whether a field says yes, which is all it can say.
fn is_said(fields: &mut Fields<'_>, name: &str) -> Result<bool, Refusal> {
    match text(fields, name)?.as_deref() {
        None => Ok(false),
        Some("yes") => Ok(true),
        Some(_) => Err(fields.wrong(name)),
    }
}

/// An object of texts.
fn texts(value: &Value) -> Option<BTreeMap<String, String>> {
    value.as_map()?.iter().map(|(name, text)| Some((name.clone(), text.as_text()?.to_owned()))).collect()
}
