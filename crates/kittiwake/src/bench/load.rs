//! Load on a server: at a pace that does not wait for the answers, or as fast as the answers come.
//!
//! At a pace, latency counts from the moment at which a request was due. So a server that stands still for a second is charged
//! with everything that was due in that second ("coordinated omission" is what it is called where that is forgotten).

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use hdrhistogram::Histogram;
use tokio::sync::Semaphore;

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

/// What each answer cost, of so much in all.
pub fn each(all: Duration, went: &Went) -> Duration {
    all / went.requests.max(1) as u32
}

/// An empty histogram of microseconds, up to ten minutes, to three digits.
pub fn histogram() -> Histogram<u64> {
    Histogram::new_with_bounds(1, 600_000_000, 3).expect("these bounds are in order")
}

/// Asks for as long as the load says.
pub async fn run(port: u16, load: &Load) -> Result<Went, CommandError> {
    let begun = Instant::now();
    let beat = Arc::new(Beat { begun, next: AtomicU64::new(0), due: load.pace.map(|pace| (pace, Semaphore::new(0))) });
    let beating = load.pace.map(|pace| {
        let (beat, time) = (Arc::clone(&beat), load.time);
        std::thread::spawn(move || beat.keep(pace, time))
    });
    let tasks: Vec<_> =
        (0..load.connections).map(|_| tokio::spawn(one(port, load.clone(), Arc::clone(&beat)))).collect();
    let mut latency = histogram();
    let mut broke = Ok(());
    for task in tasks {
        match task.await.map_err(|error| CommandError::said(format!("the load broke: {error}"))).flatten() {
            Ok(of_one) => latency.add(of_one).map_err(|error| CommandError::said(error.to_string()))?,
            Err(error) => broke = Err(error),
        }
    }
    let time = begun.elapsed();
    if let Some(beating) = beating {
        beating.join().map_err(|_| CommandError::said("the pace was lost"))?;
    }
    broke.map(|()| Went { requests: latency.len(), time, latency })
}

/// Says when the next request is due.
struct Beat {
    begun: Instant,
    next: AtomicU64,
    /// Requests a second, and those that are due by now and that nobody makes yet.
    due: Option<(f64, Semaphore)>,
}

impl Beat {
    /// On a thread of its own: it wakes within some hundredths of a millisecond, where the runtime's timers round up to whole
    /// ones.
    fn keep(&self, pace: f64, time: Duration) {
        let Some((_, due)) = &self.due else { return };
        for number in 0_u64.. {
            let at = Duration::from_secs_f64(number as f64 / pace);
            if at >= time {
                // Whoever waits finds the end of the time.
                due.close();
                return;
            }
            if let Some(left) = (self.begun + at).checked_duration_since(Instant::now()) {
                std::thread::sleep(left);
            }
            due.add_permits(1);
        }
    }

    /// The next request's number, and when it was due, once it is; none when the time is over.
    async fn next(&self, time: Duration) -> Option<(u64, Instant)> {
        let Some((pace, due)) = &self.due else {
            let now = Instant::now();
            return (now < self.begun + time).then(|| (self.next.fetch_add(1, Ordering::Relaxed), now));
        };
        match due.acquire().await {
            Ok(permit) => permit.forget(),
            Err(_) => return None,
        }
        let number = self.next.fetch_add(1, Ordering::Relaxed);
        Some((number, self.begun + Duration::from_secs_f64(number as f64 / pace)))
    }
}

async fn one(port: u16, load: Load, beat: Arc<Beat>) -> Result<Histogram<u64>, CommandError> {
    let mut connection = Connection::open(port).await?;
    let mut latency = histogram();
    while let Some((number, due)) = beat.next(load.time).await {
        connection.ask_well(&(load.ask)(number)).await?;
        latency.saturating_record(due.elapsed().as_micros().max(1) as u64);
    }
    Ok(latency)
}
