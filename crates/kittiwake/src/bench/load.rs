//! Load on a server: at a pace that does not wait for the answers, or as fast as the answers come.
//!
//! At a pace, latency counts from the moment at which a request was due. So a server that stands still for a second is charged
//! with everything that was due in that second ("coordinated omission" is what it is called where that is forgotten).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;

use super::client::Connection;
use crate::failure::CommandError;

/// Who makes the request of a number.
pub type Asker = Arc<dyn Fn(u64) -> Arc<[u8]> + Send + Sync>;

/// What to ask for.
#[derive(Clone)]
pub struct Load {
    /// The requests.
    pub ask: Asker,
    /// Requests a second; none for as fast as answers come.
    pub pace: Option<f64>,
    /// Connections at a time.
    pub connections: usize,
    /// For how long.
    pub time: Duration,
}

/// How it went.
#[derive(Debug)]
pub struct Went {
    /// Answers.
    pub requests: u64,
    /// How long it took.
    pub time: Duration,
    /// From when a request was due to its whole answer, in microseconds.
    pub latency: Histogram<u64>,
}

impl Went {
    /// Answers a second.
    pub fn per_second(&self) -> f64 {
        self.requests as f64 / self.time.as_secs_f64()
    }
}

/// An empty histogram of microseconds, up to ten minutes, to three digits.
pub fn histogram() -> Histogram<u64> {
    Histogram::new_with_bounds(1, 600_000_000, 3).expect("these bounds are in order")
}

/// Asks for as long as the load says.
pub async fn run(port: u16, load: &Load) -> Result<Went, CommandError> {
    let (begun, next) = (Instant::now(), Arc::new(AtomicU64::new(0)));
    let tasks: Vec<_> =
        (0..load.connections).map(|_| tokio::spawn(one(port, load.clone(), begun, Arc::clone(&next)))).collect();
    let mut latency = histogram();
    for task in tasks {
        let of_one = task.await.map_err(|error| CommandError::said(format!("the load broke: {error}")))??;
        latency.add(of_one).map_err(|error| CommandError::said(error.to_string()))?;
    }
    Ok(Went { requests: latency.len(), time: begun.elapsed(), latency })
}

async fn one(port: u16, load: Load, begun: Instant, next: Arc<AtomicU64>) -> Result<Histogram<u64>, CommandError> {
    let mut connection = Connection::open(port).await?;
    let mut latency = histogram();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        let due = match load.pace {
            Some(pace) => begun + Duration::from_secs_f64(number as f64 / pace),
            None => Instant::now(),
        };
        if due >= begun + load.time {
            return Ok(latency);
        }
        tokio::time::sleep_until(due.into()).await;
        connection.ask_well(&(load.ask)(number)).await?;
        latency.saturating_record(due.elapsed().as_micros().max(1) as u64);
    }
}
