//! What is said to be missing is enough, and nothing less is.

use proptest::prelude::*;

use super::super::missing::{Addition, Missing, TeamNeed};
use super::super::question::{Delay, Mode, Question, Signer, Span};
use super::staff::{DEFAULT, question, signer};
use crate::person::{PersonId, Role, Team};
use crate::power::{Power, Tier};

const TEAMS: [&str; 3] = ["day", "night", "trust"];

fn any_of<T: Copy + std::fmt::Debug + 'static>(all: &'static [T]) -> impl Strategy<Value = T> {
    proptest::sample::select(all)
}

fn a_signer(person: std::ops::Range<u32>) -> impl Strategy<Value = Signer> {
    let roles = proptest::collection::btree_set(any_of(Role::ALL), 0..3);
    (person, roles, any_of(&TEAMS), proptest::bool::weighted(0.2), any::<bool>()).prop_map(
        |(person, roles, team, powers_ended, device_bound)| {
            let team = Team::new(team).expect("a plain name");
            Signer { person: PersonId(person), roles, team, powers_ended, device_bound }
        },
    )
}

fn a_question() -> impl Strategy<Value = Question> {
    let what = (any_of(Power::ALL), any_of(Tier::ALL), any_of(Span::ALL), any_of(Delay::ALL), any::<bool>());
    let house = (any_of(Mode::ALL), 1..6_u32, 1..3_u32, 1..3_u8, 0..3_u8);
    (what, house, proptest::collection::vec(a_signer(1..5), 0..4)).prop_map(
        |((power, tier, span, delay, urgent), (mode, live, live_teams, undo_needs, extra), signers)| Question {
            span,
            delay,
            urgent,
            undo_needs,
            mode,
            live,
            live_teams,
            extra,
            ..question(power, tier, &signers)
        },
    )
}

/// Somebody who is what is asked for, and, as people are, perhaps more.
fn somebody(addition: &Addition, number: usize, is_more: bool, signers: &[Signer]) -> Signer {
    let mut roles = addition.roles.iter().take(1).copied().collect::<std::collections::BTreeSet<_>>();
    roles.extend(if is_more || roles.is_empty() { vec![Role::Communications, Role::Auditor] } else { vec![] });
    let team = match addition.team {
        TeamNeed::Other => Team::new(&format!("new-{number}")).expect("a plain name"),
        TeamNeed::Any => {
            signers.first().map_or_else(|| Team::new("day").expect("a plain name"), |first| first.team.clone())
        }
    };
    let device_bound = addition.device_bound || is_more;
    Signer { person: PersonId(100 + number as u32), roles, team, powers_ended: false, device_bound }
}

fn with(asked: &Question, others: &[Signer]) -> Question {
    Question { signers: [asked.signers.as_slice(), others].concat(), ..asked.clone() }
}

