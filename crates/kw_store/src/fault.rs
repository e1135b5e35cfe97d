//! Seeded faults round any engine: what networks, disks and sudden stops do, reproducible from one number.
//!
//! Every fault is one that the contract allows, so whoever keeps to the contract survives all of them. Waiting goes
//! through tokio's clock, which a simulation pauses. Nothing here is random that the seed does not decide; when calls are
//! made in the same order, the same things happen to them.
//!
//! The fault that an engine with transactions never shows is here for the one that has none: an operation *stops between
//! its steps*, and what is left of it is applied later, once or twice, in any order, possibly after other operations.
//! Settle within the day for which the remains of deleted rows are kept, and let calls run to their end.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use rand::rngs::StdRng;
use rand::seq::{IndexedRandom, SliceRandom};
use rand::{Rng, SeedableRng};

use crate::{
    Batch, Bytes, Condition, Direction, Family, Operation, OperationId, Outcome, Page, Partition, Range, Row,
    SharedStore, Stamp, Store, StoreError, StoreFuture, SweepPage,
};

/// How often each fault strikes, in calls out of a thousand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Faults {
    /// A call waits first.
    pub latency: u32,
    /// The longest wait, in milliseconds.
    pub latency_ms_max: u64,
    /// A call is not answered, and nothing happened.
    pub unavailable_before: u32,
    /// An operation is not answered, and happened.
    pub unavailable_after: u32,
    /// An operation whose first step is conditional is refused although the condition holds, as if somebody else had been
    /// there for a moment. Callers load, decide and perform anew; so rates near a thousand stop them.
    pub conflict: u32,
    /// An operation of several steps stops after its first or a later one and is not answered; the rest is left over.
    pub stop: u32,
    /// An operation happens, is answered, and its later steps are left over all the same: whoever takes over applies them
    /// again.
    pub reapply: u32,
    /// Before an operation, something left over is applied.
    pub resume: u32,
}

impl Faults {
    /// None of them. What was left over stays left over until it is settled.
    pub const NONE: Self = Self {
        latency: 0,
        latency_ms_max: 0,
        unavailable_before: 0,
        unavailable_after: 0,
        conflict: 0,
        stop: 0,
        reapply: 0,
        resume: 0,
    };

    /// A bad day: every fault, each now and then.
    pub const USUAL: Self = Self {
        latency: 200,
        latency_ms_max: 40,
        unavailable_before: 20,
        unavailable_after: 20,
        conflict: 30,
        stop: 60,
        reapply: 150,
        resume: 200,
    };
}

/// A store with faults round it.
#[derive(Debug)]
pub struct FaultStore {
    inner: SharedStore,
    state: Mutex<State>,
}

#[derive(Debug)]
struct State {
    random: StdRng,
    faults: Faults,
    left_over: Vec<LeftOver>,
    /// How many steps were left over so far; numbers them.
    left_over_ever: u64,
    /// What was refused here, so that a repeat is refused as well.
    refused: BTreeMap<OperationId, Outcome>,
    /// What may have happened, and so can neither be refused nor stop any more.
    begun: BTreeSet<OperationId>,
    /// What is about to stop, until its later steps are left over.
    stopping: BTreeSet<OperationId>,
}

/// A step that is still to be applied.
#[derive(Debug, Clone)]
struct LeftOver {
    number: u64,
    of: OperationId,
    owed: Owed,
    stamp: Stamp,
    step: Batch,
}

/// Whether an operation is only done when a step that is left over was applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Owed {
    Yes,
    /// It was applied before.
    No,
}

/// What is to be done about an operation next.
#[derive(Debug)]
enum Next {
    /// Its answer is known.
    Answer(Result<Outcome, StoreError>),
    /// It stopped earlier, and this step is owed.
    Finish(LeftOver),
    /// It is to be performed, and this befalls it.
    Perform(Fate),
}

/// What will befall one operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    None,
    UnavailableBefore,
    UnavailableAfter,
    Conflict,
    Stop,
    Reapply,
}

impl FaultStore {
    /// Faults round `inner`, all decided by `seed`.
    pub fn new(inner: SharedStore, seed: u64, faults: Faults) -> Self {
        let state = State {
            random: StdRng::seed_from_u64(seed),
            faults,
            left_over: Vec::new(),
            left_over_ever: 0,
            refused: BTreeMap::new(),
            begun: BTreeSet::new(),
            stopping: BTreeSet::new(),
        };
        Self { inner, state: Mutex::new(state) }
    }

