//! Every state that three people reach in five steps of one action, with the clock on both sides of each limit.
//!
//! Equal states are merged and refusals end a branch. Time costs no step: each state is also visited at every later moment of
//! the list. In each state what must always hold is asserted, against a model that knows entries and no rules.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use kw_ledger::Hash;

use super::world::{ADA, BEN, DAY, Draft, EVE, HOUR, MINUTE, START, cast, founding, key, later, proposal};
use crate::assertion::Checked;
use crate::entry::{Entry, InForce, Opened, Record, Turn};
use crate::fold::{Fold, Reach};
use crate::person::KeyId;
use crate::power::{Power, Tier, Verb};
use crate::statement::{ActionId, Statement};
use crate::step::{Asked, Event, Surroundings, Thresholds, change, step};
use crate::time::Millis;

const ACCOUNT: u64 = 50;
const DEPTH: usize = 5;
/// A first action, and one that takes it back or tries again.
const PROPOSALS_MAX: usize = 2;

/// Before, at and after yielding, the end of Ada's powers, the end of approvals, and a day after restoring.
const MOMENTS: [u64; 6] = [0, 30 * MINUTE, HOUR, 2 * HOUR, 2 * HOUR + 1, DAY];
/// Before, at and after the end of a break-glass, of a confirmed one, and of its budget.
const GLASS_MOMENTS: [u64; 4] = [0, 15 * MINUTE - 1, 15 * MINUTE, DAY];

#[derive(Clone)]
struct State {
    fold: Fold,
    now: Millis,
    /// The proposals so far, so that their words can be signed again.
    proposals: Vec<(ActionId, Rc<Statement>)>,
    model: Model,
    entries: Option<Rc<Link>>,
}

/// The entries that led here, newest first.
struct Link {
    entry: Entry,
    before: Option<Rc<Self>>,
}

/// Reaches as somebody would keep them who reads entries and knows no rules.
#[derive(Clone, Default)]
struct Model {
    effects: BTreeMap<ActionId, (Reach, Option<Millis>)>,
    denied: BTreeSet<ActionId>,
}

/// What one run of the exploration met.
#[derive(Debug, Default)]
struct Met {
    states: usize,
    refusals: BTreeMap<&'static str, usize>,
    hidden: usize,
}

struct Explorer {
    keys: [KeyId; 3],
    drafts: Rc<[Draft]>,
    met: Met,
    seen: BTreeSet<Hash>,
    queued: BTreeSet<Hash>,
}

#[test]
fn a_notable_account_is_never_hidden_but_by_two_people_in_power() {
    let met = explore(20_000, &[Power::TakeDown, Power::Restore], &MOMENTS);
    assert!(met.hidden > 0 && met.states > 1_000, "{met:?}");
    for code in [
        "same_person",
        "denied_it",
        "leaving",
        "expired",
        "already_open",
        "not_open",
        "own_proposal",
        "nothing_to_restore",
    ] {
        assert!(met.refusals.contains_key(code), "{code} in {met:?}");
    }
}

#[test]
fn a_protected_account_is_never_hidden_but_by_three_people_in_power() {
    let met = explore(2_000_000, &[Power::TakeDown, Power::Restore], &MOMENTS);
    assert!(met.hidden > 0 && met.states > 300, "{met:?}");
    assert!(met.refusals.contains_key("nobody_could"), "{met:?}");
}

#[test]
fn an_ordinary_account_is_hidden_for_minutes_by_one_and_for_longer_by_two() {
    let met = explore(3, &[Power::TakeDown, Power::BreakGlass], &GLASS_MOMENTS);
    assert!(met.hidden > 0 && met.states > 1_000, "{met:?}");
    for code in ["glass_spent", "not_enough", "stands_already", "not_in_force"] {
        assert!(met.refusals.contains_key(code), "{code} in {met:?}");
    }
}

