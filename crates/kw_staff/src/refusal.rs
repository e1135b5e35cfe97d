//! An expected no: a code for scripts and tests, and a sentence for whoever asked.

/// Why something was not done. Nothing was appended.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{sentence}")]
pub struct Refusal {
    /// A stable word, such as `same_person`.
    pub code: &'static str,
    /// What to tell whoever asked: what happened, and what to do.
    pub sentence: String,
}

impl Refusal {
    /// A refusal with its sentence.
    pub fn new(code: &'static str, sentence: impl Into<String>) -> Self {
        Self { code, sentence: sentence.into() }
    }
}

/// Every code there is, in order: pages have words of their own for each.
pub const CODES: &[&str] = &[
    "about_yourself",
    "already_open",
    "authenticator_data",
    "backup_eligible",
    "client_data",
    "counter",
    "cross_origin",
    "decided",
    "denied_it",
    "document",
    "drifted",
    "ends_before",
    "enough_people",
    "enrolment",
    "expired",
    "far_ahead",
    "founded",
    "glass_not_here",
    "glass_spent",
    "here_already",
    "key_algorithm",
    "key_copied",
    "key_ended",
    "key_malformed",
    "known_action",
    "known_key",
    "label_stays",
    "labelled",
    "leaving",
    "malformed",
    "narrows",
    "no_attempt",
    "no_end",
    "no_ground",
    "no_handle",
    "no_key",
    "no_label",
    "no_tier",
    "no_waiting",
    "no_words",
    "nobody",
    "nobody_could",
    "nobody_decides",
    "not_begun",
    "not_complete",
    "not_enough",
    "not_founded",
    "not_in_force",
    "not_in_this_version",
    "not_open",
    "not_seen",
    "nothing_to_restore",
    "one_target",
    "other_floor",
    "other_history",
    "other_ledger",
    "other_person",
    "other_policy",
    "other_reason",
    "other_words",
    "over_already",
    "own_proposal",
    "policy_for_ever",
    "policy_has_template",
    "policy_not_text",
    "policy_too_big",
    "policy_unreadable",
    "powers_ended",
    "reads_only",
    "renamed_since",
    "same_person",
    "stalled",
    "stands_already",
    "statement_too_long",
    "stepped_up_today",
    "target_gone",
    "targets",
    "tier_stays",
    "too_few_left",
    "too_late",
    "too_long",
    "too_soon",
    "twice",
    "unclear_key",
    "unclear_person",
    "undo_by_one",
    "undo_by_two",
    "unknown_key",
    "unknown_parameter",
    "unknown_person",
    "used_already",
    "user_absent",
    "user_unverified",
    "valid_too_long",
    "waits_too_long",
    "widens",
    "wrong_ceremony",
    "wrong_challenge",
    "wrong_origin",
    "wrong_relying_party",
    "wrong_signature",
    "wrong_signer",
    "wrong_target",
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::*;

    /// The codes in the sources below a folder; `tests` folders are left out.
    fn codes_below(folder: &Path, found: &mut BTreeSet<String>) {
        for entry in std::fs::read_dir(folder).expect("the folder is there") {
            let path = entry.expect("the entry can be read").path();
            if path.is_dir() && !path.ends_with("tests") {
                codes_below(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("refusal.rs") {
                let text = std::fs::read_to_string(&path).expect("sources are text");
                let code = |rest: &str| rest.trim_start().strip_prefix('"')?.split('"').next().map(str::to_owned);
                found.extend(text.split("Refusal::new(").skip(1).filter_map(code));
            }
        }
    }

    #[test]
    fn the_list_of_codes_is_that_of_the_sources() {
        let mut found = BTreeSet::new();
        codes_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
        let listed: BTreeSet<String> = CODES.iter().map(|code| (*code).to_owned()).collect();
        assert_eq!(listed, found);
        assert!(CODES.is_sorted());
    }
}