    /// Changes the faults from now on; [`Faults::NONE`] while something is checked.
    pub fn set_faults(&self, faults: Faults) {
        self.state().faults = faults;
    }

    /// How many steps are left over.
    pub fn left_over_count(&self) -> usize {
        self.state().left_over.len()
    }

    /// Applies all that is left over, in a random order and without faults: what the next one to start does after a stop.
    /// How many steps there were. On an error, what could not be applied stays left over.
    pub async fn settle(&self) -> Result<usize, StoreError> {
        let mut settled = 0;
        while let Some(step) = self.random_left_over() {
            self.apply_left_over(step).await?;
            settled += 1;
        }
        Ok(settled)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn random_left_over(&self) -> Option<LeftOver> {
        let mut guard = self.state();
        let state = &mut *guard;
        state.left_over.choose(&mut state.random).cloned()
    }

    /// Applies a step as an operation of its own, and strikes it off only then. Its id is new, or the engine would take it
    /// for a repeat.
    async fn apply_left_over(&self, left_over: LeftOver) -> Result<(), StoreError> {
        let id = OperationId(self.state().random.random());
        let LeftOver { number, stamp, step, .. } = left_over;
        let operation = Operation { id, stamp, not_after_ms: u64::MAX, steps: vec![step] };
        match self.inner.perform(&operation).await? {
            Outcome::Done => self.state().left_over.retain(|step| step.number != number),
            Outcome::Conflict(_) => return Err(StoreError::Corrupt("a later step was refused".to_owned())),
        }
        Ok(())
    }

    /// Waits, perhaps, and fails, perhaps.
    async fn befall_read(&self) -> Result<(), StoreError> {
        self.wait().await;
        let mut state = self.state();
        let rate = state.faults.unavailable_before;
        if state.strikes(rate) { Err(unavailable("not reached")) } else { Ok(()) }
    }

    async fn wait(&self) {
        let millis = {
            let mut state = self.state();
            let (rate, longest) = (state.faults.latency, state.faults.latency_ms_max);
            if state.strikes(rate) { state.random.random_range(0..=longest) } else { 0 }
        };
        if millis > 0 {
            tokio::time::sleep(Duration::from_millis(millis)).await;
        }
    }

    async fn perform_faultily(&self, operation: &Operation) -> Result<Outcome, StoreError> {
        operation.check()?;
        self.wait().await;
        let resumes = {
            let mut state = self.state();
            let rate = state.faults.resume;
            state.strikes(rate)
        };
        if let Some(step) = resumes.then(|| self.random_left_over()).flatten() {
            self.apply_left_over(step).await?;
        }
        loop {
            let next = self.state().next_for(operation);
            match next {
                Next::Answer(answer) => return answer,
                Next::Finish(step) => self.apply_left_over(step).await?,
                Next::Perform(Fate::Stop) => return self.stop(operation).await,
                Next::Perform(fate) => return self.perform_whole(operation, fate).await,
            }
        }
    }

    async fn perform_whole(&self, operation: &Operation, fate: Fate) -> Result<Outcome, StoreError> {
        let outcome = self.inner.perform(operation).await?;
        if fate == Fate::Reapply && outcome == Outcome::Done {
            let mut state = self.state();
            let copies = state.random.random_range(1..=2);
            for step in operation.steps.iter().skip(1) {
                (0..copies).for_each(|_| state.leave_over(operation, step, Owed::No));
            }
        }
        if fate == Fate::UnavailableAfter { Err(unavailable("no answer came")) } else { Ok(outcome) }
    }

    /// Performs the first step and some of the others, and is heard of no more.
    async fn stop(&self, operation: &Operation) -> Result<Outcome, StoreError> {
        let first = Operation { steps: operation.steps[..1].to_vec(), ..operation.clone() };
        let outcome = self.inner.perform(&first).await;
        let applied_now = {
            let mut guard = self.state();
            let state = &mut *guard;
            state.stopping.remove(&operation.id);
            if outcome != Ok(Outcome::Done) {
                return outcome;
            }
            let first_left_over = state.left_over_ever;
            for step in &operation.steps[1..] {
                state.leave_over(operation, step, Owed::Yes);
                // Whoever takes over cannot know what was applied: some of it comes again.
                if state.random.random_ratio(1, 2) {
                    state.leave_over(operation, step, Owed::No);
                }
            }
            let mut later: Vec<LeftOver> =
                state.left_over.iter().filter(|step| step.number >= first_left_over).cloned().collect();
            later.shuffle(&mut state.random);
            later.truncate(state.random.random_range(0..later.len()));
            later
        };
        for step in applied_now {
            self.apply_left_over(step).await?;
        }
        Err(unavailable("it stopped between two steps"))
    }
}

impl State {
    fn strikes(&mut self, rate: u32) -> bool {
        rate > 0 && self.random.random_ratio(rate.min(1_000), 1_000)
    }

