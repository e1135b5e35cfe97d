//! A small house to try rules in: people, their keys, a clock, and a ledger that grows.

use std::collections::BTreeMap;

use kw_ledger::{Frontier, Leaf, leaf_hash};

use crate::assertion::{Checked, RelyingParty};
use crate::authenticator::{Authenticator, Backup, Counting};
use crate::entry::leaf::{Openings, encode};
use crate::entry::{Committed, Entry, Founding, Opened, Reason, Record, Subject, Turn, Words};
use crate::fold::{Fold, Reach};
use crate::key::StaffKey;
use crate::person::{KeyId, Person, PersonId, Role, Team};
use crate::policy::Policy;
use crate::power::{Power, Tier, Verb};
use crate::refusal::Refusal;
use crate::replay::{Replay, Replayed, Wrong};
use crate::statement::{ActionId, Effect, Seen, Statement, Target};
use crate::step::{Asked, Event, Surroundings, Thresholds, step};
use crate::time::Millis;

pub(super) const MINUTE: u64 = Millis::MINUTE;
pub(super) const HOUR: u64 = Millis::HOUR;
pub(super) const DAY: u64 = Millis::DAY;

/// When every test begins.
pub(super) const START: Millis = Millis(1_800_000_000_000);
/// A person of each house, by number.
pub(super) const ADA: PersonId = PersonId(1);
pub(super) const BEN: PersonId = PersonId(2);
pub(super) const EVE: PersonId = PersonId(3);
pub(super) const DAN: PersonId = PersonId(4);

/// A house and its ledger.
pub(super) struct World {
    pub(super) fold: Fold,
    pub(super) log: Vec<(Leaf, Openings)>,
    pub(super) entries: Vec<Entry>,
    pub(super) now: Millis,
    roots: Vec<[u8; 32]>,
    frontier: Frontier,
    chance: u64,
    proposals: BTreeMap<ActionId, Statement>,
    /// Real keys, for those who sign for real.
    pub(super) authenticators: BTreeMap<PersonId, Authenticator>,
}

/// A proposal before it is signed.
#[derive(Clone)]
pub(super) struct Draft {
    pub(super) power: Power,
    pub(super) subject: Subject,
    pub(super) effect: Effect,
    pub(super) undo_needs: u8,
    pub(super) ground: &'static str,
    pub(super) document: Option<String>,
}

pub(super) fn party() -> RelyingParty {
    RelyingParty { id: "localhost".to_owned(), origin: "http://localhost:4000".to_owned() }
}

pub(super) fn authenticator(person: PersonId, number: u8) -> Authenticator {
    let seed = [person.0 as u8 * 16 + number; 32];
    Authenticator::from_seed(&seed, Backup::DeviceBound, Counting::Never)
}

pub(super) fn key(person: PersonId, number: u8) -> StaffKey {
    let enrolment = authenticator(person, number).create(&[7; 32], &party());
    enrolment.check(&[7; 32], &party()).expect("it was made for this").into_key(person)
}

pub(super) fn person(id: PersonId, roles: &[Role], team: &str) -> Person {
    Person {
        id,
        tag: [id.0 as u8; 32],
        pseudonym: format!("Colleague {id}"),
        roles: roles.iter().copied().collect(),
        team: Team::new(team).expect("a plain name"),
        starts: START.minus(30 * DAY),
        ends: None,
    }
}

/// Three people of two teams; Ben leads.
pub(super) fn cast() -> Vec<Person> {
    vec![
        person(ADA, &[Role::Moderator], "care"),
        person(BEN, &[Role::TrustLead], "trust"),
        person(EVE, &[Role::Moderator, Role::Security], "care"),
    ]
}

pub(super) fn founding(people: Vec<Person>) -> Founding {
    let policy = Policy::default_text();
    Founding {
        origin: "example.org/ledger".to_owned(),
        log_key: "example.org/ledger+1+key".to_owned(),
        relying_party: party(),
        floor: Policy::parse(policy.as_bytes()).expect("the default policy").floor_hash(),
        made_up_floor: None,
        policy: policy.to_owned(),
        keys: people.iter().map(|person| key(person.id, 0)).collect(),
        people,
        witnesses: Vec::new(),
    }
}

impl Draft {
    pub(super) fn of(power: Power, subject: Subject) -> Self {
        let effect = Effect::default();
        Self { power, subject, effect, undo_needs: 1, ground: "terms", document: None }
    }

