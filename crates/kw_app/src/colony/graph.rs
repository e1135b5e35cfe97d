//! Who follows whom in a colony, from both sides and each in order: whom a member follows, and who follows a member.
//!
//! The other side of a crowd's follows is not sorted from a file: each stretch of members finds its followers by going through
//! all follows again, which is quicker than writing them down, and takes as much memory as one stretch.

use std::ops::Range;

use super::plan::{Colony, Shape};

/// Follows that are held in memory at a time.
const STRETCH_FOLLOWS: u64 = 6_000_000;
/// In a celebrity's colony one member in so many follows a second one, and one in the second number a third one.
const SECOND_EVERY: u64 = 16;
const THIRD_EVERY: u64 = 64;

/// An edge between two members, by number: who is followed, and by whom.
pub(super) type Edge = (u64, u64);

/// Whom of the colony's own a member follows, by number, in order.
pub(super) fn followed_by(colony: &Colony, number: u64) -> Vec<u64> {
    match colony.shape {
        Shape::Celebrity(_) => {
            let of = |every: u64| Some(number / every).filter(|other| number.is_multiple_of(every) && *other != number);
            let mut both: Vec<u64> = [of(THIRD_EVERY), of(SECOND_EVERY)].into_iter().flatten().collect();
            both.dedup();
            both
        }
        Shape::Crowd { follows } => {
            let mut drawn: Vec<u64> = draw(colony, number, follows).collect();
            drawn.sort_unstable();
            drawn.dedup();
            drawn
        }
    }
}

/// Whom a member of a crowd follows, in no order, some twice: between a quarter and seven quarters of the average, and those of
/// low number most.
fn draw(colony: &Colony, number: u64, follows: u64) -> impl Iterator<Item = u64> {
    let (seed, members) = (mix(colony.seed ^ mix(number)), colony.members);
    let most = members.saturating_sub(1);
    let many = (follows / 4 + seed % (follows * 3 / 2 + 1)).min(most);
    (0..many)
        .map(move |at| {
            // The top 53 bits as a fraction; its cube makes the power law.
            let fraction = (mix(seed.wrapping_add(at + 1)) >> 11) as f64 / (1_u64 << 53) as f64;
            (members as f64 * fraction * fraction * fraction) as u64
        })
        .filter(move |other| *other != number)
}

/// A number that looks like chance and is none: the finaliser of `SplitMix64` (Steele, Lea and Flood, 2014).
const fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// How many of the colony's own follow each member.
pub(super) fn count(colony: &Colony) -> Vec<u32> {
    match colony.shape {
        Shape::Celebrity(_) => Vec::new(),
        Shape::Crowd { .. } => {
            let mut counts = vec![0; colony.members as usize];
            for number in 0..colony.members {
                for other in followed_by(colony, number) {
                    counts[other as usize] += 1;
                }
            }
            counts
        }
    }
}

/// All edges between members in the order of who is followed, then of who follows. `counts` is what [`count`] found.
pub(super) fn edges(colony: Colony, counts: Vec<u32>) -> Box<dyn Iterator<Item = Edge> + Send> {
    match colony.shape {
        Shape::Celebrity(_) => Box::new((1..colony.members.div_ceil(SECOND_EVERY)).flat_map(move |followed| {
            let followers = [followed * SECOND_EVERY, followed * THIRD_EVERY].into_iter();
            let is_one =
                move |follower: &u64| *follower < colony.members && followed_by(&colony, *follower).contains(&followed);
            followers.filter(is_one).map(move |follower| (followed, follower))
        })),
        Shape::Crowd { .. } => {
            Box::new(stretches(&counts).into_iter().flat_map(move |stretch| of_stretch(&colony, &counts, stretch)))
        }
    }
}

fn stretches(counts: &[u32]) -> Vec<Range<usize>> {
    let (mut all, mut from, mut held) = (Vec::new(), 0, 0);
    for (at, count) in counts.iter().enumerate() {
        if held + u64::from(*count) > STRETCH_FOLLOWS && at > from {
            all.push(from..at);
            (from, held) = (at, 0);
        }
        held += u64::from(*count);
    }
    all.push(from..counts.len());
    all
}

/// Edges to a stretch of members: who follows stands where the count of those before says.
fn of_stretch(colony: &Colony, counts: &[u32], stretch: Range<usize>) -> impl Iterator<Item = Edge> + use<> {
    let mut ends = Vec::with_capacity(stretch.len());
    let mut total = 0;
    for count in &counts[stretch.clone()] {
        ends.push(total);
        total += *count as usize;
    }
    let mut followers = vec![0_u32; total];
    for number in 0..colony.members {
        for other in followed_by(colony, number) {
            let other = other as usize;
            if stretch.contains(&other) {
                let end = &mut ends[other - stretch.start];
                followers[*end] = number as u32;
                *end += 1;
            }
        }
    }
    let mut from = 0;
    let followed = ends.into_iter().enumerate().flat_map(move |(at, end)| {
        let many = end - std::mem::replace(&mut from, end);
        std::iter::repeat_n((stretch.start + at) as u64, many)
    });
    followed.zip(followers.into_iter().map(u64::from))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use kw_domain::id::AccountId;
    use kw_domain::time::Millis;

    use super::*;

    fn colony(members: u64, shape: Shape) -> Colony {
        Colony::before(Millis(20_000 * Millis::DAY), members, shape, 7)
    }

    #[test]
    fn both_sides_of_a_graph_hold_the_same_edges_each_once_and_in_order() {
        for shape in [Shape::Celebrity(AccountId(1)), Shape::Crowd { follows: 12 }] {
            for members in [2, 15, 1_000] {
                let colony = colony(members, shape);
                let one: BTreeSet<Edge> = (0..members)
                    .flat_map(|n| followed_by(&colony, n).into_iter().map(move |other| (other, n)))
                    .collect();
                let other: Vec<Edge> = edges(colony, count(&colony)).collect();
                assert!(other.is_sorted_by(|a, b| a < b), "{shape:?} of {members}");
                assert_eq!(one.into_iter().collect::<Vec<_>>(), other, "{shape:?} of {members}");
            }
        }
    }

    #[test]
    fn a_crowd_has_a_few_whom_very_many_follow() {
        let mut counts = count(&colony(2_000, Shape::Crowd { follows: 40 }));
        let total: u32 = counts.iter().sum();
        assert!((30..=45).contains(&(total / 2_000)), "{total}");
        counts.sort_unstable();
        let (half, most) = (counts[1_000], counts[1_999]);
        assert!(most > 20 * half, "half have at most {half}, one has {most}");
    }

    #[test]
    fn a_seed_makes_a_crowd_and_another_seed_another() {
        let crowd = colony(500, Shape::Crowd { follows: 20 });
        assert_eq!(count(&crowd), count(&crowd));
        assert_ne!(count(&crowd), count(&Colony { seed: 8, ..crowd }));
    }
}
