//! The one thread that writes: it takes whatever operations wait, puts them into one transaction, syncs once, and only then
//! says so to each of them.
//!
//! While it syncs, the next group gathers; that is all the batching there is, and it adapts by itself.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, mpsc as chores};

use kw_store::{Clock, Operation, Outcome, StoreError};
use rusqlite::Connection;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::mpsc::error::TryRecvError;
use tokio::sync::{OwnedSemaphorePermit, oneshot};

use crate::apply::{Applier, COLLECTED_MAX};
use crate::health::{Health, explain, surely_undone};
use crate::housekeeper::Chore;
use crate::outcome::Outcomes;

/// What a transaction may weigh: posts wait for the one before theirs, so an import must not make a long one.
const GROUP_WEIGHT_MAX: usize = 8 * 1024 * 1024;
/// What a row weighs besides its bytes: its share of the pages that it dirties.
const ROW_WEIGHT: usize = 2 * 1024;
/// Bytes of a page; the log grows by whole pages.
const PAGE_BYTES: u64 = 4_096;
/// From this length on the log is folded into the database, in the background.
const LOG_FOLDED_FROM_BYTES: u64 = 4 * 1024 * 1024;
/// After so many groups without a pause, one round of collection is made all the same.
const GROUPS_PER_COLLECTION: u32 = 1_000;

/// What the writer is asked for.
#[derive(Debug)]
pub enum Request {
    /// An operation.
    Perform(Job),
    /// A round of collection; the answer is the number of rows removed.
    Collect(Option<oneshot::Sender<Result<usize, StoreError>>>),
}

/// An operation that waits for its outcome.
#[derive(Debug)]
pub struct Job {
    /// What to do.
    pub operation: Operation,
    /// Its share of the queue, given back when it is answered.
    pub permit: OwnedSemaphorePermit,
    /// Who asked.
    pub reply: oneshot::Sender<Result<Outcome, StoreError>>,
}

impl Job {
    /// Gives the operation's room in the queue back, and the answer to who asked, if it still wants it.
    fn answer(self, answer: Result<Outcome, StoreError>) {
        drop(self.permit);
        let _ = self.reply.send(answer);
    }
}

/// What an operation weighs in the queue and in a transaction, in bytes.
pub fn weight(operation: &Operation) -> usize {
    let changes = operation.steps.iter().flat_map(|step| &step.changes);
    changes.map(|change| ROW_WEIGHT + change.put.as_ref().map_or(0, |put| put.value.len())).sum()
}

/// The writer's state.
#[derive(Debug)]
pub struct Writer {
    connection: Connection,
    clock: Arc<dyn Clock>,
    health: Arc<Health>,
    chores: chores::Sender<Chore>,
    log_bytes_max: u64,
    /// Pages in the log, as SQLite said after the last commit.
    log_pages: Arc<AtomicU32>,
    outcomes: Outcomes,
    groups_since_collection: u32,
    more_to_collect: bool,
}

impl Writer {
    /// A writer on `connection`, which asks for `chores` and pauses when the log is longer than `log_bytes_max`.
    pub fn new(
        mut connection: Connection,
        clock: Arc<dyn Clock>,
        health: Arc<Health>,
        chores: chores::Sender<Chore>,
        log_bytes_max: u64,
    ) -> rusqlite::Result<Self> {
        let log_pages = Arc::new(AtomicU32::new(0));
        let seen = Arc::clone(&log_pages);
        connection.wal_hook(Some(move |_: &mut rusqlite::hooks::Wal, pages| {
            seen.store(pages as u32, Ordering::Relaxed);
            Ok(())
        }))?;
        let (outcomes, groups_since_collection, more_to_collect) = (Outcomes::default(), 0, false);
        Ok(Self {
            connection,
            clock,
            health,
            chores,
            log_bytes_max,
            log_pages,
            outcomes,
            groups_since_collection,
            more_to_collect,
        })
    }

    /// Works until everybody who could ask has gone.
    pub fn run(mut self, mut queue: UnboundedReceiver<Request>) {
        let mut left_over = None;
        while let Some(request) = left_over.take().or_else(|| self.next_request(&mut queue)) {
            match request {
                Request::Perform(job) => left_over = self.perform_group(job, &mut queue),
                Request::Collect(reply) => {
                    let removed = self.collect();
                    if let Some(reply) = reply {
                        let _ = reply.send(removed);
                    }
                }
            }
            self.mind_the_log();
        }
    }

