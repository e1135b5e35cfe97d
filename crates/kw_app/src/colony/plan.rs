//! Who a colony is: its members by number, when each joined, and what each is called. Nothing here is by chance but what
//! follows from the seed, so that loading a colony again finds the same people.

use kw_domain::id::{AccountId, PostId, RelationId, TIME_SHIFT};
use kw_domain::time::Millis;

/// Members of a colony who join on one day: below the target of a bucket, which holds one day.
pub const A_DAY: u64 = 40_000;
/// Their ids are of a slot that no node leases.
const SLOT: u64 = 1_023 << 6;
/// How many ids that slot has in a millisecond.
const IDS_A_MS: u64 = 1 << 6;
/// How long after joining they follow, in milliseconds.
const FOLLOWS_AFTER_MS: u64 = 1_000;
/// For how many days they post, after the last of them joined.
const POSTING_DAYS: u64 = 20;

/// A colony.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colony {
    /// How many they are.
    pub members: u64,
    /// Whom they follow.
    pub shape: Shape,
    /// The first moment of the first day on which they join: a midnight, UTC.
    pub first_day: Millis,
    /// How many join on one day, one after another in even steps; [`A_DAY`] but for tests.
    pub a_day: u64,
    /// What decides where chance would.
    pub seed: u64,
}

/// Who follows whom.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// All follow this account, which is older than they are; some follow one or two of their own as well.
    Celebrity(AccountId),
    /// They follow one another, so many on average; how many follow each falls with a power of the rank.
    Crowd {
        /// Follows of a member, on average.
        follows: u64,
    },
}

/// One of a colony.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    pub id: AccountId,
    pub handle: String,
}

impl Colony {
    /// A colony that has been there for a while by `now`.
    pub const fn before(now: Millis, members: u64, shape: Shape, seed: u64) -> Self {
        let days = members.div_ceil(A_DAY) + POSTING_DAYS + 2;
        Self { members, shape, first_day: Millis((now.0 / Millis::DAY - days) * Millis::DAY), a_day: A_DAY, seed }
    }

    /// On how many days they join.
    pub const fn days(&self) -> u64 {
        self.members.div_ceil(self.a_day)
    }

    /// The moment after the last of them joined and followed.
    pub const fn end(&self) -> Millis {
        Millis(self.first_day.0 + self.days() * Millis::DAY)
    }

    /// The moment after the last of their posts.
    pub const fn quiet_from(&self) -> Millis {
        Millis(self.end().0 + POSTING_DAYS * Millis::DAY)
    }

    /// The account of a member, by number.
    pub const fn account(&self, number: u64) -> AccountId {
        AccountId(self.joined(number) << TIME_SHIFT | SLOT)
    }

    /// What a member is called.
    pub fn handle(number: u64) -> String {
        format!("reader_{number:08}")
    }

    pub(super) fn member(&self, number: u64) -> Member {
        Member { id: self.account(number), handle: Self::handle(number) }
    }

    /// The place of a member in the lists of those whom they follow.
    pub const fn follow(&self, number: u64) -> RelationId {
        RelationId((self.joined(number) + FOLLOWS_AFTER_MS) << TIME_SHIFT | SLOT)
    }

    /// The post that a member wrote in a round, of so many rounds.
    pub(super) const fn post(&self, round: u64, number: u64, rounds: u64) -> PostId {
        let (at, all) = (round * self.members + number, rounds * self.members);
        // In a millisecond or in several: spread over the days as widely as whole milliseconds allow.
        let ms = (POSTING_DAYS * Millis::DAY / (all / IDS_A_MS + 1)) * (at / IDS_A_MS);
        PostId((self.end().0 + ms) << TIME_SHIFT | SLOT | (at % IDS_A_MS))
    }

    const fn joined(&self, number: u64) -> u64 {
        let of_day = number % self.a_day * (Millis::DAY - FOLLOWS_AFTER_MS) / self.a_day;
        self.first_day.0 + number / self.a_day * Millis::DAY + of_day
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_join_one_after_another_and_on_their_day() {
        let first_day = Millis(20_000 * Millis::DAY);
        let shape = Shape::Celebrity(AccountId(1));
        let colony = Colony { members: 100_000, shape, first_day, a_day: A_DAY, seed: 1 };
        assert_eq!(colony.days(), 3);
        let (mut before, mut follow) = (colony.member(0), colony.follow(0));
        for number in 1..colony.members {
            let (next, next_follow) = (colony.member(number), colony.follow(number));
            assert!(next.id > before.id && next_follow > follow && next.handle > before.handle, "{number}");
            assert_eq!(next_follow.at().0 / Millis::DAY, 20_000 + number / A_DAY, "{number}");
            (before, follow) = (next, next_follow);
        }
        assert!(follow.at() < colony.end());
    }

    #[test]
    fn posts_follow_one_another_and_none_is_like_another() {
        let shape = Shape::Crowd { follows: 3 };
        for (members, rounds) in [(3, 1), (70, 2), (1_000, 30)] {
            let colony = Colony::before(Millis(20_000 * Millis::DAY), members, shape, 1);
            let posts: Vec<PostId> =
                (0..rounds).flat_map(|round| (0..members).map(move |n| colony.post(round, n, rounds))).collect();
            assert!(posts.is_sorted_by(|older, newer| older < newer));
            let last = posts.last().expect("there are some");
            assert!(posts[0].at() >= colony.end() && last.at() < colony.quiet_from());
            assert!(colony.quiet_from().0 < 20_000 * Millis::DAY);
        }
    }
}
