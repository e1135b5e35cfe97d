//! Long runs of several people at random over several targets, with changes of roster, keys and policy between, and a crash
//! with a restart from a snapshot at every step.
//!
//! A seed repeats a run. Nobody is honest here: everybody tries everything; what holds is what the rules hold.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::world::{ADA, BEN, DAN, DAY, Draft, EVE, HOUR, MINUTE, START, World, cast, key, person};
use crate::entry::{Entry, Record, Subject, Turn};
use crate::fold::{Fold, Reach, State};
use crate::person::{PersonId, Role};
use crate::policy::Policy;
use crate::policy::question::Mode;
use crate::power::{Power, Tier, Verb};
use crate::statement::{ActionId, TargetKind};
use crate::step::{Event, change};
use crate::time::Millis;

/// How many things are tried in one run.
const STEPS: usize = 160;

/// A seeded sequence of choices (xorshift64*): small, and the same on every machine.
struct Chance(u64);

impl Chance {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 33) as usize % limit
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

/// A run, and what somebody keeps of it who reads entries and knows no rules.
struct Run {
    world: World,
    chance: Chance,
    actions: Vec<ActionId>,
    effects: BTreeMap<ActionId, (u64, Reach, Option<Millis>)>,
    closed: BTreeSet<ActionId>,
    read: usize,
    /// An older snapshot, from which a restart reads on.
    snapshot: (usize, Vec<u8>),
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn no_run_ends_in_a_standing_that_the_ledger_does_not_explain(seed in 1_u64.., founders in 1_usize..=4) {
        let mut run = Run::new(seed, founders);
        for _ in 0..STEPS {
            run.happen();
            run.restart();
            run.check();
        }
        let replayed = run.world.replay().expect("every rule was kept");
        prop_assert_eq!(&replayed.fold, &run.world.fold);
        prop_assert_eq!((replayed.erased, replayed.unproven), (0, 0));
    }
}

impl Run {
    fn new(seed: u64, founders: usize) -> Self {
        let mut people = cast();
        people.push(person(DAN, &[Role::TrustLead, Role::Moderator], "trust"));
        people[0].roles.insert(Role::TrustLead);
        people.truncate(founders);
        if founders == 4 {
            people[2].ends = Some(START.plus(14 * DAY).plus(6 * HOUR));
        }
        let world = World::of(people);
        let snapshot = (1, world.fold.to_bytes());
        Self {
            world,
            chance: Chance(seed),
            actions: Vec::new(),
            effects: BTreeMap::new(),
            closed: BTreeSet::new(),
            read: 0,
            snapshot,
        }
    }

    /// Somebody tries something. Most of it is refused.
    fn happen(&mut self) {
        let person = self.chance.of(&[ADA, BEN, EVE, DAN]);
        match self.chance.below(20) {
            0..=6 => self.propose(person),
            7..=14 if !self.actions.is_empty() => {
                let newest = self.actions.len().min(4);
                let action = self.actions[self.actions.len() - 1 - self.chance.below(newest)];
                let verb = self.chance.of(&[
                    Verb::Approve,
                    Verb::Approve,
                    Verb::Approve,
                    Verb::Fire,
                    Verb::Undo,
                    Verb::Cancel,
                    Verb::Deny,
                    Verb::Confirm,
                ]);
                drop(self.world.act(person, verb, action));
            }
            15 | 16 => {
                let wait = self.chance.of(&[1, MINUTE, 15 * MINUTE, 30 * MINUTE, 2 * HOUR, DAY, 3 * DAY, 7 * DAY]);
                self.world.pass_and_tick(wait);
            }
            17 => {
                let (account, followers) = (self.account(), self.chance.of(&[0, 9_999, 10_000, 1_000_000]));
                self.world.count_followers(account, followers);
            }
            18 => {
                let gone = Event::TargetGone(Subject::account(self.account()));
                self.world.happen(&gone).expect("never refused");
            }
            _ => self.world.pass(self.chance.of(&[1, MINUTE, HOUR])),
        }
        if self.chance.below(3) == 0 {
            self.fire_what_is_due(person);
        }
    }