    /// What is asked for next. While there is nothing, what is left to collect is collected.
    fn next_request(&self, queue: &mut UnboundedReceiver<Request>) -> Option<Request> {
        if self.groups_since_collection >= GROUPS_PER_COLLECTION {
            return Some(Request::Collect(None));
        }
        match queue.try_recv() {
            Ok(request) => Some(request),
            Err(TryRecvError::Empty) if self.more_to_collect => Some(Request::Collect(None)),
            Err(TryRecvError::Empty) => queue.blocking_recv(),
            Err(TryRecvError::Disconnected) => None,
        }
    }

    /// Performs `first` and what waits behind it, in one transaction; gives back the request that did not fit.
    fn perform_group(&mut self, first: Job, queue: &mut UnboundedReceiver<Request>) -> Option<Request> {
        let mut total = weight(&first.operation);
        let (mut jobs, mut left_over) = (vec![first], None);
        while let Ok(request) = queue.try_recv() {
            match request {
                Request::Perform(job) if total + weight(&job.operation) <= GROUP_WEIGHT_MAX => {
                    total += weight(&job.operation);
                    jobs.push(job);
                }
                other => {
                    left_over = Some(other);
                    break;
                }
            }
        }
        self.groups_since_collection += 1;
        match self.health.check().and_then(|()| self.commit_group(&jobs)) {
            Ok(answers) => {
                for (job, answer) in jobs.into_iter().zip(answers) {
                    job.answer(answer);
                }
            }
            Err(error) => {
                for job in jobs {
                    job.answer(Err(error.clone()));
                }
            }
        }
        left_over
    }

    /// The answer to each of `jobs`, once all of them are durable; or why nothing of any of them happened.
    fn commit_group(&mut self, jobs: &[Job]) -> Result<Vec<Result<Outcome, StoreError>>, StoreError> {
        let now_ms = self.clock.now_millis();
        let mut answers = Vec::with_capacity(jobs.len());
        let mut fresh: std::collections::HashMap<_, Outcome> = std::collections::HashMap::new();
        self.in_transaction(now_ms, |applier, outcomes| {
            for Job { operation, .. } in jobs {
                if let Some(outcome) = outcomes.find(operation.id).or_else(|| fresh.get(&operation.id)) {
                    answers.push(Ok(outcome.clone()));
                } else if now_ms > operation.not_after_ms {
                    answers.push(Err(StoreError::TooLate));
                } else {
                    let outcome = applier.perform(operation)?;
                    fresh.insert(operation.id, outcome.clone());
                    answers.push(Ok(outcome));
                }
            }
            Ok(())
        })?;
        // In the order of the group, which is the order in which they will be forgotten.
        for job in jobs {
            if let Some(outcome) = fresh.remove(&job.operation.id) {
                self.outcomes.remember(job.operation.id, outcome);
            }
        }
        Ok(answers)
    }

    fn collect(&mut self) -> Result<usize, StoreError> {
        self.health.check()?;
        self.groups_since_collection = 0;
        self.more_to_collect = false;
        let now_ms = self.clock.now_millis();
        let mut removed = 0;
        self.in_transaction(now_ms, |applier, _| {
            removed = applier.collect()?;
            Ok(())
        })?;
        self.more_to_collect = removed >= COLLECTED_MAX;
        Ok(removed)
    }