fn explore(followers: u64, powers: &[Power], moments: &[u64]) -> Met {
    let draft = |power: &Power| match power {
        Power::TakeDown => Draft::over(*power, ACCOUNT).until(START.plus(7 * DAY)),
        Power::BreakGlass => Draft::over(*power, ACCOUNT).until(START.plus(DAY)),
        _ => Draft::over(*power, ACCOUNT),
    };
    let keys = [ADA, BEN, EVE].map(|person| key(person, 0).id);
    let mut explorer = Explorer {
        keys,
        drafts: powers.iter().map(draft).collect(),
        met: Met::default(),
        seen: BTreeSet::new(),
        queued: BTreeSet::new(),
    };
    let mut level = vec![beginning(followers)];
    for depth in 0..=DEPTH {
        let mut next = Vec::new();
        for state in level {
            let shape = state.fold.shape();
            for now in moments.iter().map(|offset| START.plus(*offset)).filter(|moment| *moment >= state.now) {
                if explorer.seen.insert(hash_of(&shape, now)) {
                    let state = State { now, ..state.clone() };
                    explorer.check(&state);
                    if depth < DEPTH {
                        explorer.follow(&state, &mut next);
                    }
                }
            }
        }
        level = next;
    }
    explorer.met
}

/// Ada's powers to hide end after an hour; Eve is of her team, and Ben leads the other.
fn beginning(followers: u64) -> State {
    let mut people = cast();
    people[0].ends = Some(START.plus(14 * DAY).plus(HOUR));
    let state =
        State { fold: Fold::default(), now: START, proposals: Vec::new(), model: Model::default(), entries: None };
    let state = state.after(&Event::Found(Box::new(founding(people)))).expect("it can be founded");
    let counted = Event::FollowersCounted { account: ACCOUNT, followers, from: Thresholds::default() };
    state.after(&counted).expect("counting is never refused")
}

fn hash_of(shape: &[u8], now: Millis) -> Hash {
    Hash::of(&[shape, &now.0.to_be_bytes()])
}

impl Explorer {
    /// Everything that anybody could do here.
    fn follow(&mut self, state: &State, next: &mut Vec<State>) {
        let begun = next.len();
        next.extend(state.after(&Event::Tick));
        let rises = Event::FollowersCounted { account: ACCOUNT, followers: 1_000_000, from: Thresholds::default() };
        next.extend(state.after(&rises));
        let action = ActionId(state.proposals.len() as u128 + 1);
        let drafts = Rc::clone(&self.drafts);
        let proposals: Vec<_> =
            drafts.iter().map(|draft| proposal(&state.fold, state.now, action, KeyId([0; 32]), draft)).collect();
        for key in self.keys {
            for (number, draft) in drafts.iter().enumerate().filter(|_| state.proposals.len() < PROPOSALS_MAX) {
                self.sign(state, Statement { signer: key, ..proposals[number].clone() }, Some(draft), next);
            }
            for (_, words) in &state.proposals {
                for verb in Verb::ALL.iter().filter(|verb| **verb != Verb::Propose) {
                    self.sign(state, later(words, *verb, key, state.now), None, next);
                }
            }
        }
        let new = next.split_off(begun);
        next.extend(new.into_iter().filter(|state| self.queued.insert(hash_of(&state.fold.shape(), state.now))));
    }

    fn sign(&mut self, state: &State, mut statement: Statement, draft: Option<&Draft>, next: &mut Vec<State>) {
        statement.seen.size = state.fold.size();
        let around = Surroundings { seen_root: Some(statement.seen.root), target_exists: true };
        let words = draft.map(|draft| Opened::Here(draft.words()));
        let asked = Asked { checked: Checked::unchecked(statement.clone()), words, document: None, around };
        match state.after(&Event::Step(Box::new(asked))) {
            Ok(mut after) => {
                if draft.is_some() {
                    after.proposals.push((statement.action, Rc::new(statement)));
                }
                next.push(after);
            }
            Err(code) => *self.met.refusals.entry(code).or_default() += 1,
        }
    }

    /// What must hold in every state.
    fn check(&mut self, state: &State) {
        self.met.states += 1;
        let reach = state.fold.standing(ACCOUNT, state.now).reach;
        self.met.hidden += usize::from(reach > Reach::Clear);
        assert_eq!(reach, state.model.reach(state.now), "the standing is what the entries explain");
        for (action, _) in state.fold.cases() {
            assert!(!state.fold.is_closed(action), "nothing closed is open");
        }
        let hiding: Vec<_> = state.fold.forces(ACCOUNT, state.now).map(|(action, _)| action).collect();
        for action in hiding {
            assert!(!state.fold.is_closed(action), "nothing closed is in force");
            self.one_undoes(state, action);
        }
        if self.met.states.is_multiple_of(97) {
            state.is_replayed();
        }
    }

