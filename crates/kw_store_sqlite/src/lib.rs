//! The embedded engine: [`kw_store::Store`] on one SQLite file, for one process.
//!
//! One thread writes and groups what waits into transactions; readers have connections of their own and
//! run on the calling thread; a third thread folds the log in and has old rows collected. `Done` means synced to the disk.
//!
//! It does not know what a row means, does not replicate, and does not share its directory. What SQLite stores and why it
//! was chosen: `docs/decisions/0001-sqlite-embedded.md`.

mod apply;
mod bulk;
mod connection;
mod directory;
mod health;
mod housekeeper;
mod key;
mod outcome;
mod reader;
mod room;
mod schema;
mod table;
mod writer;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, mpsc};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use kw_store::{
    Bytes, Clock, Direction, Family, Operation, Outcome, Page, Partition, Range, Row, Store, StoreError, StoreFuture,
    SweepPage,
};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::sync::{Semaphore, oneshot};

pub use bulk::Bulk;
pub use directory::{DATABASE, OpenError};
pub use room::{Passing, Room};

use health::Health;
use housekeeper::Housekeeper;
use reader::Readers;
use writer::{Job, Request, Writer};

/// What may wait in the writer's queue, by weight, before those who ask have to wait themselves.
const QUEUE_WEIGHT_MAX: usize = 32 * 1024 * 1024;

/// How to open a data directory.
#[derive(Debug, Clone)]
pub struct OpenOptions {
    /// Where. Created, for its owner alone, if it is missing.
    pub directory: PathBuf,
    /// Which database of the directory: `network.db` unless changed. Each is locked, opened and backed up by itself.
    pub file: &'static str,
    /// What the engine goes by.
    pub clock: Arc<dyn Clock>,
    /// Writes wait while the log is longer than this. 64 MiB unless changed.
    pub log_bytes_max: u64,
    /// How long a quiet engine waits between two collections. A minute unless changed.
    pub collect_every: Duration,
}

impl OpenOptions {
    /// The usual settings for `directory`.
    pub fn new(directory: impl Into<PathBuf>, clock: Arc<dyn Clock>) -> Self {
        let (log_bytes_max, collect_every) = (64 * 1024 * 1024, Duration::from_secs(60));
        Self { directory: directory.into(), file: directory::DATABASE, clock, log_bytes_max, collect_every }
    }

    /// The same for another database of the directory, such as `ledger.db`.
    #[must_use]
    pub const fn file(mut self, file: &'static str) -> Self {
        self.file = file;
        self
    }
}

/// A store in a data directory. Dropping it waits for what was begun, folds the log in and lets the directory go.
#[derive(Debug)]
pub struct SqliteStore {
    readers: Readers,
    health: Arc<Health>,
    queue: Option<UnboundedSender<Request>>,
    queue_room: Arc<Semaphore>,
    threads: Vec<JoinHandle<()>>,
    // Last, so that the directory is let go when nothing touches it any more.
    _lock: directory::Lock,
}

impl SqliteStore {
    /// Opens the data directory, and creates what it needs when it is new. An error leaves it as it was.
    pub fn open(options: OpenOptions) -> Result<Self, OpenError> {
        let lock = directory::prepare(&options.directory, options.file)?;
        let path = options.directory.join(options.file);
        let connection = directory::open_writer(&options.directory, options.file)?;
        let failed = |why: String| OpenError::Io { path: path.clone(), why };

        let health = Arc::<Health>::default();
        let (queue, requests) = unbounded_channel();
        let (chores, waiting_chores) = mpsc::channel();
        let writer =
            Writer::new(connection, Arc::clone(&options.clock), Arc::clone(&health), chores, options.log_bytes_max);
        let writer = writer.map_err(|error| failed(error.to_string()))?;
        let housekeeper = Housekeeper::new(path.clone(), queue.downgrade(), options.collect_every);
        let housekeeper = housekeeper.map_err(|error| failed(error.to_string()))?;
        let threads = vec![
            spawn("store-writer", move || writer.run(requests)).map_err(|error| failed(error.to_string()))?,
            spawn("store-keeper", move || housekeeper.run(&waiting_chores))
                .map_err(|error| failed(error.to_string()))?,
        ];
        Ok(Self {
            readers: Readers::new(path, options.clock, Arc::clone(&health)),
            health,
            queue: Some(queue),
            queue_room: Arc::new(Semaphore::new(QUEUE_WEIGHT_MAX)),
            threads,
            _lock: lock,
        })
    }

