//! Building an operation: deciding rows first, consequences after, the feed last.
//!
//! A use case that breaks the rules of the contract (two deciding partitions, a write that its authority does not
//! cover) is a defect, found by the first test that runs it.

use bytes::Bytes;
use kw_domain::refusal::Refusal;
use kw_store::{Batch, Change, Condition, Operation, OperationId, Partition, Put, Stamp, limit};

use crate::authority::Authority;
use crate::failure::Failure;
use crate::families::FEED;
use crate::family::{Decider, Rows, Stored, Value};
use crate::feed::{self, Event};
use crate::key::Key;

/// What must hold of a deciding row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    /// There is no such row.
    Absent,
    /// The row is as it was read.
    Is(Stamp),
}

impl Before {
    /// As it was read, whether or not it was there.
    pub fn of<K, V>(read: Option<&Stored<K, V>>) -> Self {
        read.map_or(Self::Absent, |stored| Self::Is(stored.stamp))
    }
}

impl From<Before> for Condition {
    fn from(before: Before) -> Self {
        match before {
            Before::Absent => Self::Absent,
            Before::Is(stamp) => Self::Is(stamp),
        }
    }
}

/// An operation in the making.
#[derive(Debug)]
pub struct Draft {
    authority: Authority,
    decision: Option<Batch>,
    consequences: Vec<Batch>,
    events: Vec<Event>,
    refused: Option<String>,
}

impl Draft {
    /// An empty operation under `authority`.
    pub(crate) fn new(authority: &Authority) -> Self {
        Self {
            authority: authority.clone(),
            decision: None,
            consequences: Vec::new(),
            events: Vec::new(),
            refused: None,
        }
    }

    /// Puts a deciding row. All deciding rows of an operation are in one partition.
    pub fn decide<P: Key, K: Key, V: Value>(&mut self, rows: &Rows<P, K, V>, at: (&P, &K), before: Before, value: &V) {
        self.decide_until(rows, at, before, value, None);
    }

    /// Puts a deciding row that expires.
    pub fn decide_until<P: Key, K: Key, V: Value>(
        &mut self,
        rows: &Rows<P, K, V>,
        at: (&P, &K),
        before: Before,
        value: &V,
        expires_ms: Option<u64>,
    ) {
        let put = Put { value: Rows::<P, K, V>::encode(value), expires_ms };
        self.push_decision(&rows.partition(at.0), rows.decider, change(at.1, Some(put), before.into()));
    }

    /// Deletes a deciding row as it was read.
    pub fn decide_gone<P: Key, K: Key, V: Value>(&mut self, rows: &Rows<P, K, V>, at: (&P, &K), stamp: Stamp) {
        self.push_decision(&rows.partition(at.0), rows.decider, change(at.1, None, Condition::Is(stamp)));
    }

    /// Puts a row as a consequence.
    pub fn ensure<P: Key, K: Key, V: Value>(&mut self, rows: &Rows<P, K, V>, at: (&P, &K), value: &V) {
        self.ensure_until(rows, at, value, None);
    }

    /// Puts a row that expires as a consequence.
    pub fn ensure_until<P: Key, K: Key, V: Value>(
        &mut self,
        rows: &Rows<P, K, V>,
        at: (&P, &K),
        value: &V,
        expires_ms: Option<u64>,
    ) {
        let put = Put { value: Rows::<P, K, V>::encode(value), expires_ms };
        self.push_consequence(rows.partition(at.0), rows.decider, change(at.1, Some(put), Condition::Newer));
    }

    /// Puts a row with a stamp of its own kind as a consequence.
    pub(crate) fn ensure_stamped<P: Key, K: Key, V: Value>(
        &mut self,
        rows: &Rows<P, K, V>,
        at: (&P, &K),
        value: &V,
        stamp: Stamp,
    ) {
        let put = Put { value: Rows::<P, K, V>::encode(value), expires_ms: None };
        let change = Change { stamp: Some(stamp), ..change(at.1, Some(put), Condition::Newer) };
        self.push_consequence(rows.partition(at.0), rows.decider, change);
    }

    /// Deletes a row as a consequence.
    pub fn ensure_gone<P: Key, K: Key, V: Value>(&mut self, rows: &Rows<P, K, V>, at: (&P, &K)) {
        self.push_consequence(rows.partition(at.0), rows.decider, change(at.1, None, Condition::Newer));
    }

    /// Tells the feed.
    pub fn tell(&mut self, event: Event) {
        self.events.push(event);
    }

    /// Whose authority it is under.
    pub const fn authority(&self) -> &Authority {
        &self.authority
    }

    fn push_decision(&mut self, partition: &Partition, decider: Decider, change: Change) {
        if !self.authority.may_decide(decider, partition) {
            self.refuse(format!("{:?} may not decide about `{}`", self.authority, partition.family.name));
            return;
        }
        let decision = self.decision.get_or_insert_with(|| Batch { partition: partition.clone(), changes: Vec::new() });
        if decision.partition == *partition {
            decision.changes.push(change);
        } else {
            self.refuse(format!("a second deciding partition, of `{}`", partition.family.name));
        }
    }

    fn push_consequence(&mut self, partition: Partition, decider: Decider, change: Change) {
        if decider == Decider::Ledger && !self.authority.may_decide(decider, &partition) {
            self.refuse(format!("`{}` is written by the ledger alone", partition.family.name));
            return;
        }
        let room = |batch: &&mut Batch| batch.partition == partition && batch.changes.len() < limit::STEP_ROWS_MAX;
        match self.consequences.iter_mut().find(room) {
            Some(batch) => batch.changes.push(change),
            None => self.consequences.push(Batch { partition, changes: vec![change] }),
        }
    }

    fn refuse(&mut self, why: String) {
        self.refused.get_or_insert(why);
    }

    /// The finished operation and what it tells. Refused when its authority does not cover what it decides.
    pub(crate) fn finish(mut self, id: OperationId, stamp: Stamp) -> Result<(Operation, Vec<Event>), Failure> {
        if let Some(why) = self.refused {
            tracing::error!(why, "an operation without authority");
            return Err(Refusal::forbidden().into());
        }
        let mut steps: Vec<Batch> = self.decision.into_iter().chain(self.consequences).collect();
        feed::add_events(&mut self.events, &steps);
        if !self.events.is_empty() {
            steps.push(feed_step(stamp, id, &self.events));
        }
        let not_after_ms = stamp.0 / 1_000 + limit::NOT_AFTER_MS;
        Ok((Operation { id, stamp, not_after_ms, steps }, self.events))
    }
}

fn change<K: Key>(key: &K, put: Option<Put>, condition: Condition) -> Change {
    Change { key: key.to_bytes(), put, condition, stamp: None }
}

fn feed_step(stamp: Stamp, id: OperationId, events: &[Event]) -> Batch {
    let now_ms = stamp.0 / 1_000;
    let row = feed::FeedRow { events: events.to_vec() };
    let value: Bytes = Rows::<u64, (u64, u64), feed::FeedRow>::encode(&row);
    let put = Put { value, expires_ms: Some(now_ms + feed::KEPT_MS) };
    // Stamps of several nodes may coincide; half of the operation's id keeps their rows apart.
    let key = (stamp.0, id.0 as u64);
    Batch {
        partition: FEED.partition(&feed::minute_of(now_ms)),
        changes: vec![change(&key, Some(put), Condition::Newer)],
    }
}

#[cfg(test)]
mod tests;
