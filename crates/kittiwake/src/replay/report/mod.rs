//! What came out, beside what was claimed; and the verdict. How it is told is in the files beside this one.

pub mod page;
pub mod text;

use kw_app::ledger::verify::Report as Verification;
use kw_domain::time::Millis;
use serde::Serialize;

use super::attempt::{Outcome, Tried};
use super::cast::OWNER;
use super::evening::{Measured, Played};
use super::plan::Plan;
use super::timeline::{grouped, spoken};
use super::town::Loaded;

/// How long the account was gone in 2017.
const GONE_IN_2017_MS: u64 = 11 * Millis::MINUTE;

/// Rows that a use of a power writes at most, the ledger's own included.
const ROWS_MAX: u64 = 20;

/// Everything that came out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Whether everything came out as claimed.
    pub holds: bool,
    /// In one line: its first word is HOLDS or FAILS.
    pub verdict: String,
    /// Followers of the account, as programs are told.
    pub followers: u64,
    /// Followers that were loaded in this run.
    pub loaded: u64,
    /// In how many milliseconds.
    pub loading_ms: u64,
    /// Where it was played.
    pub origin: String,
    /// The acts.
    pub acts: Vec<Act>,
    /// What the employee tried.
    pub tried: Vec<Tried>,
    /// What a server for people says to the made-up ledger.
    pub ordinary_server: Option<String>,
    /// What is claimed, and whether it came out.
    pub claims: Vec<Claim>,
}

/// An act with what the verification of its ledger found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Act {
    /// The act.
    #[serde(flatten)]
    pub played: Played,
    /// What `kittiwake ledger verify` says of its directory.
    pub verified: Verified,
}

/// A verification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Whether nothing is wrong.
    pub whole: bool,
    /// The line that the command prints.
    pub verdict: String,
    /// Whether it was founded on rules that protect nobody.
    pub made_up_floor: bool,
}

/// Something that is claimed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Claim {
    /// What.
    pub claim: String,
    /// Whether it came out.
    pub holds: bool,
}

/// The acts as they were played.
pub struct Acts {
    /// Under rules as in 2017.
    pub as_in_2017: Played,
    /// Under the real ones.
    pub last_day: Played,
    /// The way of colleagues.
    pub colleagues: Played,
}

/// What was seen besides.
pub struct Seen {
    /// Followers as programs are told.
    pub followers: u64,
    /// What loading took.
    pub loaded: Loaded,
    /// What a server for people said to the made-up ledger; none when it served it.
    pub ordinary: Option<String>,
    /// What the verification found of either ledger.
    pub ledgers: [Verification; 2],
}

impl From<&Verification> for Verified {
    fn from(report: &Verification) -> Self {
        Self { whole: report.is_whole(), verdict: report.verdict(), made_up_floor: report.has_made_up_floor }
    }
}

impl Report {
    /// Compares what came out with what is claimed.
    pub fn of(plan: &Plan, acts: Acts, tried: Vec<Tried>, seen: &Seen) -> Self {
        let claims = claims(plan, &acts, &tried, seen);
        let verdict = verdict(&claims, &acts, &tried, seen);
        let [first, second] = &seen.ledgers;
        let act = |played, ledger| Act { played, verified: Verified::from(ledger) };
        Self {
            holds: claims.iter().all(|claim| claim.holds),
            verdict,
            followers: seen.followers,
            loaded: seen.loaded.followers,
            loading_ms: seen.loaded.took_ms,
            origin: plan.origin.origin().ascii_serialization(),
            acts: vec![act(acts.as_in_2017, first), act(acts.last_day, second), act(acts.colleagues, second)],
            tried,
            ordinary_server: seen.ordinary.clone(),
            claims,
        }
    }
}

fn claims(plan: &Plan, acts: &Acts, tried: &[Tried], seen: &Seen) -> Vec<Claim> {
    let mut claims = Vec::new();
    let mut claim = |what: String, holds: bool| claims.push(Claim { claim: what, holds });
    let Acts { as_in_2017, last_day, colleagues } = acts;
    let [first, second] = &seen.ledgers;
    claim(format!("The account has {} followers", grouped(plan.followers)), seen.followers == plan.followers);
    let was_gone = as_in_2017.gone.len() == 1 && as_in_2017.gone_ms >= GONE_IN_2017_MS;
    claim("As in 2017, one signature hides the account until a colleague brings it back".to_owned(), was_gone);
    let is_marked = first.is_whole() && first.has_made_up_floor;
    claim("That ledger is whole, and says for ever that its rules were made up".to_owned(), is_marked);
    claim("A server for people refuses to serve it".to_owned(), seen.ordinary.is_some());
    claim("Under the real rules the account is never gone".to_owned(), last_day.gone.is_empty());
    for one in tried {
        claim(format!("{}: {}", one.what, one.claimed.words()), one.holds());
    }
    let is_recorded = tried.iter().any(|one| one.entry.is_some());
    claim("What was refused to somebody who leaves is on the ledger".to_owned(), is_recorded);
    let is_hidden_once = colleagues.gone.len() == 1;
    claim("Three colleagues hide the account, and one brings it back".to_owned(), is_hidden_once);
    claim(
        "Each wrote one row of standing, one for the owner, and one of the feed for either".to_owned(),
        wrote_little(colleagues),
    );
    let is_at_once = [as_in_2017, last_day, colleagues].iter().all(|played| played.torn.is_empty());
    claim("Every surface shows and hides the account at once".to_owned(), is_at_once);
    claim("The ledger of the real rules is whole".to_owned(), second.is_whole() && !second.has_made_up_floor);
    claims
}

