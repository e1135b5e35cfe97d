//! What each entry changes.

use std::sync::Arc;

use super::Fold;
use super::account::{Force, Hidden, Reach};
use super::case::{Case, Signature, State};
use super::house::House;
use super::roster::{HeldKey, Member};
use crate::entry::{
    Attempt, Entry, Founding, InForce, Kind, Opened, Outcome, Record, SignedStep, Subject, TierRise, Turn,
};
use crate::person::PersonId;
use crate::power::{Label, Power, Tier};
use crate::statement::{ActionId, Effect, Statement};
use crate::step::change;
use crate::time::Millis;

/// Why an entry cannot follow the entries before it. Never happens to what `step` made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Broken {
    /// Not the next entry.
    #[error("entry {found} came where entry {expected} was expected")]
    OutOfOrder {
        /// The next one's index.
        expected: u64,
        /// What came.
        found: u64,
    },
    /// Earlier than the entry before it.
    #[error("its time is earlier than that of the entry before it")]
    TimeFell,
    /// The first entry is no founding, or a later one is.
    #[error("a ledger has one founding, and it comes first")]
    Founding,
    /// It names something that is not there.
    #[error("it names {0}, which the entries before it do not have")]
    Unknown(&'static str),
    /// It cannot be what it says it is.
    #[error("{0}")]
    Senseless(&'static str),
}

impl Fold {
    /// Records the next entry. On an error the fold must not be used further: what follows would not be explained.
    pub fn apply(&mut self, index: u64, entry: &Entry) -> Result<(), Broken> {
        if index != self.size {
            return Err(Broken::OutOfOrder { expected: self.size, found: index });
        }
        if entry.time < self.time {
            return Err(Broken::TimeFell);
        }
        if (index == 0) != matches!(entry.record, Record::Founded(_)) {
            return Err(Broken::Founding);
        }
        let at = At { index, time: entry.time };
        match &entry.record {
            Record::Founded(founding) => self.found(entry, founding)?,
            Record::Step(step) => self.record_step(at, step)?,
            Record::InForce(in_force) => self.put_in_force(at, in_force)?,
            Record::Outcome(outcome) => self.turn(at, outcome)?,
            Record::TierRose(rise) => self.raise(rise),
            Record::Census(_) => self.forget(entry.time),
            Record::Attempt(attempt) => {
                let tried = self.attempts.entry(attempt.subject.as_one_matter(&Effect::default())).or_default();
                tried.insert((attempt.person, attempt.power), entry.time);
            }
            Record::RefusedStep(_) | Record::Started(_) | Record::OwnerState(_) => {}
            Record::Erased { kind, action } => self.close_erased(at, *kind, *action),
        }
        self.size += 1;
        self.time = entry.time;
        Ok(())
    }

    fn found(&mut self, entry: &Entry, founding: &Founding) -> Result<(), Broken> {
        let policy = House::read_policy(founding.made_up_floor.as_deref(), &founding.policy);
        let policy = policy.map_err(|_| Broken::Senseless("its policy is none"))?;
        self.house = Some(Arc::new(House {
            founding: crate::entry::leaf::founding_hash(entry).map_err(|_| Broken::Senseless("it makes no leaf"))?,
            origin: founding.origin.clone(),
            log_key: founding.log_key.clone(),
            relying_party: founding.relying_party.clone(),
            made_up_floor: founding.made_up_floor.clone(),
            witnesses: founding.witnesses.clone(),
            policy_text: founding.policy.clone(),
            policy_hash: policy.hash(),
            policy: Arc::new(policy),
            policy_index: 0,
        }));
        for person in &founding.people {
            self.people.insert(person.id, Member { person: person.clone(), joined: None, changed: 0 });
        }
        for key in &founding.keys {
            self.keys.insert(key.id, HeldKey { key: key.clone(), enrolled: 0, ended: None, counter: 0 });
        }
        Ok(())
    }

    fn record_step(&mut self, at: At, step: &SignedStep) -> Result<(), Broken> {
        use crate::power::Verb;
        let statement = &step.statement;
        let held = self.keys.get_mut(&statement.signer).ok_or(Broken::Unknown("a key"))?;
        held.counter = held.counter.max(step.counter());
        let signature = Signature { person: held.key.person, key: statement.signer };
        match statement.step {
            Verb::Propose => {
                let case =
                    Case::of(at.index, at.time, step, signature).ok_or(Broken::Senseless("it is about nothing"))?;
                self.open.insert(statement.action, case);
            }
            Verb::Approve => match self.open.get_mut(&statement.action) {
                Some(case) => case.signers.push(signature),
                None => self.known_or_erased("an open action")?,
            },
            Verb::Deny => match self.open.get(&statement.action) {
                Some(case) => {
                    let matter = case.matter_subject();
                    self.denials.entry(matter).or_default().insert(signature.person, at.time);
                }
                None => self.known_or_erased("an open action")?,
            },
            Verb::Cancel | Verb::Confirm | Verb::Fire | Verb::Undo => {}
        }
        Ok(())
    }

    fn put_in_force(&mut self, at: At, in_force: &InForce) -> Result<(), Broken> {
        let case = self.open.remove(&in_force.action);
        if case.is_none() {
            self.known_or_erased("an open action")?;
        }
        let matter = in_force.subject.as_one_matter(&in_force.effect);
        self.denials.remove(&matter);
        if in_force.power.is_over_accounts() {
            self.speed.record(in_force.power, &in_force.signers, at.time);
        }
        match in_force.subject.account_id() {
            Some(account) if in_force.power.is_over_accounts() => self.change_account(at, in_force, account, case)?,
            _ => self.change_house(at, in_force)?,
        }
        if !self.in_force.contains_key(&in_force.action) {
            self.closed.insert(in_force.action);
        }
        Ok(())
    }

    fn change_account(&mut self, at: At, in_force: &InForce, id: u64, case: Option<Case>) -> Result<(), Broken> {
        let account = self.accounts.entry(id).or_default();
        account.forget(at.time);
        match in_force.power {
            Power::TakeDown | Power::Limit | Power::BreakGlass => {
                account.moved = at.index;
                if in_force.power == Power::BreakGlass {
                    account.broke_glass = Some(at.time);
                }
                let until = in_force.effect.until;
                account.hidden.push(Hidden { action: in_force.action, since: at.time, until });
                self.hold(at, in_force, id, case);
            }
            Power::StepUp => {
                account.stepped_up = Some(at.time);
                self.hold(at, in_force, id, case);
            }
            Power::Restore => {
                if !change::lifts_step_up(&in_force.effect) {
                    account.moved = at.index;
                    account.restored = Some(at.time);
                }
            }
            Power::TierUp | Power::TierDown => {
                account.tier = change::tier(&in_force.effect).ok_or(Broken::Senseless("it names no tier"))?;
            }
            Power::LabelAdd | Power::LabelRemove => {
                let label: Label = change::label(&in_force.effect).ok_or(Broken::Senseless("it names no label"))?;
                if in_force.power == Power::LabelAdd {
                    account.labels.insert(label);
                } else {
                    account.labels.remove(&label);
                }
            }
            Power::Rename => {
                let (from, to) = change::handles(&in_force.effect).ok_or(Broken::Senseless("it names no handle"))?;
                account.handle = Some(to.to_owned());
                account.handle_before = Some(from.to_owned());
                self.settle_rename(id);
                self.hold(at, in_force, id, case);
            }
            _ => return Err(Broken::Senseless("this power is not part of this version")),
        }
        Ok(())
    }

    /// Only the newest handle can be taken back: what gave an older one is done.
    fn settle_rename(&mut self, id: u64) {
        let account = self.accounts.entry(id).or_default();
        let is_rename = |action: &ActionId| self.in_force.get(action).is_some_and(|force| force.power == Power::Rename);
        let Some(older) = account.in_force.iter().copied().find(is_rename) else { return };
        account.in_force.remove(&older);
        self.in_force.remove(&older);
        self.closed.insert(older);
    }

    fn hold(&mut self, at: At, in_force: &InForce, account: u64, case: Option<Case>) {
        let ends = in_force.effect.until;
        let (matter, signers, until) =
            case.map_or(([0; 32], Vec::new(), ends), |case| (case.matter, case.signers, case.effect.until));
        let force = Force {
            account,
            power: in_force.power,
            reach: change::reach(in_force.power, &in_force.effect),
            since: at.time,
            ends,
            until,
            undo_needs: in_force.undo_needs,
            matter,
            signers: signers.into_iter().filter(|one| in_force.signers.contains(&one.person)).collect(),
            index: at.index,
        };
        self.in_force.insert(in_force.action, force);
        self.accounts.entry(account).or_default().in_force.insert(in_force.action);
        self.ends.extend(ends.map(|ends| (ends, in_force.action)));
    }

    fn change_house(&mut self, at: At, in_force: &InForce) -> Result<(), Broken> {
        let senseless = Broken::Senseless("it does not say what it changes");
        match in_force.power {
            Power::RosterWiden | Power::RosterNarrow => {
                let id = change::person_id(&in_force.subject).ok_or_else(|| senseless.clone())?;
                let before = self.people.get(&id);
                let person =
                    change::person(id, before.map(|member| &member.person), &in_force.effect).ok_or(senseless)?;
                let joined = before.map_or(Some(at.time), |member| member.joined);
                self.people.insert(id, Member { person, joined, changed: at.index });
            }
            Power::KeyEnrol => {
                let key = change::key(&in_force.effect).ok_or(senseless)?;
                self.keys.insert(key.id, HeldKey { key, enrolled: at.index, ended: None, counter: 0 });
            }
            Power::KeyEnd => {
                let key = change::key_id(&in_force.subject).ok_or(senseless)?;
                let held = self.keys.get_mut(&key).ok_or(Broken::Unknown("a key"))?;
                held.ended = held.ended.or(Some(at.index));
            }
            Power::Policy => {
                let text = in_force.document.clone().ok_or_else(|| senseless.clone())?;
                let house = Arc::make_mut(self.house.as_mut().ok_or(Broken::Founding)?);
                let policy = House::read_policy(house.made_up_floor.as_deref(), &text).map_err(|_| senseless)?;
                house.policy_hash = policy.hash();
                house.policy = Arc::new(policy);
                house.policy_text = text;
                house.policy_index = at.index;
            }
            _ => return Err(Broken::Senseless("this power is not part of this version")),
        }
        Ok(())
    }

    fn turn(&mut self, at: At, outcome: &Outcome) -> Result<(), Broken> {
        match outcome.turn {
            Turn::Scheduled => {
                let from = outcome.moment.ok_or(Broken::Senseless("it does not say from when"))?;
                match self.open.get_mut(&outcome.action) {
                    Some(case) => case.state = State::Scheduled { from, by_itself: outcome.by_itself },
                    None => self.known_or_erased("an open action")?,
                }
            }
            Turn::Denied | Turn::Cancelled | Turn::Expired | Turn::Stale => {
                if self.open.remove(&outcome.action).is_none() {
                    self.known_or_erased("an open action")?;
                }
                self.closed.insert(outcome.action);
            }
            Turn::Lapsed | Turn::Undone => {
                if !self.release(at, outcome.action, outcome.turn == Turn::Undone) {
                    self.known_or_erased("an effect")?;
                }
            }
            Turn::Confirmed => match self.in_force.get_mut(&outcome.action) {
                Some(force) => {
                    self.ends.remove(&(force.ends.unwrap_or_default(), outcome.action));
                    self.ends.extend(outcome.moment.map(|ends| (ends, outcome.action)));
                    force.ends = outcome.moment;
                    let account = self.accounts.entry(force.account).or_default();
                    for hidden in account.hidden.iter_mut().filter(|hidden| hidden.action == outcome.action) {
                        hidden.until = outcome.moment;
                    }
                }
                None => self.known_or_erased("an effect")?,
            },
        }
        Ok(())
    }

    /// Ends an effect. Taken back, it moves the standing, and counts for as long as it lasted.
    fn release(&mut self, at: At, action: ActionId, taken_back: bool) -> bool {
        self.closed.insert(action);
        let Some(force) = self.in_force.remove(&action) else { return false };
        self.ends.remove(&(force.ends.unwrap_or_default(), action));
        let account = self.accounts.entry(force.account).or_default();
        account.in_force.remove(&action);
        if taken_back && force.power == Power::Rename {
            account.handle = account.handle_before.take();
        }
        if taken_back && force.reach > Reach::Clear {
            account.moved = at.index;
            account.restored = Some(at.time);
            for hidden in account.hidden.iter_mut().filter(|hidden| hidden.action == action) {
                hidden.until = Some(at.time);
            }
        }
        true
    }

    fn raise(&mut self, rise: &TierRise) {
        let account = self.accounts.entry(rise.account).or_default();
        account.tier = account.tier.max(rise.tier);
    }

    fn close_erased(&mut self, at: At, kind: Kind, action: Option<ActionId>) {
        self.erased += 1;
        let Some(action) = action else { return };
        match kind {
            Kind::InForce | Kind::Denied | Kind::Cancelled | Kind::Expired | Kind::Stale => {
                self.open.remove(&action);
                self.closed.insert(action);
            }
            Kind::Lapsed | Kind::Undone => {
                self.release(at, action, kind == Kind::Undone);
            }
            _ => {}
        }
    }

    /// What an entry names may be missing only where an earlier entry was erased.
    const fn known_or_erased(&self, what: &'static str) -> Result<(), Broken> {
        if self.erased > 0 { Ok(()) } else { Err(Broken::Unknown(what)) }
    }

    /// Lets go of what no rule asks for any more. Once a day is enough.
    fn forget(&mut self, now: Millis) {
        for account in self.accounts.values_mut() {
            account.forget(now);
        }
        self.denials.retain(|_, deniers| {
            deniers.retain(|_, since| now.since(*since) < Self::DENIAL_MS);
            !deniers.is_empty()
        });
        self.attempts.retain(|_, tried| {
            tried.retain(|_, since| now.since(*since) < Self::ATTEMPT_MS);
            !tried.is_empty()
        });
        self.speed.forget(now);
    }
}

/// Where an entry stands.
#[derive(Clone, Copy)]
pub(super) struct At {
    pub(super) index: u64,
    pub(super) time: Millis,
}

impl Case {
    pub(crate) fn of(index: u64, time: Millis, step: &SignedStep, proposer: Signature) -> Option<Self> {
        let statement: &Statement = &step.statement;
        let target = statement.targets.first()?;
        let ground = match &step.words {
            Some(Opened::Here(words)) => words.reason().map(|reason| reason.ground),
            Some(Opened::Erased) | None => None,
        };
        Some(Self {
            power: statement.power,
            subject: Subject::of(target),
            tier: target.tier,
            standing: target.standing,
            effect: statement.effect.clone(),
            undo_needs: statement.undo_needs,
            matter: change::matter(statement),
            policy: statement.policy,
            ground,
            document: step.document.clone(),
            index,
            proposed: time,
            execute_by: statement.execute_by,
            signers: vec![proposer],
            state: State::Proposed,
        })
    }
}

impl Fold {
    /// How long a denial asks for one more person.
    pub const DENIAL_MS: u64 = Millis::DAY;

    /// How long the same attempt is not recorded again.
    pub const ATTEMPT_MS: u64 = Millis::HOUR;

    /// Whether the same person was recorded with the same power over the same matter within the hour.
    pub fn has_attempted(&self, attempt: &Attempt, now: Millis) -> bool {
        let tried = self.attempts.get(&attempt.subject.as_one_matter(&Effect::default()));
        let last = tried.and_then(|tried| tried.get(&(attempt.person, attempt.power)));
        last.is_some_and(|last| now.since(*last) < Self::ATTEMPT_MS)
    }

    /// Who denied something about a matter lately.
    pub fn deniers(&self, matter: &Subject, now: Millis) -> impl Iterator<Item = PersonId> {
        let deniers = self.denials.get(matter).into_iter().flatten();
        deniers.filter(move |(_, since)| now.since(**since) < Self::DENIAL_MS).map(|(person, _)| *person)
    }

    /// The standing and the tier that a statement about this must name now; none when there can be no such target.
    pub fn target(&self, subject: &Subject) -> Option<(u64, Tier)> {
        use crate::statement::TargetKind;
        match subject.kind {
            TargetKind::Account => {
                let account = self.account(subject.account_id()?);
                Some((account.moved, account.tier))
            }
            TargetKind::Person => {
                let id = change::person_id(subject)?;
                Some((self.people.get(&id).map_or(0, |member| member.changed), Tier::Protected))
            }
            TargetKind::Key => {
                let key = self.keys.get(&change::key_id(subject)?);
                Some((key.map_or(0, |held| held.ended.unwrap_or(held.enrolled)), Tier::Protected))
            }
            TargetKind::Policy => Some((self.house.as_ref()?.policy_index, Tier::Protected)),
            TargetKind::House => None,
        }
    }
}
