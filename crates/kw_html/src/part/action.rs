//! An action of staff as its pages show it: what over whom, what is claimed, what is missing, what would be signed.
//!
//! Nothing here decides: who may do what next comes in as a list of moves.

use crate::html::SafeHtml;
use crate::locale::key;
use crate::page::Page;
use crate::part::account::AccountChip;
use crate::part::desk::Member;
use crate::part::power::{Length, Power};
use crate::part::staff::{Against, Ground, Label, Role, Source, Tier, Verb};

/// What is done, to whom, for how long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// The id, in hex; the paths of its forms have it whole.
    pub id: String,
    /// The power used.
    pub power: Power,
    /// To whom: `@coastguard`, the name of a person of staff, the short hash of a policy.
    pub who: String,
    /// For how long.
    pub length: Length,
}

impl Act {
    /// "Take down @coastguard for 24 hours".
    pub fn title(&self, page: &Page) -> String {
        let (what, length) = (self.power.over(page, &self.who), self.length.after_verb(page));
        if length.is_empty() { what } else { format!("{what} {length}") }
    }

    /// Its page.
    pub fn url(&self) -> String {
        format!("/staff/actions/{}", self.id)
    }

    /// The first digits of its id, for people to compare.
    pub fn short_id(&self) -> &str {
        self.id.get(..8).unwrap_or(&self.id)
    }
}

/// What an action is about.
#[derive(Clone, Debug)]
pub enum TargetCard {
    /// An account.
    Account(AccountCard),
    /// A person of staff, a key, the policy: its name, and what would change.
    Matter {
        /// What it is called.
        name: String,
        /// What would change, in the order to read.
        changes: Vec<Change>,
    },
}

impl TargetCard {
    /// The account, where it is one.
    pub fn account(&self) -> Option<&AccountCard> {
        match self {
            Self::Account(card) => Some(card),
            Self::Matter { .. } => None,
        }
    }
}

/// An account as staff see it before they propose or sign.
#[derive(Clone, Debug)]
pub struct AccountCard {
    /// Who.
    pub account: AccountChip,
    /// What it stands for.
    pub labels: Vec<Label>,
    /// How well it is protected.
    pub tier: Tier,
    /// Its followers.
    pub followers: u64,
    /// Its posts.
    pub posts: u64,
    /// Since when it is here, in Unix milliseconds.
    pub since_ms: i64,
    /// How often staff acted on it before.
    pub acted_on: u64,
    /// Whether step-up could be used on it now, and would hide nothing.
    pub step_up: bool,
}

impl AccountCard {
    /// Its page for staff.
    pub fn url(&self) -> String {
        format!("/staff/accounts/{}", self.account.id)
    }

    /// What is said there that others need: of its labels the one that weighs most, in a sentence. Empty without any.
    pub fn remark(&self, page: &Page) -> &'static str {
        let weighs_most = [Label::Emergency, Label::Elected, Label::Official, Label::Press];
        match weighs_most.into_iter().find(|label| self.labels.contains(label)) {
            Some(Label::Emergency) => page.t("remark-emergency"),
            Some(Label::Elected) => page.t("remark-elected"),
            Some(Label::Official) => page.t("remark-official"),
            Some(Label::Press) => page.t("remark-press"),
            None => "",
        }
    }
}

/// What would change about a person, a key or a policy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What about it.
    pub field: Field,
    /// As it is; empty when there was nothing.
    pub before: String,
    /// As it would be; empty when nothing would be left.
    pub after: String,
}

/// What can change about a person, a key or a policy.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The roles.
    Roles,
    /// The team.
    Team,
    /// The first day.
    Starts,
    /// The last day.
    Ends,
    /// A passkey.
    Key,
    /// The policy, by its hash.
    Policy,
}

impl Field {
    /// The message that names it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Roles => key("field-roles"),
            Self::Team => key("field-team"),
            Self::Starts => key("field-starts"),
            Self::Ends => key("field-ends"),
            Self::Key => key("field-key"),
            Self::Policy => key("field-policy"),
        }
    }
}

/// Why it is proposed, as the owner will read it too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// What it rests on.
    pub ground: Ground,
    /// Against the law, or against the rules.
    pub against: Against,
    /// The paragraph of the law, or the section of the rules. May be empty.
    pub reference: String,
    /// Why what happened is against it. May be empty.
    pub explanation: String,
    /// What happened.
    pub facts: String,
    /// How the house came to know.
    pub source: Source,
    /// Whether a machine found it.
    pub found_by_machine: bool,
    /// Whether it was said to be urgent.
    pub urgent: bool,
    /// How many people it takes to undo it: 1 or 2.
    pub undo_needs: u64,
}

/// A line of what is done and what is missing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Somebody signed a step.
    Signed {
        /// Who.
        by: Member,
        /// Which step.
        verb: Verb,
        /// When, in Unix milliseconds.
        at_ms: i64,
    },
    /// Somebody signed, and no longer counts: their powers ended since.
    Dropped {
        /// Who.
        by: Member,
    },
    /// Somebody is needed.
    Needed(Need),
}