    fn leave_over(&mut self, operation: &Operation, step: &Batch, owed: Owed) {
        self.left_over_ever += 1;
        let (number, of, stamp) = (self.left_over_ever, operation.id, operation.stamp);
        self.left_over.push(LeftOver { number, of, owed, stamp, step: step.clone() });
    }

    /// Decides, and takes note of the decision, in one go: the same operation may come from several sides at once.
    fn next_for(&mut self, operation: &Operation) -> Next {
        let id = operation.id;
        if let Some(refused) = self.refused.get(&id) {
            return Next::Answer(Ok(refused.clone()));
        }
        if self.stopping.contains(&id) {
            return Next::Answer(Err(unavailable("it is about to stop")));
        }
        if let Some(step) = self.left_over.iter().find(|step| step.of == id && step.owed == Owed::Yes) {
            return Next::Finish(step.clone());
        }
        let fate = self.fate_of(operation);
        match fate {
            Fate::UnavailableBefore => return Next::Answer(Err(unavailable("nothing happened"))),
            Fate::Conflict => {
                let refused = Outcome::Conflict(pretended_conflict(operation));
                self.refused.insert(id, refused.clone());
                return Next::Answer(Ok(refused));
            }
            Fate::Stop => _ = self.stopping.insert(id),
            Fate::None | Fate::UnavailableAfter | Fate::Reapply => {}
        }
        self.begun.insert(id);
        Next::Perform(fate)
    }

    /// Rolls once for each fault, so that changing one rate does not move the others.
    fn fate_of(&mut self, operation: &Operation) -> Fate {
        let faults = self.faults;
        let may_be_refused = !self.begun.contains(&operation.id)
            && operation.steps[0].changes.iter().any(|change| change.condition != Condition::Newer);
        let has_later_steps = operation.steps.len() > 1;
        // A stop leaves steps over; an operation that may have happened already owes none.
        let may_stop = has_later_steps && !self.begun.contains(&operation.id);
        let rolls = [
            (Fate::UnavailableBefore, faults.unavailable_before, true),
            (Fate::Conflict, faults.conflict, may_be_refused),
            (Fate::Stop, faults.stop, may_stop),
            (Fate::Reapply, faults.reapply, has_later_steps),
            (Fate::UnavailableAfter, faults.unavailable_after, true),
        ];
        let mut fate = Fate::None;
        for (candidate, rate, may_be) in rolls {
            if self.strikes(rate) && may_be && fate == Fate::None {
                fate = candidate;
            }
        }
        fate
    }
}

/// What stood in the way for a moment and is gone when the caller looks.
fn pretended_conflict(operation: &Operation) -> Vec<(Bytes, Option<Stamp>)> {
    let just_below = Some(Stamp(operation.stamp.0.saturating_sub(1)));
    let changes = operation.steps[0].changes.iter();
    let conflict = changes.filter_map(|change| match change.condition {
        Condition::Absent => Some((change.key.clone(), just_below)),
        Condition::Is(_) => Some((change.key.clone(), None)),
        Condition::Newer => None,
    });
    conflict.take(1).collect()
}

fn unavailable(how: &str) -> StoreError {
    StoreError::Unavailable(format!("an injected fault: {how}"))
}

impl Store for FaultStore {
    fn get<'a>(&'a self, partition: &'a Partition, keys: &'a [Bytes]) -> StoreFuture<'a, Vec<Option<Row>>> {
        Box::pin(async move {
            self.befall_read().await?;
            self.inner.get(partition, keys).await
        })
    }

    fn scan<'a>(
        &'a self,
        partition: &'a Partition,
        range: &'a Range,
        direction: Direction,
        rows_max: usize,
    ) -> StoreFuture<'a, Page> {
        Box::pin(async move {
            self.befall_read().await?;
            self.inner.scan(partition, range, direction, rows_max).await
        })
    }

    fn perform<'a>(&'a self, operation: &'a Operation) -> StoreFuture<'a, Outcome> {
        Box::pin(self.perform_faultily(operation))
    }

    fn sweep<'a>(&'a self, family: Family, token: Option<&'a [u8]>, rows_max: usize) -> StoreFuture<'a, SweepPage> {
        Box::pin(async move {
            self.befall_read().await?;
            self.inner.sweep(family, token, rows_max).await
        })
    }
}

#[cfg(test)]
mod tests;