fn is_enough_and_nothing_less(asked: &Question, missing: &Missing, is_more: bool) -> Result<(), TestCaseError> {
    for way in &missing.ways {
        let coming = way.iter().enumerate();
        let coming: Vec<_> = coming.map(|(at, offer)| somebody(&offer.addition, at, is_more, &asked.signers)).collect();
        prop_assert!(DEFAULT.permits(&with(asked, &coming)), "{way:?}");
        for without in 0..coming.len() {
            let fewer = [&coming[..without], &coming[without + 1..]].concat();
            prop_assert!(!DEFAULT.permits(&with(asked, &fewer)), "{way:?} without {without}");
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn what_is_missing_is_enough_and_nothing_less_is(asked in a_question(), is_more in any::<bool>()) {
        let missing = DEFAULT.missing(&asked, &[]);
        prop_assert_eq!(missing.is_nothing(), DEFAULT.permits(&asked));
        prop_assert_eq!(missing.people == 0, missing.ways.is_empty());
        is_enough_and_nothing_less(&asked, &missing, is_more)?;
    }

    #[test]
    fn a_roster_can_complete_what_all_of_it_together_would(
        asked in a_question(), roster in proptest::collection::vec(a_signer(1..30), 0..8),
    ) {
        let mut new = roster.clone();
        new.retain(|one| asked.signers.iter().all(|other| other.person != one.person));
        prop_assert_eq!(DEFAULT.may_begin(&asked, &roster), DEFAULT.permits(&with(&asked, &new)));
    }

    #[test]
    fn whoever_is_asked_for_beyond_the_policy_is_anybody_where_nobody_signed(asked in a_question()) {
        let asked = Question { signers: Vec::new(), ..asked };
        let missing = DEFAULT.missing(&asked, &[]);
        let ways: Vec<Vec<Addition>> =
            missing.ways.iter().map(|way| way.iter().map(|offer| offer.addition.clone()).collect()).collect();
        prop_assert_eq!(ways, super::super::search::ways(&DEFAULT, &asked));
    }

    #[test]
    fn more_signatures_never_make_less(asked in a_question(), newcomer in a_signer(90..91)) {
        prop_assert!(!DEFAULT.permits(&asked) || DEFAULT.permits(&with(&asked, &[newcomer])));
    }

    #[test]
    fn what_is_enough_for_a_higher_tier_is_enough_for_a_lower_one(asked in a_question()) {
        let crowd = [signer(91, "trust", Role::TrustLead), signer(92, "night", Role::Moderator), signer(93, "day", Role::Security)];
        let asked = with(&asked, &crowd);
        let takes_a_tier_to_begin = matches!(asked.power, Power::TierDown | Power::LabelRemove);
        for (above, below) in [(Tier::Protected, Tier::Notable), (Tier::Notable, Tier::Ordinary)] {
            let [above, below] = [above, below].map(|tier| Question { tier, ..asked.clone() });
            prop_assume!(!takes_a_tier_to_begin || below.tier != Tier::Ordinary);
            // One person hides ordinary accounts at once and for 30 days at most, and notable ones after three days that
            // everybody can see, also for longer.
            prop_assume!(asked.mode != Mode::Solo || below.tier != Tier::Ordinary);
            prop_assert!(!DEFAULT.permits(&above) || DEFAULT.permits(&below));
        }
    }
}

#[test]
fn who_on_the_roster_fits_is_counted_without_those_who_signed() {
    let ada = signer(1, "trust", Role::TrustLead);
    let ben = signer(2, "night", Role::Moderator);
    let cleo = signer(3, "night", Role::Moderator);
    let dora = Signer { powers_ended: true, ..signer(4, "day", Role::Moderator) };
    let roster = [ada.clone(), ben.clone(), cleo, dora, Signer { device_bound: false, ..ada.clone() }];
    let missing = DEFAULT.missing(&question(Power::TakeDown, Tier::Notable, &[ben]), &roster);
    assert_eq!((missing.people, missing.ways.len(), missing.ways[0][0].on_roster), (1, 1, 1));
    assert!(missing.can_be_completed);

    let missing = DEFAULT.missing(&question(Power::TakeDown, Tier::Notable, &[ada]), &roster[..1]);
    assert_eq!((missing.people, missing.ways[0][0].on_roster), (1, 0));
    assert!(!missing.can_be_completed);
}

#[test]
fn who_is_asked_for_beyond_the_policy_may_be_anybody_with_powers() {
    let ada = signer(1, "trust", Role::Moderator);
    let asked =
        Question { span: Span::Day, extra: 1, ..question(Power::Limit, Tier::Ordinary, std::slice::from_ref(&ada)) };
    let missing = DEFAULT.missing(&asked, &[]);
    assert_eq!(missing.ways.len(), 1);
    assert_eq!(missing.ways[0][0].addition, Addition::ANYBODY);

    assert!(DEFAULT.permits(&with(&asked, &[signer(2, "press", Role::Communications)])));
    assert!(!DEFAULT.permits(&with(&asked, &[signer(2, "audit", Role::Auditor)])));
    assert!(!DEFAULT.permits(&with(&asked, &[Signer { powers_ended: true, ..signer(2, "night", Role::Moderator) }])));
    assert!(!DEFAULT.permits(&with(&asked, &[Signer { device_bound: false, ..ada }])));
}
