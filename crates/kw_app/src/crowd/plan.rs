//! Who a crowd is: its members by number, when each joined, and what each is called. Nothing here is by chance, so that
//! growing a crowd again finds the same people.

use kw_domain::id::{AccountId, RelationId, TIME_SHIFT};
use kw_domain::time::Millis;

/// Members of a crowd who join on one day: below the target of a bucket, which holds one day.
pub const A_DAY: u64 = 40_000;
/// Their ids are of a slot that no node leases.
const SLOT: u64 = 1_023 << 6;
/// How long after joining they follow, in milliseconds.
const FOLLOWS_AFTER_MS: u64 = 1_000;

/// A crowd.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crowd {
    /// Whom they follow.
    pub account: AccountId,
    /// How many they are.
    pub followers: u64,
    /// The first moment of the first day on which they join: a midnight, UTC.
    pub first_day: Millis,
    /// How many join on one day, one after another in even steps; [`A_DAY`] but for tests.
    pub a_day: u64,
}

/// One of a crowd.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Follower {
    pub id: AccountId,
    pub handle: String,
    pub follow: RelationId,
}

impl Crowd {
    /// On how many days they join.
    pub const fn days(&self) -> u64 {
        self.followers.div_ceil(self.a_day)
    }

    /// The moment after the last of them.
    pub const fn end(&self) -> Millis {
        Millis(self.first_day.0 + self.days() * Millis::DAY)
    }

    /// The first moment of a day.
    pub(super) const fn day(&self, day: u64) -> Millis {
        Millis(self.first_day.0 + day * Millis::DAY)
    }

    /// How many join on a day.
    pub(super) fn joining(&self, day: u64) -> u64 {
        self.followers.saturating_sub(day * self.a_day).min(self.a_day)
    }

    pub(super) fn follower(&self, number: u64) -> Follower {
        let of_day = number % self.a_day * (Millis::DAY - FOLLOWS_AFTER_MS) / self.a_day;
        let joined = self.day(number / self.a_day).0 + of_day;
        Follower {
            id: AccountId(joined << TIME_SHIFT | SLOT),
            handle: format!("reader_{number:08}"),
            follow: RelationId((joined + FOLLOWS_AFTER_MS) << TIME_SHIFT | SLOT),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_of_a_crowd_join_one_after_another_and_on_their_day() {
        let crowd =
            Crowd { account: AccountId(1), followers: 100_000, first_day: Millis(20_000 * Millis::DAY), a_day: A_DAY };
        assert_eq!((crowd.days(), crowd.joining(1), crowd.joining(2), crowd.joining(3)), (3, A_DAY, 20_000, 0));
        let mut before = crowd.follower(0);
        for number in 1..crowd.followers {
            let next = crowd.follower(number);
            assert!(next.id > before.id && next.follow > before.follow && next.handle > before.handle, "{number}");
            assert_eq!(next.follow.at().0 / Millis::DAY, 20_000 + number / A_DAY, "{number}");
            before = next;
        }
        assert!(before.follow.at() < crowd.end());
    }
}