    /// Runs `work` in a transaction and commits it with one sync. An error means that nothing of it happened, unless the
    /// commit itself failed: then the engine stops, because nobody knows.
    fn in_transaction(
        &mut self,
        now_ms: u64,
        work: impl FnOnce(&Applier<'_>, &Outcomes) -> rusqlite::Result<()>,
    ) -> Result<(), StoreError> {
        let begin = self.connection.execute_batch("BEGIN IMMEDIATE");
        begin.map_err(|error| explain(&error))?;
        if let Err(error) = work(&Applier::new(&self.connection, now_ms), &self.outcomes) {
            return Err(self.roll_back(&error));
        }
        match self.connection.execute_batch("COMMIT") {
            Ok(()) => Ok(()),
            Err(error) if surely_undone(&error) => Err(self.roll_back(&error)),
            Err(error) => Err(self.health.poison(&error)),
        }
    }

    fn roll_back(&self, cause: &rusqlite::Error) -> StoreError {
        tracing::error!(error = %cause, "a group of operations was rolled back");
        // SQLite rolls back by itself after some errors.
        if !self.connection.is_autocommit()
            && let Err(error) = self.connection.execute_batch("ROLLBACK")
        {
            return self.health.poison(&error);
        }
        explain(cause)
    }

    /// Has the log folded in when it is long; waits for that when it is too long.
    fn mind_the_log(&self) {
        let log_bytes = u64::from(self.log_pages.load(Ordering::Relaxed)) * PAGE_BYTES;
        if log_bytes > self.log_bytes_max {
            let (reply, done) = chores::channel();
            if self.chores.send(Chore::Reset(reply)).is_ok() && done.recv() == Ok(true) {
                self.log_pages.store(0, Ordering::Relaxed);
            }
        } else if log_bytes > LOG_FOLDED_FROM_BYTES {
            let _ = self.chores.send(Chore::Fold);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory;
    use kw_store::{Batch, Bytes, Change, Class, Condition, Family, ManualClock, OperationId, Partition, Put, Stamp};

    const ROWS: Family = Family { id: 1, name: "rows", class: Class::Serial, counted: false };

    fn writer(directory: &std::path::Path) -> Writer {
        let _lock = directory::prepare(directory, directory::DATABASE).expect("an empty directory can be prepared");
        let connection = directory::open_writer(directory, directory::DATABASE).expect("and opened");
        let clock = Arc::new(ManualClock::at_micros(1_000_000));
        Writer::new(connection, clock, Arc::default(), chores::channel().0, u64::MAX).expect("hooks can be set")
    }

    fn job(id: u128) -> Job {
        let key = Bytes::copy_from_slice(&id.to_be_bytes());
        let put = Some(Put { value: key.clone(), expires_ms: None });
        let change = Change { key, put, condition: Condition::Absent, stamp: None };
        let partition = Partition { family: ROWS, key: Bytes::new() };
        let steps = vec![Batch { partition, changes: vec![change] }];
        let operation = Operation { id: OperationId(id), stamp: Stamp(1_000_000), not_after_ms: 5_000, steps };
        let permit =
            Arc::new(tokio::sync::Semaphore::new(1)).try_acquire_owned().expect("a new semaphore has its permit");
        Job { operation, permit, reply: oneshot::channel().0 }
    }

    #[test]
    fn a_commit_with_an_unknown_result_stops_the_engine() {
        let directory = tempfile::tempdir().expect("a directory can be made");
        let mut writer = writer(directory.path());
        assert_eq!(writer.commit_group(&[job(1)]), Ok(vec![Ok(Outcome::Done)]));

        writer.connection.commit_hook(Some(|| true)).expect("a hook can be set");
        let failed = writer.commit_group(&[job(2)]).expect_err("the commit is refused");
        assert!(matches!(&failed, StoreError::Unavailable(why) if why.contains("start Kittiwake again")), "{failed}");
        assert_eq!(writer.health.check(), Err(failed));
        assert_eq!(writer.outcomes.find(OperationId(2)), None);
    }

    #[test]
    fn a_group_in_which_a_statement_fails_leaves_nothing_behind() {
        let directory = tempfile::tempdir().expect("a directory can be made");
        let mut writer = writer(directory.path());
        let pages: u32 =
            writer.connection.pragma_query_value(None, "page_count", |row| row.get(0)).expect("it is counted");
        writer.connection.pragma_update(None, "max_page_count", pages).expect("it is limited");
        let mut large = job(2);
        large.operation.steps[0].changes[0].put = Some(Put { value: Bytes::from(vec![7; 100_000]), expires_ms: None });

        let failed = writer.commit_group(&[job(1), large]).expect_err("there is no room");
        assert!(matches!(&failed, StoreError::Unavailable(why) if why.contains("make room")), "{failed}");
        let rows: i64 =
            writer.connection.query_row("SELECT count(*) FROM serial", [], |row| row.get(0)).expect("it reads");
        assert_eq!((rows, writer.health.check()), (0, Ok(())));
        assert_eq!(writer.commit_group(&[job(1)]), Ok(vec![Ok(Outcome::Done)]));
    }
}