    pub(super) fn over(power: Power, account: u64) -> Self {
        Self::of(power, Subject::account(account))
    }

    pub(super) fn until(mut self, until: Millis) -> Self {
        self.effect.until = Some(until);
        self
    }

    pub(super) fn after(mut self, delay_ms: u64) -> Self {
        self.effect.delay_ms = delay_ms;
        self
    }

    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        self.effect.parameters.insert(name.to_owned(), value.to_owned());
        self
    }

    pub(super) fn undone_by_two(mut self) -> Self {
        self.undo_needs = 2;
        self.ground = "hijack";
        self
    }

    pub(super) fn words(&self) -> Words {
        let reason = Reason {
            ground: self.ground.to_owned(),
            reference: String::new(),
            explanation: "As the report says.".to_owned(),
        };
        Words {
            reason: Committed { salt: [1; 32], bytes: reason.to_bytes() },
            facts: Committed { salt: [2; 32], bytes: b"{}".to_vec() },
            card: b"card".to_vec(),
        }
    }
}

impl World {
    /// The house of [`cast`].
    pub(super) fn new() -> Self {
        Self::of(cast())
    }

    pub(super) fn of(people: Vec<Person>) -> Self {
        let mut world = Self {
            fold: Fold::default(),
            log: Vec::new(),
            entries: Vec::new(),
            now: START,
            roots: vec![*Frontier::new().root().as_bytes()],
            frontier: Frontier::new(),
            chance: 0,
            proposals: BTreeMap::new(),
            authenticators: BTreeMap::new(),
        };
        world.happen(&Event::Found(Box::new(founding(people)))).expect("it can be founded");
        world
    }

    /// Lets time pass.
    pub(super) fn pass(&mut self, millis: u64) {
        self.now = self.now.plus(millis);
    }

    /// Lets time pass, and closes what is over by then.
    pub(super) fn pass_and_tick(&mut self, millis: u64) {
        self.pass(millis);
        while !self.happen(&Event::Tick).expect("a tick is never refused").is_empty() {}
    }

    /// Asks for an event and appends what follows.
    pub(super) fn happen(&mut self, event: &Event) -> Result<Vec<Entry>, Refusal> {
        let entries = step(&self.fold, event, self.now)?;
        for entry in &entries {
            self.fold.apply(self.fold.size(), entry).expect("what step made can be applied");
            let chance = &mut self.chance;
            let mut salt = || {
                *chance += 1;
                let mut salt = [0; 32];
                salt[..8].copy_from_slice(&chance.to_be_bytes());
                salt
            };
            let (leaf, openings) = encode(entry, &mut salt).expect("an entry makes a leaf");
            self.frontier.push(leaf_hash(&leaf.to_bytes().expect("a leaf has its form")));
            self.roots.push(*self.frontier.root().as_bytes());
            self.log.push((leaf, openings));
            self.entries.push(entry.clone());
        }
        Ok(entries)
    }

    /// The statement that `person` would sign to propose `draft`, as the page has it now.
    pub(super) fn proposal(&mut self, person: PersonId, draft: &Draft) -> Statement {
        self.chance += 1;
        let action = ActionId(u128::from(self.chance) << 64 | 1);
        let statement = proposal(&self.fold, self.now, action, key(person, 0).id, draft);
        Statement { seen: self.seen(), ..statement }
    }

    pub(super) fn seen(&self) -> Seen {
        let size = self.fold.size();
        Seen { size, root: self.roots[size as usize] }
    }

    pub(super) fn propose(&mut self, person: PersonId, draft: &Draft) -> Result<ActionId, Refusal> {
        let statement = self.proposal(person, draft);
        self.propose_as(statement, draft)
    }

    /// Signs exactly this proposal.
    pub(super) fn propose_as(&mut self, statement: Statement, draft: &Draft) -> Result<ActionId, Refusal> {
        let action = statement.action;
        self.sign(statement.clone(), Some(draft))?;
        self.proposals.insert(action, statement);
        Ok(action)
    }

    /// The statement for a later step of an action.
    pub(super) fn next_step(&self, person: PersonId, verb: Verb, action: ActionId) -> Statement {
        let proposal = &self.proposals[&action];
        Statement { seen: self.seen(), ..later(proposal, verb, key(person, 0).id, self.now) }
    }

