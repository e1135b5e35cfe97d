//! The reference model: the contract in ordinary maps behind one lock, written to be obviously right rather than quick.
//!
//! A partition's count is not kept but counted when it is read, and nothing is ever collected. So a test that compares an
//! engine with this one compares it with the definition.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::judge::{Held, Verdict, judge};
use crate::page::{PageCut, SweepCut, SweepToken};
use crate::{
    Batch, Bytes, Clock, Direction, Family, Operation, OperationId, Outcome, Page, Partition, Range, Row, Stamp, Store,
    StoreError, StoreFuture, SweepPage, SweptRow, limit, row,
};

/// A store in memory. Loses everything with the process.
#[derive(Debug)]
pub struct MemStore {
    clock: Arc<dyn Clock>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    /// By family and partition key.
    partitions: BTreeMap<(u16, Bytes), Rows>,
    outcomes: BTreeMap<OperationId, Outcome>,
}

type Rows = BTreeMap<Bytes, Slot>;

/// A row or what is left of it.
#[derive(Debug)]
struct Slot {
    stamp: Stamp,
    value: Option<Bytes>,
    gone_ms: Option<u64>,
}

impl Slot {
    fn held(&self) -> Held<'_> {
        Held { stamp: self.stamp, value: self.value.as_deref(), gone_ms: self.gone_ms }
    }

    fn row(&self, key: &Bytes, now_ms: u64) -> Option<Row> {
        let value = self.value.as_ref().filter(|_| self.held().is_present(now_ms))?;
        Some(Row { key: key.clone(), value: value.clone(), stamp: self.stamp, expires_ms: self.gone_ms })
    }
}

impl MemStore {
    /// An empty store that goes by `clock`.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, state: Mutex::default() }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn get_now(&self, partition: &Partition, keys: &[Bytes]) -> Result<Vec<Option<Row>>, StoreError> {
        limit::check_get(partition, keys)?;
        let (now_ms, state) = (self.clock.now_millis(), self.state());
        let Some(rows) = state.partitions.get(&address(partition)) else {
            return Ok(vec![None; keys.len()]);
        };
        let find = |key: &Bytes| {
            if key.is_empty() { count_row(partition.family, rows, now_ms) } else { rows.get(key)?.row(key, now_ms) }
        };
        Ok(keys.iter().map(find).collect())
    }

    fn scan_now(
        &self,
        partition: &Partition,
        range: &Range,
        direction: Direction,
        rows_max: usize,
    ) -> Result<Page, StoreError> {
        limit::check_partition(partition)?;
        let (now_ms, state) = (self.clock.now_millis(), self.state());
        let Some(rows) = state.partitions.get(&address(partition)) else {
            return Ok(Page::default());
        };
        let in_range = rows.iter().filter(|(key, _)| range.contains(key));
        let mut present = in_range.filter_map(|(key, slot)| slot.row(key, now_ms));
        let mut cut = PageCut::new(rows_max);
        // They end at the first row that does not fit.
        _ = match direction {
            Direction::Ascending => present.all(|row| cut.take(row)),
            Direction::Descending => present.rev().all(|row| cut.take(row)),
        };
        Ok(cut.page())
    }

    fn perform_now(&self, operation: &Operation) -> Result<Outcome, StoreError> {
        operation.check()?;
        let (now_ms, mut state) = (self.clock.now_millis(), self.state());
        if let Some(outcome) = state.outcomes.get(&operation.id) {
            return Ok(outcome.clone());
        }
        if now_ms > operation.not_after_ms {
            return Err(StoreError::TooLate);
        }
        let refused = state.refusals(operation, &operation.steps[0], now_ms);
        let outcome = if refused.is_empty() { Outcome::Done } else { Outcome::Conflict(refused) };
        if outcome == Outcome::Done {
            for step in &operation.steps {
                state.apply(operation, step, now_ms);
            }
        }
        state.outcomes.insert(operation.id, outcome.clone());
        Ok(outcome)
    }

    fn sweep_now(&self, family: Family, token: Option<&[u8]>, rows_max: usize) -> Result<SweepPage, StoreError> {
        let after = token.map(|token| SweepToken::read(token).map(|token| (token.partition, token.key))).transpose()?;
        let (now_ms, state) = (self.clock.now_millis(), self.state());
        let from = match &after {
            Some((partition, _)) => Bound::Included((family.id, partition.clone())),
            None => Bound::Included((family.id, Bytes::new())),
        };
        let mut cut = SweepCut::new(rows_max);
        for ((id, partition), rows) in state.partitions.range((from, Bound::Unbounded)) {
            if *id != family.id {
                break;
            }
            let count = count_row(family, rows, now_ms).into_iter();
            for row in count.chain(rows.iter().filter_map(|(key, slot)| slot.row(key, now_ms))) {
                let seen = after.as_ref().is_some_and(|(last, key)| last == partition && row.key <= key);
                if !seen && !cut.take(SweptRow { partition: partition.clone(), row }) {
                    return Ok(cut.page());
                }
            }
        }
        Ok(cut.page())
    }
}

