//! One stretch between two starts of the server: its load, and what the server was like when its time was over.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use indicatif::ProgressBar;
use tokio::task::JoinHandle;

use super::drive::{Driver, Run, Side, connections};
use super::length;
use crate::bench::load::histogram;
use crate::bench::process;
use crate::bench::server::Server;
use crate::failure::CommandError;

/// For how long requests are still due when the server is killed, so that some are under way.
const KILLED_WITHIN: Duration = Duration::from_secs(2);

/// What the server was like at the end of a stretch, with the load still on; all in bytes.
#[derive(Debug, Clone, Copy)]
pub struct Sample {
    /// Its own memory.
    pub memory: u64,
    /// The same when half of the time was over: a stretch is as old as a server gets here.
    pub memory_halfway: u64,
    /// `network.db`.
    pub database: u64,
    /// What is written and not folded in.
    pub log: u64,
    /// `ledger.db`, its log and the keys.
    pub ledger: u64,
}

/// How it went.
#[derive(Debug)]
pub struct Stretch {
    /// From its start to its first answer.
    pub first_answer: Duration,
    /// Whether it ended with kill -9.
    pub is_killed: bool,
    /// Reads.
    pub reads: Histogram<u64>,
    /// Writes.
    pub writes: Histogram<u64>,
    /// Errors so far, this stretch and all before.
    pub errors: u64,
    /// The server at its end.
    pub sample: Sample,
}

/// One connection at work, and how long its answers took.
type Asking = JoinHandle<Result<Histogram<u64>, CommandError>>;

/// A stretch that goes on.
pub struct Running {
    driver: Arc<Driver>,
    begun: Instant,
    time: Duration,
    first_answer: Duration,
    is_killed: bool,
    is_over: Arc<AtomicBool>,
    tasks: Vec<(Side, Asking)>,
}

/// Begins the load of a stretch.
pub fn begin(server: &Server, driver: &Arc<Driver>, (number, time, is_killed): (usize, Duration, bool)) -> Running {
    let (begun, is_over) = (Instant::now(), Arc::<AtomicBool>::default());
    let due = if is_killed { time + KILLED_WITHIN } else { time };
    let mut tasks = Vec::new();
    for side in [Side::Reads, Side::Writes] {
        let run = Arc::new(Run::begin(server.port(), number as u64, (side, due), Arc::clone(&is_over)));
        for _ in 0..connections() {
            let (driver, run) = (Arc::clone(driver), Arc::clone(&run));
            tasks.push((side, tokio::spawn(async move { driver.ask(&run).await })));
        }
    }
    let (driver, first_answer) = (Arc::clone(driver), server.first_answer);
    Running { driver, begun, time, first_answer, is_killed, is_over, tasks }
}

impl Running {
    /// Waits until the time is over, and looks at the server.
    pub async fn wait(&mut self, server: &Server, directory: &Path, bar: &ProgressBar) -> Result<Sample, CommandError> {
        let (so_far, mut halfway) = (bar.position(), None);
        while let Some(left) = self.time.checked_sub(self.begun.elapsed()) {
            tokio::time::sleep(left.min(Duration::from_secs(1))).await;
            bar.set_position(so_far + self.begun.elapsed().min(self.time).as_secs());
            if halfway.is_none() && self.begun.elapsed() >= self.time / 2 {
                halfway = Some(process::anonymous_bytes(&server.place())?);
            }
        }
        bar.set_position(so_far + self.time.as_secs());
        let bytes = |name: &str| length(&directory.join(name));
        let memory = process::anonymous_bytes(&server.place())?;
        Ok(Sample {
            memory,
            memory_halfway: halfway.unwrap_or(memory),
            database: bytes("network.db"),
            log: bytes("network.db-wal"),
            ledger: ["ledger.db", "ledger.db-wal", "keys.db", "keys.db-wal"].into_iter().map(bytes).sum(),
        })
    }

    /// Waits until a write is under way, if one comes. From then on nothing is sent, and what is not answered is no error.
    pub async fn cut_off(&self) {
        while self.driver.writes_under_way() == 0 && self.begun.elapsed() < self.time + KILLED_WITHIN {
            tokio::time::sleep(Duration::from_micros(100)).await;
        }
        self.is_over.store(true, Ordering::SeqCst);
    }

    /// Waits for the answers that are still to come.
    pub async fn end(self, sample: Sample) -> Result<Stretch, CommandError> {
        let (mut reads, mut writes) = (histogram(), histogram());
        for (side, task) in self.tasks {
            let of_one = task.await.map_err(|error| CommandError::said(format!("the load broke: {error}")))??;
            let all = if side == Side::Reads { &mut reads } else { &mut writes };
            all.add(of_one).map_err(|error| CommandError::said(error.to_string()))?;
        }
        let errors = self.driver.errors().values().sum();
        Ok(Stretch { first_answer: self.first_answer, is_killed: self.is_killed, reads, writes, errors, sample })
    }
}
