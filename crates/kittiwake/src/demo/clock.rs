//! A clock that begins in the past and ends in the present, so that a colony made in a second looks lived in.

use std::sync::atomic::{AtomicU64, Ordering};

use kw_store::{Clock, SystemClock};

/// The time of day, some minutes ago.
#[derive(Debug)]
pub struct BackdatedClock {
    behind_micros: AtomicU64,
}

impl BackdatedClock {
    /// A clock that is this many minutes behind.
    pub fn behind_minutes(minutes: u64) -> Self {
        Self { behind_micros: AtomicU64::new(micros(minutes)) }
    }

    /// Goes forward to `minutes` ago; never back.
    pub fn go_to(&self, minutes: u64) {
        self.behind_micros.fetch_min(micros(minutes), Ordering::SeqCst);
    }
}

const fn micros(minutes: u64) -> u64 {
    minutes * 60 * 1_000_000
}

impl Clock for BackdatedClock {
    fn now_micros(&self) -> u64 {
        SystemClock.now_micros() - self.behind_micros.load(Ordering::SeqCst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_never_goes_back() {
        let clock = BackdatedClock::behind_minutes(60);
        let first = clock.now_micros();
        clock.go_to(30);
        let second = clock.now_micros();
        assert!(second >= first + micros(30));
        clock.go_to(45);
        assert!(clock.now_micros() >= second);
    }
}