/// What hiding and bringing back write is the same for ten followers and for millions.
fn wrote_little(played: &Played) -> bool {
    let is_little = |measured: &Measured| {
        let rows = ["standing", "notification", "feed"].map(|family| measured.rows_of(family));
        rows == [1, 1, 2] && measured.rows.values().sum::<u64>() <= ROWS_MAX
    };
    played.measured.len() == 2 && played.measured.iter().all(is_little)
}

fn verdict(claims: &[Claim], acts: &Acts, tried: &[Tried], seen: &Seen) -> String {
    let failed: Vec<_> = claims.iter().filter(|claim| !claim.holds).map(|claim| claim.claim.as_str()).collect();
    if !failed.is_empty() {
        return format!("FAILS: {}", failed.join("; "));
    }
    let took = |place: usize| acts.colleagues.measured.get(place).map_or(0, |measured| measured.took_ms);
    let succeeded = tried.iter().filter(|one| one.outcome == Outcome::Succeeded).count();
    format!(
        "HOLDS: as in 2017 one person hid @{} ({} followers) for {}; under Kittiwake's rules {succeeded} of {} attempts did; \
         three colleagues hid it in {} ms, one brought it back in {} ms; both ledgers are whole",
        OWNER.handle,
        grouped(seen.followers),
        spoken(acts.as_in_2017.gone_ms),
        tried.len(),
        took(0),
        took(1),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::replay::attempt::{Door, When};
    use crate::replay::timeline::Gone;

    const MINUTE: u64 = Millis::MINUTE;

    fn played(gone: &[(u64, u64)]) -> Played {
        let gone: Vec<_> = gone.iter().map(|&(from_ms, until_ms)| Gone { from_ms, until_ms }).collect();
        let gone_ms = gone.iter().map(|gone| gone.until_ms - gone.from_ms).sum();
        let rows = [("standing", 1), ("notification", 1), ("feed", 2), ("ledger", 3)].into();
        let measured = vec![Measured { what: String::new(), took_ms: 7, rows }; 2];
        let (moments, ledger, torn) = (Vec::new(), Vec::new(), Vec::new());
        Played { title: "", rules: String::new(), began: 0, moments, gone, gone_ms, measured, ledger, torn }
    }

    fn tried(outcome: Outcome) -> Tried {
        Tried {
            what: "Try",
            when: When::LastDay,
            door: Door::Http,
            claimed: Outcome::Prevented,
            outcome,
            said: "No.".to_owned(),
            entry: Some(7),
            is_there: outcome != Outcome::Succeeded,
        }
    }

    fn report(change: impl FnOnce(&mut Acts, &mut Seen)) -> Report {
        let origin = url::Url::parse("http://localhost:8080").expect("it is an address");
        let plan = Plan::new(1_000, Millis(1_795_600_000_000), origin);
        let hidden = || played(&[(MINUTE, 12 * MINUTE)]);
        let mut acts = Acts { as_in_2017: hidden(), last_day: played(&[]), colleagues: hidden() };
        let made_up = Verification { has_made_up_floor: true, ..Verification::default() };
        let mut seen = Seen {
            followers: 1_000,
            loaded: Loaded { followers: 0, took_ms: 0 },
            ordinary: Some("No.".to_owned()),
            ledgers: [made_up, Verification::default()],
        };
        change(&mut acts, &mut seen);
        Report::of(&plan, acts, vec![tried(Outcome::Prevented)], &seen)
    }

    #[test]
    fn what_came_out_as_claimed_holds_and_says_for_how_long_the_account_was_gone() {
        let report = report(|_, _| {});
        assert!(report.holds && report.verdict.starts_with("HOLDS: "), "{}", report.verdict);
        assert!(
            report.verdict.contains("for 11 min") && report.verdict.contains("0 of 1 attempts"),
            "{}",
            report.verdict
        );
    }

    /// Something that may come out otherwise than it was claimed.
    type Otherwise = fn(&mut Acts, &mut Seen);

    #[test]
    fn each_thing_that_comes_out_otherwise_fails_the_verdict() {
        let otherwise: [(&str, Otherwise); 9] = [
            ("too few followers", |_, seen| seen.followers = 999),
            ("gone for less", |acts, _| acts.as_in_2017 = played(&[(0, 10 * MINUTE)])),
            ("gone under the real rules", |acts, _| acts.last_day = played(&[(5, 6)])),
            ("colleagues cannot hide it", |acts, _| acts.colleagues = played(&[])),
            ("too much is written", |acts, _| _ = acts.colleagues.measured[0].rows.insert("followers", 100_000)),
            ("a surface forgets", |acts, _| {
                acts.colleagues.torn = vec![super::super::lookout::Sight { looks: Vec::new(), heading: String::new() }];
            }),
            ("the made-up ledger is served", |_, seen| seen.ordinary = None),
            ("the made-up ledger does not say so", |_, seen| seen.ledgers[0].has_made_up_floor = false),
            ("the real ledger is broken", |_, seen| seen.ledgers[1].findings = vec!["entry 3".to_owned()]),
        ];
        for (what, change) in otherwise {
            let report = report(change);
            assert!(!report.holds && report.verdict.starts_with("FAILS: "), "{what}: {}", report.verdict);
        }
    }

    #[test]
    fn an_attempt_that_succeeded_or_came_out_otherwise_does_not_hold() {
        for outcome in [Outcome::Succeeded, Outcome::Reported, Outcome::UndoesItself] {
            assert!(!tried(outcome).holds(), "{outcome:?}");
        }
        assert!(!Tried { is_there: false, ..tried(Outcome::Prevented) }.holds());
        assert!(tried(Outcome::Prevented).holds());
    }
}