/// Somebody who is needed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Need {
    /// Somebody with one of these roles; anybody with powers when empty.
    pub roles: Vec<Role>,
    /// Of another team than those who signed.
    pub of_another_team: bool,
    /// With a key that cannot leave its device.
    pub with_bound_key: bool,
    /// Whether the reader can supply it.
    pub you_can: bool,
    /// How many others on staff could.
    pub others: u64,
}

impl Need {
    /// "One more person, of another team". "A trust lead, with a key bound to a device".
    pub fn sentence(&self, page: &Page) -> String {
        let mut words = if self.roles.is_empty() {
            page.t("need-anybody").to_owned()
        } else {
            let roles: Vec<_> = self.roles.iter().map(|role| page.t(role.one_key())).collect();
            capitalised(&roles.join(page.t("need-or")))
        };
        if self.of_another_team {
            words.push_str(page.t("need-other-team"));
        }
        if self.with_bound_key {
            words.push_str(page.t("need-bound-key"));
        }
        words
    }
}

impl Need {
    /// The same within a sentence: "one more person, of another team".
    pub fn phrase(&self, page: &Page) -> String {
        uncapitalised(&self.sentence(page))
    }
}

/// Words as they stand within a sentence: with a small letter first.
pub fn uncapitalised(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map(|first| first.to_lowercase().chain(characters).collect()).unwrap_or_default()
}

fn capitalised(words: &str) -> String {
    let mut characters = words.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

/// How far an action is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is being written; nobody has signed.
    Preview,
    /// Signatures are missing, until this moment.
    Proposed {
        /// When it expires, in Unix milliseconds.
        until_ms: i64,
    },
    /// Everybody signed; it can be carried out from this moment.
    Scheduled {
        /// From when, in Unix milliseconds.
        at_ms: i64,
    },
    /// Everybody signed; it takes effect by itself at this moment.
    Waiting {
        /// When, in Unix milliseconds.
        at_ms: i64,
    },
    /// It is in force.
    InForce {
        /// Since when, in Unix milliseconds.
        since_ms: i64,
        /// When it ends by itself, in Unix milliseconds.
        until_ms: Option<i64>,
    },
    /// It took effect, once and for good: a label, a role, a policy.
    Done {
        /// When, in Unix milliseconds.
        at_ms: i64,
    },
    /// It was in force and ended by itself.
    Lapsed {
        /// When, in Unix milliseconds.
        at_ms: i64,
    },
    /// It was in force and taken back.
    Undone {
        /// When, in Unix milliseconds.
        at_ms: i64,
    },
    /// Somebody stopped it before it took effect.
    Denied {
        /// When, in Unix milliseconds.
        at_ms: i64,
    },
    /// Whoever proposed it took it back, or a restore did.
    Cancelled {
        /// When, in Unix milliseconds.
        at_ms: i64,
    },
    /// Nobody completed it in time.
    Expired {
        /// When, in Unix milliseconds.
        at_ms: i64,
    },
    /// What it was about changed before it took effect.
    Stale {
        /// When, in Unix milliseconds.
        at_ms: i64,
    },
}

impl State {
    /// One word or two.
    pub fn key(self) -> &'static str {
        match self {
            Self::Preview => key("state-preview"),
            Self::Proposed { .. } => key("state-proposed"),
            Self::Scheduled { .. } | Self::Waiting { .. } => key("state-scheduled"),
            Self::InForce { .. } => key("state-in-force"),
            Self::Done { .. } => key("state-done"),
            Self::Lapsed { .. } => key("state-lapsed"),
            Self::Undone { .. } => key("state-undone"),
            Self::Denied { .. } => key("state-denied"),
            Self::Cancelled { .. } => key("state-cancelled"),
            Self::Expired { .. } => key("state-expired"),
            Self::Stale { .. } => key("state-stale"),
        }
    }

    /// What it means, with its moments.
    pub fn sentence(self, page: &Page) -> SafeHtml {
        let at = |key, ms: i64| page.rich1(key, "time", page.date_time(ms));
        match self {
            Self::Preview => SafeHtml::text(page.t("state-preview-what")),
            Self::Proposed { until_ms } => at(key("state-proposed-what"), until_ms),
            Self::Scheduled { at_ms } => at(key("state-scheduled-what"), at_ms),
            Self::Waiting { at_ms } => at(key("state-waiting-what"), at_ms),
            Self::InForce { since_ms, until_ms: None } => at(key("state-in-force-what"), since_ms),
            Self::InForce { since_ms, until_ms: Some(until_ms) } => {
                let (since, until) = (page.date_time(since_ms), page.date_time(until_ms));
                page.rich2("state-in-force-until-what", "since", since, "until", until)
            }
            Self::Done { at_ms } => at(key("state-done-what"), at_ms),
            Self::Lapsed { at_ms } => at(key("state-lapsed-what"), at_ms),
            Self::Undone { at_ms } => at(key("state-undone-what"), at_ms),
            Self::Denied { at_ms } => at(key("state-denied-what"), at_ms),
            Self::Cancelled { at_ms } => at(key("state-cancelled-what"), at_ms),
            Self::Expired { at_ms } => at(key("state-expired-what"), at_ms),
            Self::Stale { at_ms } => at(key("state-stale-what"), at_ms),
        }
    }

    /// The class of its mark.
    pub fn tone(self) -> &'static str {
        match self {
            Self::Preview | Self::Proposed { .. } | Self::Scheduled { .. } | Self::Waiting { .. } => "mark-bill",
            Self::InForce { .. } => "mark-alarm",
            Self::Done { .. } => "mark-good",
            _ => "mark-quiet",
        }
    }

    /// Whether signatures can still be missing.
    pub fn is_open(self) -> bool {
        matches!(self, Self::Preview | Self::Proposed { .. } | Self::Scheduled { .. } | Self::Waiting { .. })
    }
}

