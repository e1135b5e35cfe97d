//! Rate limits: how often who may do what, in a bounded table in memory.
//!
//! Windows are fixed: they begin and end at multiples of their length, so that a counter is one number. A node counts for
//! itself. When more callers are known than the table holds, the least used are forgotten, which only ever forgives.

use std::net::IpAddr;
use std::sync::{Arc, Mutex};

use http::{HeaderMap, HeaderName, HeaderValue};
use kw_domain::id::AccountId;
use kw_domain::time::Millis;
use quick_cache::sync::Cache;

use crate::time;

const MINUTES: u64 = Millis::MINUTE;
const HOURS: u64 = Millis::HOUR;
/// Counters in memory, about 100 bytes each.
const COUNTERS_MAX: usize = 200_000;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// Any call with a token, for the token.
    Token,
    /// Any call with a token, for its member.
    Member,
    /// Any call without a token, for the address it comes from.
    Visitor,
    /// A page of the site, for the address it comes from.
    Page,
    /// Going through lists.
    Paging,
    /// Sending pictures.
    Media,
    /// Deleting posts, taking boosts back.
    Delete,
    /// Signing up, registering clients.
    SignUp,
    /// Posting and boosting.
    Post,
    /// Following.
    Follow,
}

impl Class {
    /// How often, in how many milliseconds.
    const fn rate(self) -> (u64, u64) {
        match self {
            Self::Token | Self::Visitor => (300, 5 * MINUTES),
            Self::Member => (1_500, 5 * MINUTES),
            Self::Page => (600, 5 * MINUTES),
            Self::Paging => (300, 15 * MINUTES),
            Self::Media | Self::Delete => (30, 30 * MINUTES),
            Self::SignUp => (5, 30 * MINUTES),
            Self::Post => (300, 3 * HOURS),
            Self::Follow => (400, 24 * HOURS),
        }
    }
}

/// For whom is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// A token, by its hash.
    Token([u8; 32]),
    /// A member.
    Member(AccountId),
    /// Where a call comes from: an IPv4 address, or an IPv6 network of 64 bits, which is one household.
    Place(u128),
}

impl Subject {
    /// The place that an address stands for.
    pub fn place(address: IpAddr) -> Self {
        Self::Place(match address.to_canonical() {
            IpAddr::V4(address) => u128::from(address.to_bits()),
            IpAddr::V6(address) => address.to_bits() >> 64 << 64,
        })
    }
}

/// How a caller stands with one limit after a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowance {
    /// Calls in the window.
    pub limit: u64,
    /// Calls left in it.
    pub remaining: u64,
    /// When the next window begins.
    pub reset: Millis,
    /// Whether this call was one too many.
    pub is_spent: bool,
}

impl Allowance {
    /// Seconds until the next window.
    pub fn wait_s(&self, now: Millis) -> u64 {
        self.reset.0.saturating_sub(now.0).div_ceil(1_000)
    }

    /// Writes `X-RateLimit-*`.
    pub fn write(&self, headers: &mut HeaderMap) {
        let reset = HeaderValue::from_str(&time::moment(self.reset)).expect("a moment is ASCII");
        headers.insert(HeaderName::from_static("x-ratelimit-limit"), self.limit.into());
        headers.insert(HeaderName::from_static("x-ratelimit-remaining"), self.remaining.into());
        headers.insert(HeaderName::from_static("x-ratelimit-reset"), reset);
    }

    /// The one closer to its end.
    fn tighter(self, other: Self) -> Self {
        if (other.is_spent, std::cmp::Reverse(other.remaining)) > (self.is_spent, std::cmp::Reverse(self.remaining)) {
            other
        } else {
            self
        }
    }
}

/// Calls in the window of a number.
#[derive(Debug, Default)]
struct Counter(Mutex<(u64, u64)>);

/// All counters.
#[derive(Debug)]
pub struct Limits {
    factor: f64,
    counters: Cache<(Class, Subject), Arc<Counter>>,
}

impl Limits {
    /// Empty counters; `factor` multiplies every limit.
    pub fn new(factor: f64) -> Self {
        Self { factor, counters: Cache::new(COUNTERS_MAX) }
    }

    /// Counts one call against each of `charges` and tells of the one closest to its end.
    pub fn charge(&self, charges: &[(Class, Subject)], now: Millis) -> Option<Allowance> {
        charges.iter().map(|charge| self.charge_one(*charge, now)).reduce(Allowance::tighter)
    }

    fn charge_one(&self, charge: (Class, Subject), now: Millis) -> Allowance {
        let (calls, period_ms) = charge.0.rate();
        let limit = ((calls as f64 * self.factor) as u64).max(1);
        let window = now.0 / period_ms;
        let counter = match self.counters.get(&charge) {
            Some(counter) => counter,
            None => self
                .counters
                .get_or_insert_with(&charge, || Ok::<_, std::convert::Infallible>(Arc::default()))
                .unwrap_or_default(),
        };
        let mut count = counter.0.lock().expect("no holder of this lock panics");
        if count.0 != window {
            *count = (window, 0);
        }
        let is_spent = count.1 >= limit;
        count.1 = limit.min(count.1 + 1);
        Allowance { limit, remaining: limit - count.1, reset: Millis((window + 1) * period_ms), is_spent }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Millis = Millis(1_795_419_000_000);

    fn place(address: &str) -> Subject {
        Subject::place(address.parse().expect("an address"))
    }

    #[test]
    fn the_call_after_the_last_is_refused_until_the_window_ends() {
        let limits = Limits::new(1.0);
        let charge = [(Class::SignUp, place("192.0.2.1"))];
        for left in (0..5).rev() {
            let allowance = limits.charge(&charge, NOW).expect("counted");
            assert_eq!((allowance.remaining, allowance.is_spent), (left, false));
        }
        let spent = limits.charge(&charge, NOW).expect("counted");
        assert!(spent.is_spent);
        assert!(spent.wait_s(NOW) <= 30 * 60);
        assert!(!limits.charge(&charge, spent.reset).expect("counted").is_spent);
    }

    #[test]
    fn places_do_not_share_a_limit_and_a_household_does() {
        assert_eq!(place("2001:db8:1:2::1"), place("2001:db8:1:2:ffff::9"));
        assert_ne!(place("2001:db8:1:2::1"), place("2001:db8:1:3::1"));
        assert_ne!(place("192.0.2.1"), place("192.0.2.2"));
        assert_eq!(place("192.0.2.1"), place("::ffff:192.0.2.1"));
    }

    #[test]
    fn the_limit_closest_to_its_end_is_told() {
        let limits = Limits::new(1.0);
        let member = Subject::Member(AccountId(1));
        let told = limits.charge(&[(Class::Member, member), (Class::Delete, member)], NOW).expect("counted");
        assert_eq!((told.limit, told.remaining), (30, 29));
    }

    #[test]
    fn the_factor_multiplies_every_limit_and_never_closes_a_door() {
        for (factor, limit) in [(10.0, 3_000), (0.5, 150), (0.0, 1)] {
            let told = Limits::new(factor).charge(&[(Class::Visitor, place("192.0.2.1"))], NOW).expect("counted");
            assert_eq!(told.limit, limit);
        }
    }
}
