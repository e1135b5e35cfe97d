//! A clock that begins in the past and ends in the present, so that a colony made in a second looks lived in. Where something
//! has to wait for days, it can be set ahead.

use std::sync::atomic::{AtomicI64, Ordering};

use kw_domain::time::Millis;
use kw_store::{Clock, SystemClock};

/// The time of day, some minutes ago.
#[derive(Debug)]
pub struct BackdatedClock {
    /// Negative when it is ahead.
    behind_micros: AtomicI64,
}

impl BackdatedClock {
    /// A clock that is this many minutes behind.
    pub fn behind_minutes(minutes: u64) -> Self {
        Self { behind_micros: AtomicI64::new(micros(minutes)) }
    }

    /// A clock on which it is `moment`, which is past.
    pub fn at(moment: Millis) -> Self {
        let behind_micros = behind(moment).max(0);
        Self { behind_micros: AtomicI64::new(behind_micros) }
    }

    /// Lets it be `moment`, unless that is past on this clock or yet to come on everybody's.
    pub fn go_on_to(&self, moment: Millis) {
        self.behind_micros.fetch_min(behind(moment).max(0), Ordering::SeqCst);
    }

    /// Lets it be `moment` at once, though nobody waited for it; never back.
    pub fn skip_to(&self, moment: Millis) {
        self.behind_micros.fetch_min(behind(moment), Ordering::SeqCst);
    }

    /// Goes forward to `minutes` ago; never back.
    pub fn go_to(&self, minutes: u64) {
        self.behind_micros.fetch_min(micros(minutes), Ordering::SeqCst);
    }
}

const fn micros(minutes: u64) -> i64 {
    (minutes * 60 * 1_000_000).cast_signed()
}

/// How long ago `moment` was on everybody's clock.
fn behind(moment: Millis) -> i64 {
    SystemClock.now_micros().cast_signed() - (moment.0 * 1_000).cast_signed()
}

impl Clock for BackdatedClock {
    fn now_micros(&self) -> u64 {
        SystemClock.now_micros().saturating_add_signed(-self.behind_micros.load(Ordering::SeqCst))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_shows_the_moment_that_was_asked_for_and_goes_on_from_there() {
        let clock = BackdatedClock::at(Millis(1_000_000));
        assert!((1_000_000..1_060_000).contains(&clock.now_millis()));
        clock.go_on_to(Millis(2_000_000));
        assert!((2_000_000..2_060_000).contains(&clock.now_millis()));
        clock.go_on_to(Millis(1_500_000));
        assert!(clock.now_millis() >= 2_000_000);
    }

    #[test]
    fn it_never_goes_back() {
        let clock = BackdatedClock::behind_minutes(60);
        let first = clock.now_micros();
        clock.go_to(30);
        let second = clock.now_micros();
        assert!(second >= first + micros(30).cast_unsigned());
        clock.go_to(45);
        assert!(clock.now_micros() >= second);
    }

    #[test]
    fn it_is_set_ahead_when_nobody_wants_to_wait() {
        let clock = BackdatedClock::behind_minutes(60);
        let later = Millis(SystemClock.now_millis() + 3_600_000);
        clock.skip_to(later);
        clock.go_to(0);
        assert!((later.0..later.0 + 60_000).contains(&clock.now_millis()));
    }
}