    /// What waits is easily missed at random.
    fn fire_what_is_due(&mut self, person: PersonId) {
        let is_due = |state| matches!(state, State::Scheduled { from, .. } if from <= self.world.now);
        let due: Vec<_> =
            self.world.fold.cases().filter(|(_, case)| is_due(case.state)).map(|(action, _)| action).collect();
        for action in due {
            drop(self.world.act(person, Verb::Fire, action));
        }
    }

    fn account(&mut self) -> u64 {
        self.chance.of(&[1, 2, 3, 4])
    }

    fn propose(&mut self, person: PersonId) {
        let draft = if self.chance.below(4) == 0 { self.about_the_house() } else { self.about_an_account() };
        let Ok(action) = self.world.propose(person, &draft) else { return };
        self.actions.push(action);
        // Colleagues often agree; at random they hardly would.
        if self.chance.below(3) == 0 {
            for colleague in [ADA, BEN, EVE, DAN] {
                drop(self.world.approve(colleague, action));
            }
        }
    }

    fn about_an_account(&mut self) -> Draft {
        let now = self.world.now;
        let power = self.chance.of(&[
            Power::TakeDown,
            Power::Limit,
            Power::BreakGlass,
            Power::StepUp,
            Power::Restore,
            Power::LabelAdd,
            Power::LabelRemove,
            Power::TierUp,
            Power::TierDown,
            Power::Rename,
        ]);
        let draft = Draft::over(power, self.account());
        let draft = match power {
            Power::TakeDown | Power::Limit => {
                let wait = self.chance.of(&[0, 0, DAY, 3 * DAY]);
                let draft = draft.after(wait);
                match self.chance.of(&[HOUR, DAY, 8 * DAY, 0]) {
                    0 => draft,
                    length => draft.until(now.plus(wait).plus(length)),
                }
            }
            Power::BreakGlass => draft.until(now.plus(HOUR)),
            Power::StepUp => draft.until(now.plus(30 * MINUTE)),
            Power::LabelAdd => draft.with("label", "press"),
            Power::LabelRemove => draft.with("label", "press").after(7 * DAY),
            Power::TierUp => draft.with("tier", "protected"),
            Power::TierDown => draft.with("tier", "notable").after(7 * DAY),
            Power::Rename => {
                let account = draft.subject.account_id().unwrap_or_default();
                let from = self.world.fold.account(account).handle.clone().unwrap_or_else(|| "gull".to_owned());
                let wait = self.chance.of(&[0, 3 * DAY]);
                draft.after(wait).with("from", &from).with("handle", self.chance.of(&["tern", "petrel", "gull"]))
            }
            _ => draft,
        };
        if power == Power::TakeDown && self.chance.below(3) == 0 { draft.undone_by_two() } else { draft }
    }

    fn about_the_house(&mut self) -> Draft {
        let id = self.chance.of(&[ADA, BEN, EVE, DAN]);
        let now = self.world.now;
        let wait = self.chance.of(&[DAY, 3 * DAY]);
        match self.chance.below(6) {
            0 => Draft::of(Power::RosterNarrow, Subject::person(id)).with("ends", &now.plus(14 * DAY).to_string()),
            1 => Draft::of(Power::RosterNarrow, Subject::person(id)).with("roles", "moderator"),
            2 => Draft::of(Power::RosterWiden, Subject::person(id))
                .with("ends", "")
                .with("roles", "moderator,trust_lead")
                .after(wait),
            3 if self.world.fold.member(id).is_none() => {
                let mut draft = Draft::of(Power::RosterWiden, Subject::person(id)).after(wait);
                draft.effect.parameters = change::person_parameters(&person(id, &[Role::Moderator], "trust"));
                draft
            }
            3 | 4 => {
                let key = key(id, self.chance.of(&[0, 1]));
                let mut draft =
                    Draft::of(Power::KeyEnrol, Subject { kind: TargetKind::Key, id: key.id.to_string() }).after(wait);
                draft.effect.parameters = change::key_parameters(&key);
                draft
            }
            _ => {
                let text = format!("{}\n// Edition {}.\n", Policy::default_text(), self.chance.below(3));
                let id = kw_ledger::Hash::of(&[text.as_bytes()]).to_string();
                let mut draft = Draft::of(Power::Policy, Subject { kind: TargetKind::Policy, id }).after(wait);
                draft.document = Some(text);
                draft
            }
        }
    }