    pub(super) fn act(&mut self, person: PersonId, verb: Verb, action: ActionId) -> Result<(), Refusal> {
        let statement = self.next_step(person, verb, action);
        self.sign(statement, None)
    }

    pub(super) fn approve(&mut self, person: PersonId, action: ActionId) -> Result<(), Refusal> {
        self.act(person, Verb::Approve, action)
    }

    pub(super) fn sign(&mut self, statement: Statement, draft: Option<&Draft>) -> Result<(), Refusal> {
        let signer = self.fold.key(&statement.signer).map(|held| held.key.clone());
        let real = signer.as_ref().and_then(|key| self.authenticators.get_mut(&key.person));
        let checked = match (real, &signer) {
            (Some(real), Some(key)) => {
                let signed = real.sign(statement.to_bytes(), &party());
                crate::assertion::check(signed, key, &party())?
            }
            _ => Checked::unchecked(statement),
        };
        let around = Surroundings {
            seen_root: self.roots.get(checked.statement().seen.size as usize).copied(),
            target_exists: true,
        };
        let words = draft.map(|draft| Opened::Here(draft.words()));
        let document = draft.and_then(|draft| draft.document.clone());
        let entries = self.happen(&Event::Step(Box::new(Asked { checked, words, document, around })))?;
        crate::step::refusal_in(&entries).map_or(Ok(()), Err)
    }

    pub(super) fn reach(&self, account: u64) -> Reach {
        self.fold.standing(account, self.now).reach
    }

    pub(super) fn count_followers(&mut self, account: u64, followers: u64) {
        let from = Thresholds::default();
        self.happen(&Event::FollowersCounted { account, followers, from }).expect("counting is never refused");
    }

    pub(super) fn notable(&mut self) -> u64 {
        self.count_followers(50, 20_000);
        50
    }

    pub(super) fn protected(&mut self) -> u64 {
        self.count_followers(90, 41_700_000);
        90
    }

    /// The turns that the newest entries record, and `in_force` where something took effect.
    pub(super) fn turns_since(&self, size: usize) -> Vec<Option<Turn>> {
        let turn = |entry: &Entry| match &entry.record {
            Record::Outcome(outcome) => Some(Some(outcome.turn)),
            Record::InForce(_) => Some(None),
            _ => None,
        };
        self.entries[size..].iter().filter_map(turn).collect()
    }

    /// Replays the whole ledger, believing signatures.
    pub(super) fn replay(&self) -> Result<Replayed, Wrong> {
        replay(Replay::trusting(), &self.log)
    }
}

pub(super) fn replay(mut replay: Replay, log: &[(Leaf, Openings)]) -> Result<Replayed, Wrong> {
    for (leaf, openings) in log {
        replay.push(leaf, openings)?;
    }
    replay.finish()
}

/// The statement of a proposal against a fold; `seen` is made up.
pub(super) fn proposal(fold: &Fold, now: Millis, action: ActionId, signer: KeyId, draft: &Draft) -> Statement {
    let house = fold.house().expect("it is founded");
    let (standing, tier) = fold.target(&draft.subject).unwrap_or((0, Tier::Ordinary));
    let words = draft.words();
    Statement {
        step: Verb::Propose,
        log: house.origin.clone(),
        log_key: house.log_key.clone(),
        founding: house.founding,
        action,
        power: draft.power,
        targets: vec![Target {
            kind: draft.subject.kind,
            id: draft.subject.id.clone(),
            standing,
            tier,
            card: *kw_ledger::Hash::of(&[&words.card]).as_bytes(),
        }],
        effect: draft.effect.clone(),
        undo_needs: draft.undo_needs,
        reason: words.reason.commitment("reason"),
        facts: words.facts.commitment("facts"),
        policy: house.policy_hash,
        signer,
        seen: Seen { size: fold.size(), root: [9; 32] },
        valid_until: now.plus(10 * MINUTE),
        execute_by: now.plus(draft.effect.delay_ms).plus(DAY),
    }
}

/// The same words for a later step.
pub(super) fn later(proposal: &Statement, verb: Verb, signer: KeyId, now: Millis) -> Statement {
    Statement { step: verb, signer, valid_until: now.plus(10 * MINUTE), ..proposal.clone() }
}

/// The code of a refusal.
pub(super) fn code<T: std::fmt::Debug>(answer: Result<T, Refusal>) -> &'static str {
    answer.expect_err("it is refused").code
}
