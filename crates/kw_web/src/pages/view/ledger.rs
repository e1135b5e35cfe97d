//! Entries of the ledger, uses of a power and rules, in the plain shapes of the pages.
//!
//! Both sides have the same words for powers, tiers, grounds and modes; what a page does not know it leaves out.

use kw_app::account::find as find_account;
use kw_app::ledger::public::PublicEntry as Entry;
use kw_app::staff::record::OnRecord;
use kw_app::staff::rules::{Most, Needs, Rule};
use kw_domain::account::OwnerState;
use kw_domain::id::AccountId;
use kw_html::part::ledger::{EntryKind, PublicEntry};
use kw_html::part::matrix::{Matrix, MatrixCell, MatrixRow, Wait};
use kw_html::part::power::{Length, Power};
use kw_html::part::staff::{Ground, Role};
use kw_html::views::RecordFact;

use super::ms;
use crate::error::Problem;
use crate::pages::visit::Visit;

/// What everybody may read of an entry.
pub async fn entry(visit: &Visit, entry: &Entry) -> Result<PublicEntry, Problem> {
    let who = match entry.account {
        Some(account) => name(visit, account).await?,
        None => None,
    };
    Ok(PublicEntry {
        index: entry.index,
        at_ms: ms(entry.at),
        kind: kind(entry.kind.word()),
        power: entry.power.and_then(|power| Power::from_word(power.word())),
        who,
        ground: entry.ground.as_deref().and_then(Ground::from_word),
        people: entry.people.map(|people| people as u64),
        teams: entry.teams.map(u64::from),
        until_ms: entry.until.map(ms),
        from_ms: entry.from.map(ms),
    })
}

/// How pages call an account; none for one that was deleted.
async fn name(visit: &Visit, account: AccountId) -> Result<Option<String>, Problem> {
    let found = find_account(visit.cx(), account).await?;
    let found = found.filter(|account| !matches!(account.owner_state, OwnerState::Deleted(_)));
    Ok(found.map(|account| format!("@{}", account.handle)))
}

/// Pages tell fewer kinds apart: what came to nothing is closed, whatever the turn was.
fn kind(word: &str) -> EntryKind {
    match word {
        "denied" | "cancelled" | "expired" | "stale" => EntryKind::Closed,
        "refused_step" | "attempt" => EntryKind::Refused,
        "owner_state" => EntryKind::Owner,
        "confirmed" => EntryKind::InForce,
        word => EntryKind::from_word(word).unwrap_or(EntryKind::Other),
    }
}

/// A use of a power, for the page of everything on record about its account.
pub fn fact(known: &OnRecord) -> RecordFact {
    RecordFact {
        entry: PublicEntry {
            index: known.index,
            at_ms: ms(known.at),
            kind: if known.from.is_some() { EntryKind::Scheduled } else { EntryKind::InForce },
            power: Power::from_word(known.power.word()),
            who: None,
            ground: known.ground.as_deref().and_then(Ground::from_word),
            people: Some(known.people as u64),
            teams: Some(u64::from(known.teams)),
            until_ms: known.until.map(ms),
            from_ms: known.from.map(ms),
        },
        undone_ms: known.undone.map(|(at, _)| ms(at)),
        undone_entry: known.undone.map(|(_, entry)| entry),
    }
}

/// The policy as a table.
pub fn matrix(rules: &[Rule]) -> Matrix {
    let row = |rule: &Rule| {
        Some(MatrixRow {
            power: Power::from_word(rule.power.word())?,
            at_most: rule.at_most.map(|most| match most {
                Most::Lasting(ms) => Length::of_ms(ms),
                Most::Endless => Length::Endless,
            }),
            cells: rule.needs.each_ref().map(|needs| needs.as_ref().map_or(MatrixCell::Never, cell)),
            valid_for: rule.counts_ms.map(Length::of_ms),
        })
    };
    Matrix { rows: rules.iter().filter_map(row).collect() }
}

fn cell(needs: &Needs) -> MatrixCell {
    MatrixCell::People {
        people: needs.people as u64,
        teams: needs.teams as u64,
        roles: needs.roles.iter().filter_map(|role| Role::from_word(role.word())).collect(),
        bound_key: needs.fixed_key,
        waits: match (needs.waits_ms, needs.waits_urgently_ms) {
            (0, _) => None,
            (ms, 0) => Some(Wait::UnlessUrgent(Length::of_ms(ms))),
            (ms, _) => Some(Wait::Always(Length::of_ms(ms))),
        },
    }
}

/// Bytes as pages print them.
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing into a text never fails");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_entry_has_a_name_for_readers() {
        for word in ["founded", "step", "in_force", "scheduled", "lapsed", "undone", "tier_rose", "started", "census"] {
            assert_eq!(kind(word).word(), word);
        }
        for word in ["denied", "cancelled", "expired", "stale"] {
            assert_eq!(kind(word), EntryKind::Closed, "{word}");
        }
        assert_eq!(kind("of a later version"), EntryKind::Other);
    }

    #[test]
    fn hashes_are_printed_in_full() {
        assert_eq!(hex(&[0, 10, 255]), "000aff");
    }
}