impl State {
    fn held(&self, partition: &Partition, key: &Bytes) -> Option<&Slot> {
        self.partitions.get(&address(partition))?.get(key)
    }

    fn refusals(&self, operation: &Operation, step: &Batch, now_ms: u64) -> Vec<(Bytes, Option<Stamp>)> {
        let refusal = |change: &crate::Change| {
            let held = self.held(&step.partition, &change.key).map(Slot::held);
            match judge(change, operation.stamp_of(change), step.partition.family.class, held, now_ms) {
                Verdict::Refused(stamp) => Some((change.key.clone(), stamp)),
                Verdict::Keep | Verdict::Write { .. } => None,
            }
        };
        step.changes.iter().filter_map(refusal).collect()
    }

    fn apply(&mut self, operation: &Operation, step: &Batch, now_ms: u64) {
        let rows = self.partitions.entry(address(&step.partition)).or_default();
        for change in &step.changes {
            let (stamp, held) = (operation.stamp_of(change), rows.get(&change.key).map(Slot::held));
            if let Verdict::Write { .. } = judge(change, stamp, step.partition.family.class, held, now_ms) {
                let slot = match &change.put {
                    Some(put) => Slot { stamp, value: Some(put.value.clone()), gone_ms: put.expires_ms },
                    None => Slot { stamp, value: None, gone_ms: Some(now_ms) },
                };
                rows.insert(change.key.clone(), slot);
            }
        }
    }
}

fn address(partition: &Partition) -> (u16, Bytes) {
    (partition.family.id, partition.key.clone())
}

/// The count row of a counted partition that holds any rows.
fn count_row(family: Family, rows: &Rows, now_ms: u64) -> Option<Row> {
    let present = rows.values().filter(|slot| slot.held().is_present(now_ms)).count() as u64;
    (family.counted && present > 0).then(|| row::count_row(present))
}

impl Store for MemStore {
    fn get<'a>(&'a self, partition: &'a Partition, keys: &'a [Bytes]) -> StoreFuture<'a, Vec<Option<Row>>> {
        Box::pin(async move { self.get_now(partition, keys) })
    }

    fn scan<'a>(
        &'a self,
        partition: &'a Partition,
        range: &'a Range,
        direction: Direction,
        rows_max: usize,
    ) -> StoreFuture<'a, Page> {
        Box::pin(async move { self.scan_now(partition, range, direction, rows_max) })
    }

    fn perform<'a>(&'a self, operation: &'a Operation) -> StoreFuture<'a, Outcome> {
        Box::pin(async move { self.perform_now(operation) })
    }

    fn sweep<'a>(&'a self, family: Family, token: Option<&'a [u8]>, rows_max: usize) -> StoreFuture<'a, SweepPage> {
        Box::pin(async move { self.sweep_now(family, token, rows_max) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reference_model_conforms() {
        crate::conformance::run(|clock| Arc::new(MemStore::new(clock)));
    }
}
