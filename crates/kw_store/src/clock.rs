//! Time as a parameter: the clock that engines and use cases are given, and the hybrid clock that mints stamps.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{SystemTime, UNIX_EPOCH};

use crate::Stamp;

/// The time of day, in microseconds since 1970. A parameter everywhere, so that a simulation owns it.
pub trait Clock: Send + Sync + std::fmt::Debug + 'static {
    /// Microseconds since 1970-01-01T00:00:00Z.
    fn now_micros(&self) -> u64;

    /// Milliseconds since 1970-01-01T00:00:00Z.
    fn now_millis(&self) -> u64 {
        self.now_micros() / 1_000
    }
}

/// The machine's clock.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that asks the machine for the time")]
    fn now_micros(&self) -> u64 {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        since.as_micros() as u64
    }
}

/// A clock that stands still until it is moved.
#[derive(Debug)]
pub struct ManualClock(AtomicU64);

impl ManualClock {
    /// A clock that says `micros` until it is told otherwise.
    pub fn at_micros(micros: u64) -> Self {
        Self(AtomicU64::new(micros))
    }

    /// Moves the clock forward.
    pub fn advance_millis(&self, millis: u64) {
        self.0.fetch_add(millis * 1_000, Ordering::SeqCst);
    }

    /// Sets the clock, backwards too.
    pub fn set_micros(&self, micros: u64) {
        self.0.store(micros, Ordering::SeqCst);
    }
}

impl Clock for ManualClock {
    fn now_micros(&self) -> u64 {
        self.0.load(Ordering::SeqCst)
    }
}

/// The hybrid clock that mints stamps: never below the time of day, nor at or below any stamp that it minted or was shown.
#[derive(Debug, Default)]
pub struct StampClock(AtomicU64);

impl StampClock {
    /// Takes note of a stamp that was read: everything minted from now on is above it.
    pub fn observe(&self, stamp: Stamp) {
        self.0.fetch_max(stamp.0, Ordering::SeqCst);
    }

    /// A stamp above every one minted or observed so far, and not below `now_micros`.
    pub fn mint(&self, now_micros: u64) -> Stamp {
        let mut last = self.0.load(Ordering::SeqCst);
        loop {
            let next = now_micros.max(last + 1);
            match self.0.compare_exchange_weak(last, next, Ordering::SeqCst, Ordering::SeqCst) {
                Ok(_) => return Stamp(next),
                Err(seen) => last = seen,
            }
        }
    }
}
