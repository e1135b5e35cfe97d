//! The load: reads and writes at their paces, none waiting for another's answer. Latency counts from when each was due.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;

use super::books::{Books, Deed};
use super::mix::{Mix, READS, WRITES};
use crate::bench::client::Connection;
use crate::bench::load::histogram;
use crate::failure::CommandError;

/// Connections at a time, for reads and for writes.
const CONNECTIONS: usize = 32;
/// The numbers of a stretch begin this far above those of the one before.
const NUMBERS: u64 = 1 << 32;

/// Reads or writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// What changes nothing.
    Reads,
    /// What is written down.
    Writes,
}

/// How much of what is usual.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    /// Of the requests a second.
    pub pace: f64,
    /// Of what is there before as much is taken back as is added.
    pub kept: f64,
}

/// The load of all stretches.
pub struct Driver {
    mix: Mix,
    scale: Scale,
    writes_under_way: AtomicU64,
    books: Mutex<Books>,
    errors: Mutex<BTreeMap<String, u64>>,
}

/// What the connections of one side share during a stretch.
pub struct Run {
    /// Where.
    pub port: u16,
    /// Which stretch, from 0.
    pub stretch: u64,
    /// What to ask for.
    pub side: Side,
    /// When it began.
    pub begun: Instant,
    /// For how long.
    pub time: Duration,
    /// Set when the server is about to be killed: nothing is sent any more, and what is under way is no error.
    pub is_over: Arc<AtomicBool>,
    next: AtomicU64,
}

impl Driver {
    /// A driver at so much of what is usual.
    pub fn new(mix: Mix, scale: Scale) -> Self {
        let books = Mutex::new(Books::at(scale.kept));
        Self { mix, scale, writes_under_way: AtomicU64::new(0), books, errors: Mutex::default() }
    }

    /// Who asks for what.
    pub const fn mix(&self) -> &Mix {
        &self.mix
    }

    /// The books as they are.
    pub fn books(&self) -> Books {
        self.locked().clone()
    }

    /// Answers that were errors, and connections that broke while the server was to be there, by what they said.
    pub fn errors(&self) -> BTreeMap<String, u64> {
        self.errors.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Writes that were sent and are not answered yet.
    pub fn writes_under_way(&self) -> u64 {
        self.writes_under_way.load(Ordering::SeqCst)
    }

    /// Requests a second.
    pub fn pace(&self, side: Side) -> f64 {
        self.scale.pace * if side == Side::Reads { READS } else { WRITES }
    }

    /// Asks on one connection until the time is over; answered latencies.
    pub async fn ask(&self, run: &Run) -> Result<Histogram<u64>, CommandError> {
        let mut connection = Connection::open(run.port).await?;
        let mut latency = histogram();
        loop {
            let number = run.next.fetch_add(1, Ordering::Relaxed);
            let due = run.begun + Duration::from_secs_f64(number as f64 / self.pace(run.side));
            if due >= run.begun + run.time {
                return Ok(latency);
            }
            // Rounds up to whole milliseconds. Here latencies are only compared with one another.
            tokio::time::sleep_until(due.into()).await;
            if run.is_over.load(Ordering::SeqCst) {
                return Ok(latency);
            }
            let number = run.stretch * NUMBERS + number;
            let (request, deed) = match run.side {
                Side::Reads => (self.mix.read(number), None),
                Side::Writes => {
                    let (request, deed) = self.mix.write(number, &mut self.locked());
                    (request, Some(deed))
                }
            };
            let is_write = u64::from(deed.is_some());
            self.writes_under_way.fetch_add(is_write, Ordering::SeqCst);
            let answer = connection.ask(&request).await;
            self.writes_under_way.fetch_sub(is_write, Ordering::SeqCst);
            match answer {
                Ok(answer) if answer.status == 200 => {
                    latency.saturating_record(due.elapsed().as_micros().max(1) as u64);
                    self.keep(deed, answer.body)?;
                }
                Ok(answer) => self.note(&request, &answer.status.to_string()),
                Err(_) if run.is_over.load(Ordering::SeqCst) => {
                    self.locked().cut_off += is_write;
                    return Ok(latency);
                }
                Err(error) => self.note(&request, &error.to_string()),
            }
        }
    }

    fn keep(&self, deed: Option<Deed>, answer: &[u8]) -> Result<(), CommandError> {
        deed.map_or(Ok(()), |deed| self.locked().keep(deed, answer))
    }

    fn note(&self, request: &[u8], what: &str) {
        let text = String::from_utf8_lossy(request);
        // Ids differ from request to request, and what went wrong does not.
        let line = text.split(" HTTP/").next().unwrap_or_default();
        let shape: String = line.chars().map(|letter| if letter.is_ascii_digit() { '#' } else { letter }).collect();
        let mut errors = self.errors.lock().unwrap_or_else(PoisonError::into_inner);
        *errors.entry(format!("{shape}: {what}")).or_default() += 1;
    }

    fn locked(&self) -> MutexGuard<'_, Books> {
        self.books.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Run {
    /// One that begins now.
    pub fn begin(port: u16, stretch: u64, (side, time): (Side, Duration), is_over: Arc<AtomicBool>) -> Self {
        Self { port, stretch, side, begun: Instant::now(), time, is_over, next: AtomicU64::new(0) }
    }
}

/// How many connections each side has.
pub const fn connections() -> usize {
    CONNECTIONS
}