/// A step that the reader can sign, with the exact words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signing {
    /// Which step.
    pub verb: Verb,
    /// Where the form is sent to.
    pub action: String,
    /// The statement: what the passkey signs, byte for byte.
    pub statement: String,
    /// The key that the statement names: its credential id in base64url.
    pub credential: String,
    /// The relying party of the deployment's passkeys.
    pub rp: String,
    /// What else the form carries, name and value: the openings of a proposal.
    pub fields: Vec<(String, String)>,
}

/// What was typed into the form of a proposal, to be shown in it once more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Again {
    /// Where the form is sent to.
    pub action: String,
    /// Its fields, name and value.
    pub fields: Vec<(String, String)>,
}

/// The statement in short, for people to compare with the exact words below it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// What it is about: "account 1138", "person 4", "policy".
    pub target: String,
    /// Its tier.
    pub tier: Option<Tier>,
    /// When the effect ends, in Unix milliseconds.
    pub until_ms: Option<i64>,
    /// How many it takes to undo it.
    pub undo_needs: u64,
    /// The first eight hex digits of the policy's hash.
    pub policy: String,
    /// How many entries of the ledger the statement pins.
    pub ledger_size: u64,
    /// The first eight hex digits of the ledger's root.
    pub ledger_root: String,
}

impl Summary {
    /// Its parts, in the order of the statement.
    pub fn parts(&self, page: &Page, act: &Act, verb: Verb) -> Vec<String> {
        let target = match self.tier {
            Some(tier) => format!("{} ({})", self.target, page.t(tier.key()).to_lowercase()),
            None => self.target.clone(),
        };
        let until = self
            .until_ms
            .map(|ms| page.t1("summary-until", "time", page.locale.date_time(&page.time_zone, page.now_ms, ms)));
        let head = [
            page.t(verb.key()).to_lowercase(),
            page.t1("summary-action", "id", act.short_id()),
            page.t(act.power.key()).to_lowercase(),
            target,
        ];
        let tail = [
            page.t1("summary-undo", "people", self.undo_needs),
            page.t1("summary-policy", "hash", in_fours(&self.policy)),
            page.t2("summary-ledger", "size", page.number(self.ledger_size), "root", in_fours(&self.ledger_root)),
        ];
        head.into_iter().chain(until).chain(tail).collect()
    }
}

impl Page {
    /// How people call what a statement names by its kind and id: "account 1138", "person 4".
    pub fn matter(&self, kind: &str, id: &str) -> String {
        match kind {
            "account" => self.t1("account-number", "id", id),
            "person" => self.t1("matter-person", "id", id),
            "key" => self.t1("matter-key", "id", in_fours(id.get(..8).unwrap_or(id))),
            "policy" => self.t1("matter-policy", "id", in_fours(id.get(..8).unwrap_or(id))),
            _ => self.t("matter-house").to_owned(),
        }
    }
}

/// Hex digits in groups of four, so that people can compare them.
pub fn in_fours(hex: &str) -> String {
    let digits: Vec<char> = hex.chars().collect();
    digits.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Locale;

    #[test]
    fn what_is_missing_is_said_in_one_line() {
        let page = Page::sample(Locale::En);
        let lead = Need { roles: vec![Role::TrustLead], with_bound_key: true, ..Need::default() };
        assert_eq!(lead.sentence(&page), "A trust lead, with a key bound to a device");
        let other = Need { of_another_team: true, ..Need::default() };
        assert_eq!(other.sentence(&page), "One more person, of another team");
        let either = Need { roles: vec![Role::TrustLead, Role::Security], ..Need::default() };
        assert_eq!(either.sentence(&page), "A trust lead or somebody of security");
    }

    #[test]
    fn hashes_stand_in_groups_of_four() {
        assert_eq!(in_fours("4f1ca09e"), "4f1c a09e");
        assert_eq!(in_fours("4f1ca"), "4f1c a");
        assert_eq!(in_fours(""), "");
    }
}