    /// The process dies here: what was appended is all there is. A start reads an older snapshot and what came after it.
    fn restart(&mut self) {
        let (size, bytes) = &self.snapshot;
        let mut fold = Fold::from_bytes(bytes).expect("this version wrote it");
        for entry in &self.world.entries[*size..] {
            fold.apply(fold.size(), entry).expect("it was appended");
        }
        assert_eq!(fold, self.world.fold);
        if self.world.entries.len() >= size + 16 {
            self.snapshot = (self.world.entries.len(), fold.to_bytes());
        }
        self.world.fold = fold;
    }

    fn check(&mut self) {
        for entry in &self.world.entries[self.read..].to_vec() {
            self.read(entry);
        }
        self.read = self.world.entries.len();
        for account in 1..=4 {
            let holding = self
                .effects
                .values()
                .filter(|(of, _, ends)| *of == account && ends.is_none_or(|ends| self.world.now < ends));
            let explained = holding.map(|(_, reach, _)| *reach).max().unwrap_or(Reach::Clear);
            assert_eq!(self.world.reach(account), explained, "account {account}");
        }
        for (action, _) in self.world.fold.cases() {
            assert!(!self.closed.contains(&action), "nothing closed is open");
        }
    }

    fn read(&mut self, entry: &Entry) {
        match &entry.record {
            Record::InForce(in_force) => {
                assert!(!self.closed.contains(&in_force.action), "nothing closed takes effect");
                let people: BTreeSet<_> = in_force.signers.iter().collect();
                assert_eq!(people.len(), in_force.signers.len(), "each counts once");
                if in_force.power.hides() {
                    // Solo's other door is the only one by which one person hides what is notable.
                    let is_solo = self.world.fold.people().count() == 1 && in_force.effect.delay_ms >= 3 * DAY;
                    let enough = match in_force.tier {
                        Tier::Ordinary => !people.is_empty(),
                        Tier::Notable => people.len() >= 2 || is_solo,
                        Tier::Protected => people.len() >= 3,
                    };
                    assert!(enough, "{in_force:?}");
                    let account = in_force.subject.account_id().expect("an account is hidden");
                    let reach = change::reach(in_force.power, &in_force.effect);
                    self.effects.insert(in_force.action, (account, reach, in_force.effect.until));
                }
            }
            Record::Outcome(outcome) => match outcome.turn {
                Turn::Scheduled => {}
                Turn::Confirmed => {
                    self.effects.entry(outcome.action).and_modify(|effect| effect.2 = outcome.moment);
                }
                _ => {
                    self.effects.remove(&outcome.action);
                    self.closed.insert(outcome.action);
                }
            },
            _ => {}
        }
    }
}

/// Some runs must reach what they are there for.
#[test]
fn runs_reach_effects_changes_of_the_house_and_every_mode() {
    let mut kinds = BTreeSet::new();
    let mut modes = BTreeSet::new();
    for seed in 1..=40 {
        let mut run = Run::new(seed * 0x9e37_79b9, 1 + seed as usize % 4);
        for _ in 0..STEPS {
            run.happen();
            modes.insert(run.world.fold.mode(run.world.now));
        }
        kinds.extend(run.world.entries.iter().filter_map(|entry| match &entry.record {
            Record::InForce(in_force) => Some(in_force.power),
            _ => None,
        }));
    }
    for power in [
        Power::TakeDown,
        Power::Limit,
        Power::BreakGlass,
        Power::StepUp,
        Power::Restore,
        Power::LabelAdd,
        Power::Rename,
        Power::RosterNarrow,
    ] {
        assert!(kinds.contains(&power), "{power} in {kinds:?}");
    }
    assert!(kinds.iter().filter(|power| power.is_over_the_house()).count() >= 3, "{kinds:?}");
    assert!(modes.contains(&Mode::Solo) && modes.contains(&Mode::Pair) && modes.contains(&Mode::Team), "{modes:?}");
}