    /// Anybody can take back what is in force, alone.
    fn one_undoes(&self, state: &State, action: ActionId) {
        let (_, words) = state.proposals.iter().find(|(known, _)| *known == action).expect("it was proposed");
        for key in &self.keys {
            let mut statement = later(words, Verb::Undo, *key, state.now);
            statement.seen.size = state.fold.size();
            let around = Surroundings { seen_root: Some(statement.seen.root), target_exists: true };
            let asked = Asked { checked: Checked::unchecked(statement), words: None, document: None, around };
            let after = state.after(&Event::Step(Box::new(asked))).expect("one person undoes");
            assert!(after.fold.force(action).is_none());
        }
    }
}

impl State {
    /// The state after an event; the code of its refusal otherwise.
    fn after(&self, event: &Event) -> Result<Self, &'static str> {
        let entries = step(&self.fold, event, self.now).map_err(|refusal| refusal.code)?;
        let refused = crate::step::refusal_in(&entries);
        let mut after = self.clone();
        for entry in entries {
            after.model.read(&entry, &self.fold);
            after.fold.apply(after.fold.size(), &entry).expect("what step made can be applied");
            after.entries = Some(Rc::new(Link { entry, before: after.entries.take() }));
        }
        refused.map_or(Ok(after), |refusal| Err(refusal.code))
    }

    /// The entries alone give this fold back, and so does its snapshot.
    fn is_replayed(&self) {
        let links = std::iter::successors(self.entries.as_ref(), |link| link.before.as_ref());
        let mut entries: Vec<_> = links.map(|link| &link.entry).collect();
        entries.reverse();
        let mut fold = Fold::default();
        for entry in entries {
            fold.apply(fold.size(), entry).expect("it was applied before");
        }
        assert_eq!(fold, self.fold);
        assert_eq!(Fold::from_bytes(&self.fold.to_bytes()).as_ref(), Some(&self.fold));
    }
}

impl Model {
    fn reach(&self, now: Millis) -> Reach {
        let holding = self.effects.values().filter(|(_, ends)| ends.is_none_or(|ends| now < ends));
        holding.map(|(reach, _)| *reach).max().unwrap_or(Reach::Clear)
    }

    /// Learns from an entry; `fold` is that of the entries before its batch.
    fn read(&mut self, entry: &Entry, fold: &Fold) {
        match &entry.record {
            Record::InForce(in_force) => {
                assert!(!fold.is_closed(in_force.action), "a closed action takes no effect");
                assert!(!self.denied.contains(&in_force.action), "a denied action takes no effect");
                if in_force.power.hides() {
                    may_hide(in_force, fold, entry.time);
                    let reach = change::reach(in_force.power, &in_force.effect);
                    self.effects.insert(in_force.action, (reach, in_force.effect.until));
                }
            }
            Record::Outcome(outcome) => match outcome.turn {
                Turn::Undone | Turn::Lapsed => {
                    self.effects.remove(&outcome.action);
                }
                Turn::Confirmed => {
                    self.effects.entry(outcome.action).and_modify(|effect| effect.1 = outcome.moment);
                }
                Turn::Denied => {
                    self.denied.insert(outcome.action);
                }
                Turn::Scheduled | Turn::Cancelled | Turn::Expired | Turn::Stale => {}
            },
            _ => {}
        }
    }
}

/// The claim: so many different people, none of them leaving, and two teams. Said here once more, without the policy.
fn may_hide(in_force: &InForce, fold: &Fold, now: Millis) {
    let least = match in_force.tier {
        Tier::Ordinary => 1,
        Tier::Notable => 2,
        Tier::Protected => 3,
    };
    let people: BTreeSet<_> = in_force.signers.iter().collect();
    assert_eq!(people.len(), in_force.signers.len(), "each counts once");
    assert!(people.len() >= least, "{in_force:?}");
    let people: Vec<_> = people.iter().map(|person| &fold.member(**person).expect("they are there").person).collect();
    for person in &people {
        assert!(person.is_employed_at(now) && !person.has_leaving_limits_at(now), "{person:?}");
    }
    let teams: BTreeSet<_> = people.iter().map(|person| &person.team).collect();
    assert!(in_force.tier == Tier::Ordinary || teams.len() >= 2, "{in_force:?}");
    assert_eq!(teams.len(), in_force.teams as usize);
    let lone = in_force.effect.until.is_some_and(|until| until.since(now) <= DAY);
    assert!(people.len() >= 2 || lone, "alone only for a day: {in_force:?}");
}
