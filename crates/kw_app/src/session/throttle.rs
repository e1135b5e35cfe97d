//! Slowing guessing down: after some failed attempts each further one has to wait twice as long.
//!
//! In memory and bounded: a restart forgives, and a cluster's nodes count for themselves. Attempts are counted before
//! they are tried, so that trying many at once gains nothing.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::Mutex;

use kw_domain::id::AccountId;
use kw_domain::refusal::{Kind, Refusal};
use kw_domain::time::Millis;

use crate::rows::Hash;

/// Subjects remembered.
const SUBJECTS_MAX: usize = 20_000;
/// After so long without an attempt, a subject is forgotten, in milliseconds.
const FORGOTTEN_MS: u64 = Millis::HOUR;
/// The first wait, in milliseconds.
const WAIT_MS_MIN: u64 = 1_000;
/// The longest wait, in milliseconds: somebody else's guessing must not keep an owner out for long.
const WAIT_MS_MAX: u64 = 5 * Millis::MINUTE;

/// Whose attempts are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Subject {
    /// Passwords of an account.
    Account(AccountId),
    /// Passwords of a name that nobody has; slowed down alike, so that nothing shows.
    Nobody(Hash),
    /// Second factors of an account.
    SecondFactor(AccountId),
    /// Everything from one address; of IPv6, one network.
    Address(IpAddr),
}

impl Subject {
    /// The address something comes from.
    pub fn address(address: IpAddr) -> Self {
        Self::Address(match address.to_canonical() {
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                IpAddr::V6([a, b, c, d, 0, 0, 0, 0].into())
            }
            address @ IpAddr::V4(_) => address,
        })
    }

    /// Attempts that need no waiting.
    const fn free(self) -> u32 {
        match self {
            Self::Account(_) | Self::Nobody(_) | Self::SecondFactor(_) => 5,
            // Many people can be behind one address.
            Self::Address(_) => 30,
        }
    }
}

#[derive(Debug, Clone, Copy, Default)]
struct Strikes {
    count: u32,
    last: Millis,
}

/// The attempts of the last hour.
#[derive(Debug, Default)]
pub(crate) struct Throttle(Mutex<BTreeMap<Subject, Strikes>>);

impl Throttle {
    /// Counts an attempt of all `subjects`; refused, and not counted, while one of them has to wait.
    pub fn begin(&self, subjects: &[Subject], now: Millis) -> Result<(), Refusal> {
        let mut strikes = self.0.lock().expect("no holder of this lock panics");
        let wait = |subject: &Subject| strikes.get(subject).map_or(0, |it| it.wait_ms(subject.free(), now));
        let wait_ms = subjects.iter().map(wait).max().unwrap_or(0);
        if wait_ms > 0 {
            let sentence = "Too many attempts. Please wait a moment and try again.";
            return Err(Refusal::new(Kind::TooOften(wait_ms), "too_often", sentence));
        }
        for subject in subjects {
            make_room(&mut strikes, now);
            let entry = strikes.entry(*subject).or_default();
            let count = if entry.is_old(now) { 0 } else { entry.count };
            *entry = Strikes { count: count + 1, last: now };
        }
        Ok(())
    }

    /// The attempt was right: nothing was guessed.
    pub fn forgive(&self, subjects: &[Subject]) {
        let mut strikes = self.0.lock().expect("no holder of this lock panics");
        for subject in subjects {
            match (subject, strikes.get_mut(subject)) {
                // Somebody's own account among many guesses does not clear the address.
                (Subject::Address(_), Some(entry)) if entry.count > 1 => entry.count -= 1,
                _ => _ = strikes.remove(subject),
            }
        }
    }
}

impl Strikes {
    fn is_old(&self, now: Millis) -> bool {
        self.last.plus_ms(FORGOTTEN_MS) <= now
    }

    fn wait_ms(&self, free: u32, now: Millis) -> u64 {
        if self.count < free || self.is_old(now) {
            return 0;
        }
        let doublings = (self.count - free).min(16);
        let wait = (WAIT_MS_MIN << doublings).min(WAIT_MS_MAX);
        self.last.plus_ms(wait).0.saturating_sub(now.0)
    }
}

/// Forgets what is old, and if that is not enough the mildest.
fn make_room(strikes: &mut BTreeMap<Subject, Strikes>, now: Millis) {
    if strikes.len() < SUBJECTS_MAX {
        return;
    }
    strikes.retain(|_, entry| !entry.is_old(now));
    if strikes.len() >= SUBJECTS_MAX {
        let mildest = strikes.iter().min_by_key(|(_, entry)| (entry.count, entry.last)).map(|(subject, _)| *subject);
        mildest.map(|subject| strikes.remove(&subject));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADA: [Subject; 1] = [Subject::Account(AccountId(7))];

    fn wait_of(throttle: &Throttle, now: Millis) -> Option<u64> {
        match throttle.begin(&ADA, now) {
            Err(Refusal { kind: Kind::TooOften(wait_ms), .. }) => Some(wait_ms),
            _ => None,
        }
    }

    #[test]
    fn each_attempt_after_the_fifth_waits_twice_as_long() {
        let (throttle, mut now) = (Throttle::default(), Millis(1_000_000));
        for _ in 0..5 {
            assert_eq!(wait_of(&throttle, now), None);
        }
        for wait_ms in [1_000, 2_000, 4_000, 8_000] {
            assert_eq!(wait_of(&throttle, now), Some(wait_ms));
            now = now.plus_ms(wait_ms);
            assert_eq!(wait_of(&throttle, now), None);
        }
        assert_eq!(wait_of(&throttle, now.plus_ms(FORGOTTEN_MS)), None);
        assert_eq!(wait_of(&throttle, now.plus_ms(FORGOTTEN_MS)), None);
    }

    #[test]
    fn no_wait_is_longer_than_five_minutes() {
        let (throttle, mut now) = (Throttle::default(), Millis(1_000_000));
        for _ in 0..60 {
            let wait_ms = wait_of(&throttle, now).unwrap_or(0);
            assert!(wait_ms <= WAIT_MS_MAX);
            now = now.plus_ms(wait_ms);
        }
    }

    #[test]
    fn a_right_attempt_forgives_the_account_and_one_step_of_the_address() {
        let (throttle, now) = (Throttle::default(), Millis(1_000_000));
        let home = Subject::address("192.0.2.7".parse().expect("an address"));
        for guess in 0..29 {
            throttle.begin(&[Subject::Nobody([guess; 32]), home], now).expect("within what is free");
        }
        throttle.begin(&[ADA[0], home], now).expect("within what is free");
        throttle.forgive(&[ADA[0], home]);
        throttle.begin(&[home], now).expect("one step was forgiven");
        assert!(throttle.begin(&[home], now).is_err());
    }

    #[test]
    fn the_table_is_bounded_and_one_network_is_one_subject() {
        let (throttle, now) = (Throttle::default(), Millis(1_000_000));
        for number in 0..SUBJECTS_MAX as u64 + 100 {
            throttle.begin(&[Subject::Account(AccountId(number))], now).expect("the first attempt of each");
        }
        assert!(throttle.0.lock().expect("a lock").len() <= SUBJECTS_MAX);
        let subject = |text: &str| Subject::address(text.parse().expect("an address"));
        assert_eq!(subject("2001:db8::1"), subject("2001:db8::ffff:2"));
        assert_eq!(subject("::ffff:192.0.2.7"), subject("192.0.2.7"));
        assert_ne!(subject("2001:db8::1"), subject("2001:db8:0:1::1"));
    }
}