    /// What SQLite finds wrong with the file, one line a finding; empty when all is well. Reads the whole file, on the
    /// calling thread. For `doctor`.
    pub fn quick_check(&self) -> Result<Vec<String>, StoreError> {
        self.readers.quick_check()
    }

    /// How much room the file takes, and how much of it is free.
    pub fn room(&self) -> Result<Room, StoreError> {
        self.readers.read(room::look)
    }

    /// The rows that are collected one day, by the ids of their families. Reads all of them in one transaction: while
    /// nobody writes.
    pub fn list_passing(&self) -> Result<BTreeMap<u16, Passing>, StoreError> {
        self.readers.read(room::list_passing)
    }

    /// Removes up to some hundred rows that have been deleted or expired for a day; how many there were. The engine does
    /// this by itself; here for `doctor` and for those who cannot wait.
    pub async fn collect(&self) -> Result<usize, StoreError> {
        let (reply, answer) = oneshot::channel();
        self.send(Request::Collect(Some(reply)))?;
        answer.await.map_err(|_| self.stopped())?
    }

    async fn enqueue(&self, operation: &Operation) -> Result<Outcome, StoreError> {
        operation.check()?;
        self.health.check()?;
        let weight = writer::weight(operation).min(QUEUE_WEIGHT_MAX) as u32;
        let room = Arc::clone(&self.queue_room).acquire_many_owned(weight).await;
        let permit = room.map_err(|_| self.stopped())?;
        let (reply, answer) = oneshot::channel();
        self.send(Request::Perform(Job { operation: operation.clone(), permit, reply }))?;
        answer.await.map_err(|_| self.stopped())?
    }

    fn send(&self, request: Request) -> Result<(), StoreError> {
        let queue = self.queue.as_ref().expect("the queue is only closed by dropping the store");
        queue.send(request).map_err(|_| self.stopped())
    }

    /// Why the writer no longer answers.
    fn stopped(&self) -> StoreError {
        let stopped = || StoreError::Unavailable("the store's writer has stopped; start Kittiwake again".to_owned());
        self.health.check().err().unwrap_or_else(stopped)
    }
}

fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> std::io::Result<JoinHandle<()>> {
    thread::Builder::new().name(name.to_owned()).spawn(work)
}

impl Drop for SqliteStore {
    fn drop(&mut self) {
        // The writer ends when nobody can ask it any more, the housekeeper when the writer has ended.
        self.queue = None;
        for thread in self.threads.drain(..) {
            if thread.join().is_err() {
                tracing::error!("a thread of the store panicked");
            }
        }
    }
}

impl Store for SqliteStore {
    fn get<'a>(&'a self, partition: &'a Partition, keys: &'a [Bytes]) -> StoreFuture<'a, Vec<Option<Row>>> {
        Box::pin(async move { self.readers.get(partition, keys) })
    }

    fn scan<'a>(
        &'a self,
        partition: &'a Partition,
        range: &'a Range,
        direction: Direction,
        rows_max: usize,
    ) -> StoreFuture<'a, Page> {
        Box::pin(async move { self.readers.scan(partition, range, direction, rows_max) })
    }

    fn perform<'a>(&'a self, operation: &'a Operation) -> StoreFuture<'a, Outcome> {
        Box::pin(self.enqueue(operation))
    }

    fn sweep<'a>(&'a self, family: Family, token: Option<&'a [u8]>, rows_max: usize) -> StoreFuture<'a, SweepPage> {
        Box::pin(async move { self.readers.sweep(family, token, rows_max) })
    }
}
