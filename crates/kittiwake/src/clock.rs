//! The server's clock: the machine's time of day, held to the time that has really passed since the start.
//!
//! Powers end, waiting times run out and effects lapse by the clock, so whoever sets it could make staff's decisions take
//! effect before their time or keep them from ending. What differs by more than a few minutes from what the machine's
//! uptime says is therefore not believed: the server goes on counting from its start, says so in its log, and takes the new
//! time once it is started again, which the ledger records. Deliberately absent: knowing whether the clock was right at
//! the start; who watches from outside sees that.

use std::fmt;
use std::sync::atomic::{AtomicBool, Ordering};

use kw_store::{Clock, SystemClock};
use rustix::time::{ClockId, clock_gettime};

/// How far the time of day may go from the uptime, in microseconds, besides what clocks drift.
const JUMP_MICROS: u64 = 5 * 60 * 1_000_000;
/// A clock that is disciplined over the network drifts less than a part in this many.
const DRIFT: u64 = 1_000;

/// Two readings of time, in microseconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Reading {
    /// Since 1970.
    of_day: u64,
    /// Since the machine was switched on, asleep or awake.
    up: u64,
}

/// The clock.
pub struct SteadyClock {
    start: Reading,
    read: fn() -> Reading,
    has_told: AtomicBool,
}

impl fmt::Debug for SteadyClock {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("SteadyClock").field("start", &self.start).finish_non_exhaustive()
    }
}

impl SteadyClock {
    /// Begins to count.
    pub fn start() -> Self {
        Self { start: read(), read, has_told: AtomicBool::new(false) }
    }
}

impl Clock for SteadyClock {
    fn now_micros(&self) -> u64 {
        let now = (self.read)();
        let believed = believe(self.start, now);
        let is_ours = believed == now.of_day;
        if !is_ours && !self.has_told.swap(true, Ordering::Relaxed) {
            tracing::error!(
                seconds = now.of_day.abs_diff(believed) / 1_000_000,
                "the machine's clock was set while the server ran. It goes on by its own count; restart it once the clock is right"
            );
        } else if is_ours {
            self.has_told.store(false, Ordering::Relaxed);
        }
        believed
    }
}

/// The time of day, or what it would be had nobody set it.
fn believe(start: Reading, now: Reading) -> u64 {
    let passed = now.up.saturating_sub(start.up);
    let counted = start.of_day + passed;
    if now.of_day.abs_diff(counted) <= JUMP_MICROS + passed / DRIFT { now.of_day } else { counted }
}

fn read() -> Reading {
    let up = clock_gettime(ClockId::Boottime);
    let up = u64::try_from(up.tv_sec).unwrap_or_default() * 1_000_000
        + u64::try_from(up.tv_nsec).unwrap_or_default() / 1_000;
    Reading { of_day: SystemClock.now_micros(), up }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: u64 = 3_600 * 1_000_000;
    const START: Reading = Reading { of_day: 1_000 * HOUR, up: 5 * HOUR };

    fn after(up: u64, of_day: u64) -> u64 {
        believe(START, Reading { of_day: START.of_day + of_day, up: START.up + up }) - START.of_day
    }

    #[test]
    fn small_corrections_are_taken_and_jumps_are_not() {
        assert_eq!(after(HOUR, HOUR), HOUR);
        assert_eq!(after(HOUR, HOUR + 2_000_000), HOUR + 2_000_000, "two seconds of correction");
        assert_eq!(after(HOUR, 73 * HOUR), HOUR, "three days forward");
        assert_eq!(believe(START, Reading { of_day: 0, up: START.up + HOUR }), START.of_day + HOUR, "back to 1970");
        assert_eq!(after(1_000 * HOUR, 1_000 * HOUR + HOUR / 2), 1_000 * HOUR + HOUR / 2, "weeks of slow drift");
    }

    #[test]
    fn it_begins_at_the_time_of_day() {
        let (clock, wall) = (SteadyClock::start(), SystemClock.now_micros());
        assert!(clock.now_micros().abs_diff(wall) < JUMP_MICROS);
    }
}
