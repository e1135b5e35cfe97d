//! The default matrix as staff.md draws it, written by hand and compared with what the policy asks for.

use super::super::missing::{Addition, TeamNeed};
use super::super::question::{Delay, Mode, Question, Span};
use super::staff::{DEFAULT, question, signer};
use crate::person::Role;
use crate::power::{Power, Tier};

/// Whether the matrix has a cell for this power over this tier.
pub(super) fn is_in_the_matrix(power: Power, tier: Tier) -> bool {
    match power {
        Power::BreakGlass => tier == Tier::Ordinary,
        Power::TierDown | Power::LabelRemove => tier != Tier::Ordinary,
        _ => true,
    }
}

/// A way in a few letters: `M` moderator, `L` trust lead, `X` security, `S` support; `'` of another team; `!` device-bound.
fn short(way: &[&Addition]) -> String {
    let one = |addition: &&Addition| {
        let letter = |role: &Role| match role {
            Role::Support => 'S',
            Role::Moderator => 'M',
            Role::TrustLead => 'L',
            Role::Security => 'X',
            Role::Communications => 'C',
            Role::Auditor => 'A',
        };
        let mut said: String = addition.roles.iter().map(letter).collect();
        said += if addition.team == TeamNeed::Other { "'" } else { "" };
        said + if addition.device_bound { "!" } else { "" }
    };
    way.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// Who it takes, in a few letters; `-` when nobody can.
fn who(asked: &Question) -> String {
    let missing = DEFAULT.missing(asked, &[]);
    let way =
        |way: &Vec<super::super::missing::Offer>| short(&way.iter().map(|offer| &offer.addition).collect::<Vec<_>>());
    if missing.ways.is_empty() { "-".to_owned() } else { missing.ways.iter().map(way).collect::<Vec<_>>().join(" or ") }
}

#[track_caller]
fn row(powers: &[Power], span: Span, delay: Delay, expected: [&str; 3]) {
    for power in powers {
        for (tier, expected) in Tier::ALL.iter().zip(expected) {
            let asked = Question { span, delay, ..question(*power, *tier, &[]) };
            assert_eq!(who(&asked), expected, "{power} over {tier}, {span}, {delay}");
        }
    }
}

const LEAD_OF_THREE: &str = "MLX MLX L'! or MLX MLX' L!";

#[test]
fn restoring_and_stepping_up_take_one() {
    row(&[Power::Restore, Power::StepUp], Span::Endless, Delay::Instant, ["SMLX"; 3]);
    for tier in Tier::ALL {
        assert_eq!(who(&Question { undo_needs: 2, ..question(Power::Restore, *tier, &[]) }), "SMLX SMLX");
    }
}

#[test]
fn hiding_for_a_while() {
    let notable = "MLX MLX'";
    row(&[Power::Limit, Power::RemovePost, Power::TakeDown], Span::Day, Delay::Instant, ["ML", notable, LEAD_OF_THREE]);
    row(
        &[Power::Limit, Power::RemovePost, Power::TakeDown],
        Span::Week,
        Delay::Instant,
        ["MLX MLX", notable, LEAD_OF_THREE],
    );
    row(&[Power::Limit, Power::RemovePost], Span::Endless, Delay::Instant, ["MLX MLX", notable, LEAD_OF_THREE]);
}

#[test]
fn taking_down_without_end() {
    let notable = "MLX MLX MLX'";
    for span in [Span::Month, Span::Endless] {
        row(&[Power::TakeDown], span, Delay::Instant, ["MLX MLX", notable, "-"]);
        row(&[Power::TakeDown], span, Delay::Day, ["MLX MLX", notable, LEAD_OF_THREE]);
        let urgent = Question { span, urgent: true, ..question(Power::TakeDown, Tier::Protected, &[]) };
        assert_eq!(who(&urgent), LEAD_OF_THREE);
    }
}

#[test]
fn sign_in_is_frozen_for_72_hours_at_most() {
    row(&[Power::Freeze], Span::ThreeDays, Delay::Instant, ["MLX MLX", "MLX MLX'", "MLX MLX MLX'"]);
    row(&[Power::Freeze], Span::Week, Delay::Instant, ["-"; 3]);
}

#[test]
fn helping_an_owner_back_in() {
    let powers = [Power::ResetSignIn, Power::ChangeEmail, Power::Rename];
    row(&powers, Span::Endless, Delay::Instant, ["SMLX MLX", "MLX MLX L", "-"]);
    row(&powers, Span::Endless, Delay::ThreeDays, ["SMLX MLX", "MLX MLX L", LEAD_OF_THREE]);
}

#[test]
fn reading_what_is_private() {
    row(&[Power::ReadPrivate], Span::Day, Delay::Instant, ["MLX LX", "MLX L' or L MX'", LEAD_OF_THREE]);
}

#[test]
fn tiers_and_labels_rise_quickly_and_fall_slowly() {
    row(&[Power::TierUp, Power::LabelAdd], Span::Endless, Delay::Instant, ["MLX", "MLX MLX", "MLX MLX"]);
    row(&[Power::TierDown, Power::LabelRemove], Span::Endless, Delay::ThreeDays, ["-"; 3]);
    row(&[Power::TierDown, Power::LabelRemove], Span::Endless, Delay::Week, ["-", "MLX MLX MLX", "MLX MLX MLX'"]);
}

#[test]
fn erasing_waits_thirty_days() {
    row(&[Power::Purge, Power::EraseOpening], Span::Endless, Delay::Week, ["-"; 3]);
    row(&[Power::Purge, Power::EraseOpening], Span::Endless, Delay::Month, ["MLX MLX L", "MLX MLX L", LEAD_OF_THREE]);
}

#[test]
fn the_house_gives_after_a_day_and_takes_at_once() {
    let giving = [Power::RosterWiden, Power::KeyEnrol, Power::Policy, Power::Alert, Power::Witness, Power::Origin];
    for power in giving {
        let asked = |delay, live, live_teams| {
            who(&Question { delay, live, live_teams, ..question(power, Tier::Protected, &[]) })
        };
        assert_eq!(asked(Delay::Instant, 9, 3), "-");
        assert_eq!(asked(Delay::Day, 9, 3), "MLX MLX MLX'");
        assert_eq!(asked(Delay::Day, 4, 1), "MLX MLX MLX");
        assert_eq!(asked(Delay::Day, 3, 2), "MLX MLX'");
        assert_eq!(asked(Delay::Day, 2, 1), "MLX MLX");
    }
    for power in [Power::RosterNarrow, Power::KeyEnd] {
        assert_eq!(who(&question(power, Tier::Protected, &[])), "MLX MLX");
    }
}

#[test]
fn break_glass_is_for_one_and_for_ordinary_accounts() {
    row(&[Power::BreakGlass], Span::Day, Delay::Instant, ["MLX", "-", "-"]);
}

#[test]
fn one_person_who_runs_a_house_waits_72_hours_for_what_is_notable() {
    let asked = |power, tier, span, delay| {
        let asked = Question { mode: Mode::Solo, live: 1, live_teams: 1, span, delay, ..question(power, tier, &[]) };
        who(&asked)
    };
    assert_eq!(asked(Power::TakeDown, Tier::Ordinary, Span::Month, Delay::Instant), "MLX");
    assert_eq!(asked(Power::TakeDown, Tier::Ordinary, Span::Endless, Delay::Instant), "MLX MLX");
    for power in [Power::Limit, Power::TakeDown, Power::RemovePost, Power::Rename, Power::ReadPrivate] {
        assert_ne!(asked(power, Tier::Notable, Span::Week, Delay::Day), "MLX");
        assert_eq!(asked(power, Tier::Notable, Span::Week, Delay::ThreeDays), "MLX");
        assert_eq!(asked(power, Tier::Protected, Span::Week, Delay::Month).split(' ').count(), 3);
    }
    assert_ne!(asked(Power::KeyEnrol, Tier::Protected, Span::Endless, Delay::Day), "MLX");
    assert_eq!(asked(Power::KeyEnrol, Tier::Protected, Span::Endless, Delay::ThreeDays), "MLX");
}

#[test]
fn a_stalled_house_restores_and_steps_up() {
    let everybody =
        [signer(1, "trust", Role::TrustLead), signer(2, "night", Role::Moderator), signer(3, "day", Role::Security)];
    for power in Power::ALL {
        for tier in Tier::ALL {
            let asked = question(*power, *tier, &everybody[..1]);
            let stalled =
                Question { mode: Mode::Stalled, live: 1, live_teams: 1, undo_needs: 2, delay: Delay::Month, ..asked };
            let is_open = matches!(power, Power::Restore | Power::StepUp);
            assert_eq!(DEFAULT.permits(&stalled), is_open, "{power} over {tier}");
            assert_eq!(
                DEFAULT.permits(&Question { signers: everybody.to_vec(), ..stalled }),
                is_open,
                "{power} over {tier}"
            );
        }
    }
}
