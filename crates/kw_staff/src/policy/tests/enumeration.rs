//! A second opinion on the floor: every case of a small world, put to Cedar's evaluator, beside the same rules in plain Rust.

use std::collections::BTreeSet;

use super::super::Policy;
use super::super::question::{Delay, Mode, Question, Signer};
use super::staff::{question, signer};
use crate::person::Role;
use crate::power::{Power, Tier};

const OVER_ACCOUNTS: [Power; 12] = [
    Power::Limit,
    Power::TakeDown,
    Power::RemovePost,
    Power::Freeze,
    Power::ResetSignIn,
    Power::ChangeEmail,
    Power::Rename,
    Power::ReadPrivate,
    Power::TierDown,
    Power::LabelRemove,
    Power::Purge,
    Power::EraseOpening,
];

/// The floor in plain words: whether it leaves room for what is asked.
fn leaves_room(asked: &Question) -> bool {
    let counted: Vec<_> = asked.signers.iter().filter(|signer| !signer.powers_ended).collect();
    let people = counted.iter().map(|signer| signer.person).collect::<BTreeSet<_>>().len();
    let teams = counted.iter().map(|signer| &signer.team).collect::<BTreeSet<_>>().len();
    let are_teams_enough = teams >= 2 || asked.live_teams < 2;
    let is_alone_and_slow = people >= 1 && asked.mode == Mode::Solo && asked.delay >= Delay::ThreeDays;
    let is_enough = match asked.power {
        Power::Restore => people >= if asked.live >= 2 { usize::from(asked.undo_needs) } else { 1 },
        Power::BreakGlass => people >= 1 && asked.tier == Tier::Ordinary,
        Power::RosterNarrow | Power::KeyEnd => people >= 2 || is_alone_and_slow,
        power if power.is_over_the_house() => {
            (people >= (asked.live as usize).saturating_sub(1).clamp(2, 3) && are_teams_enough) || is_alone_and_slow
        }
        power if OVER_ACCOUNTS.contains(&power) => match asked.tier {
            Tier::Ordinary => people >= 1,
            Tier::Notable => people >= 2 || is_alone_and_slow,
            Tier::Protected => people >= 3 && are_teams_enough,
        },
        _ => people >= 1,
    };
    is_enough && (asked.mode != Mode::Stalled || matches!(asked.power, Power::Restore | Power::StepUp))
}

/// Nobody, or up to three people of two teams, each with powers or without; and the same with a second key of the first.
fn signatures() -> Vec<Vec<Signer>> {
    let kinds = [("day", false), ("day", true), ("night", false), ("night", true)];
    let mut all: Vec<Vec<usize>> = vec![Vec::new()];
    let mut last = all.clone();
    for _ in 0..3 {
        let longer = |chosen: &Vec<usize>| {
            let (from, chosen) = (chosen.last().copied().unwrap_or(0), chosen.clone());
            (from..kinds.len()).map(move |kind| chosen.iter().copied().chain([kind]).collect::<Vec<_>>())
        };
        last = last.iter().flat_map(longer).collect();
        all.extend(last.clone());
    }
    let person = |(at, kind): (usize, &usize)| {
        let (team, powers_ended) = kinds[*kind];
        Signer { powers_ended, ..signer(at as u32 + 1, team, Role::Moderator) }
    };
    // Teams have no order: the first person's is the day's.
    all.retain(|chosen| chosen.first().is_none_or(|kind| kinds[*kind].0 == "day"));
    let people: Vec<Vec<Signer>> = all.iter().map(|chosen| chosen.iter().enumerate().map(person).collect()).collect();
    let twice = people.iter().filter(|signers| (1..=2).contains(&signers.len())).map(|signers| {
        let second_key = Signer { device_bound: false, ..signers[0].clone() };
        signers.iter().cloned().chain([second_key]).collect()
    });
    people.iter().cloned().chain(twice).collect()
}

/// Every question of the small world about one power. What the floor does not look at for a power has one value.
fn questions(power: Power) -> Vec<Question> {
    let is_of_the_house = power.is_over_the_house();
    let undo_needs: &[u8] = if power == Power::Restore { &[1, 2] } else { &[1] };
    let live: &[u32] = if power == Power::Restore || is_of_the_house { &[1, 3, 4] } else { &[4] };
    let live_teams: &[u32] = if OVER_ACCOUNTS.contains(&power) || is_of_the_house { &[1, 2] } else { &[2] };
    let tiers: &[Tier] = if is_of_the_house { &[Tier::Protected] } else { Tier::ALL };
    let mut all = Vec::new();
    for signers in signatures() {
        for (undo_needs, live, live_teams) in product(undo_needs, live, live_teams) {
            for (tier, mode, delay) in
                product(tiers, &[Mode::Solo, Mode::Team, Mode::Stalled], &[Delay::Day, Delay::ThreeDays])
            {
                let asked = question(power, tier, &signers);
                all.push(Question { delay, undo_needs, mode, live, live_teams, ..asked });
            }
        }
    }
    all
}

fn product<A: Copy, B: Copy, C: Copy>(firsts: &[A], seconds: &[B], thirds: &[C]) -> Vec<(A, B, C)> {
    let pairs = firsts.iter().flat_map(|first| seconds.iter().map(move |second| (*first, *second)));
    pairs.flat_map(|(first, second)| thirds.iter().map(move |third| (first, second, *third))).collect()
}

#[test]
fn cedar_and_plain_rust_agree_about_the_floor_in_every_case_of_a_small_world() {
    let roomiest = Policy::parse(b"permit (principal, action, resource);").expect("it can be read");
    let (mut permitted, mut refused) = (0_u32, 0_u32);
    for asked in Power::ALL.iter().flat_map(|power| questions(*power)) {
        let is_permitted = roomiest.permits(&asked);
        assert_eq!(is_permitted, leaves_room(&asked), "{asked:?}");
        *(if is_permitted { &mut permitted } else { &mut refused }) += 1;
    }
    assert!(permitted > 5_000 && refused > 5_000, "{permitted} and {refused}: the world is too small to tell");
}
