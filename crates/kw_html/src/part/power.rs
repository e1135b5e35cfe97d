//! Powers by name: what each is called, over whom, for how long, and what happens.

use crate::locale::key;
use crate::page::Page;
use crate::part::staff::words;

words! {
    /// A verb over somebody else's things.
    Power {
        /// Undo what hides, limits or freezes.
        Restore = "restore", key("power-restore");
        /// Keep an account from being come upon.
        Limit = "limit", key("power-limit");
        /// Make an account unavailable to everybody.
        TakeDown = "take_down", key("power-take-down");
        /// Take down one post.
        RemovePost = "remove_post", key("power-remove-post");
        /// Keep an owner from signing in.
        Freeze = "freeze", key("power-freeze");
        /// Let an owner set a new way to sign in.
        ResetSignIn = "reset_sign_in", key("power-reset-sign-in");
        /// Change the e-mail address of an account.
        ChangeEmail = "change_email", key("power-change-email");
        /// Change the handle of an account.
        Rename = "rename", key("power-rename");
        /// Read what an account keeps private.
        ReadPrivate = "read_private", key("power-read-private");
        /// Raise an account's tier.
        TierUp = "tier_up", key("power-tier-up");
        /// Lower an account's tier.
        TierDown = "tier_down", key("power-tier-down");
        /// Give an account a label.
        LabelAdd = "label_add", key("power-label-add");
        /// Take a label from an account.
        LabelRemove = "label_remove", key("power-label-remove");
        /// Erase an account for good.
        Purge = "purge", key("power-purge");
        /// Erase the opening of a ledger entry.
        EraseOpening = "erase_opening", key("power-erase-opening");
        /// Take on a person, or give one more.
        RosterWiden = "roster_widen", key("power-roster-widen");
        /// End a person's time, or take roles or days away.
        RosterNarrow = "roster_narrow", key("power-roster-narrow");
        /// Enrol a passkey of a person.
        KeyEnrol = "key_enrol", key("power-key-enrol");
        /// End a passkey of a person.
        KeyEnd = "key_end", key("power-key-end");
        /// Put another policy in force.
        Policy = "policy", key("power-policy");
        /// Change who is alerted.
        Alert = "alert", key("power-alert");
        /// Change who witnesses the ledger.
        Witness = "witness", key("power-witness");
        /// Change the origin or the ledger's key.
        Origin = "origin", key("power-origin");
        /// Hide an ordinary account alone, for minutes.
        BreakGlass = "break_glass", key("power-break-glass");
        /// Ask the owner's own passkey for each new post.
        StepUp = "step_up", key("power-step-up");
    }
}

impl Power {
    /// The message that says it of `$who`.
    fn over_key(self) -> &'static str {
        match self {
            Self::Restore => key("power-restore-who"),
            Self::Limit => key("power-limit-who"),
            Self::TakeDown => key("power-take-down-who"),
            Self::RemovePost => key("power-remove-post-who"),
            Self::Freeze => key("power-freeze-who"),
            Self::ResetSignIn => key("power-reset-sign-in-who"),
            Self::ChangeEmail => key("power-change-email-who"),
            Self::Rename => key("power-rename-who"),
            Self::ReadPrivate => key("power-read-private-who"),
            Self::TierUp => key("power-tier-up-who"),
            Self::TierDown => key("power-tier-down-who"),
            Self::LabelAdd => key("power-label-add-who"),
            Self::LabelRemove => key("power-label-remove-who"),
            Self::Purge => key("power-purge-who"),
            Self::EraseOpening => key("power-erase-opening-who"),
            Self::RosterWiden => key("power-roster-widen-who"),
            Self::RosterNarrow => key("power-roster-narrow-who"),
            Self::KeyEnrol => key("power-key-enrol-who"),
            Self::KeyEnd => key("power-key-end-who"),
            Self::Policy => key("power-policy-who"),
            Self::Alert => key("power-alert-who"),
            Self::Witness => key("power-witness-who"),
            Self::Origin => key("power-origin-who"),
            Self::BreakGlass => key("power-break-glass-who"),
            Self::StepUp => key("power-step-up-who"),
        }
    }

    /// The message that says what happens.
    pub fn what_key(self) -> &'static str {
        match self {
            Self::Restore => key("power-restore-what"),
            Self::Limit => key("power-limit-what"),
            Self::TakeDown => key("power-take-down-what"),
            Self::RemovePost => key("power-remove-post-what"),
            Self::Freeze => key("power-freeze-what"),
            Self::ResetSignIn => key("power-reset-sign-in-what"),
            Self::ChangeEmail => key("power-change-email-what"),
            Self::Rename => key("power-rename-what"),
            Self::ReadPrivate => key("power-read-private-what"),
            Self::TierUp => key("power-tier-up-what"),
            Self::TierDown => key("power-tier-down-what"),
            Self::LabelAdd => key("power-label-add-what"),
            Self::LabelRemove => key("power-label-remove-what"),
            Self::Purge => key("power-purge-what"),
            Self::EraseOpening => key("power-erase-opening-what"),
            Self::RosterWiden => key("power-roster-widen-what"),
            Self::RosterNarrow => key("power-roster-narrow-what"),
            Self::KeyEnrol => key("power-key-enrol-what"),
            Self::KeyEnd => key("power-key-end-what"),
            Self::Policy => key("power-policy-what"),
            Self::Alert => key("power-alert-what"),
            Self::Witness => key("power-witness-what"),
            Self::Origin => key("power-origin-what"),
            Self::BreakGlass => key("power-break-glass-what"),
            Self::StepUp => key("power-step-up-what"),
        }
    }

    /// The message that says to everybody that it was done to an account, for what can be done to one and is published;
    /// otherwise its name.
    pub fn done_key(self) -> &'static str {
        match self {
            Self::Restore => key("power-restore-done"),
            Self::Limit => key("power-limit-done"),
            Self::TakeDown | Self::BreakGlass => key("power-take-down-done"),
            Self::StepUp => key("power-step-up-done"),
            Self::LabelAdd => key("power-label-add-done"),
            Self::LabelRemove => key("power-label-remove-done"),
            Self::TierUp => key("power-tier-up-done"),
            Self::TierDown => key("power-tier-down-done"),
            Self::Freeze => key("power-freeze-done"),
            Self::Rename => key("power-rename-done"),
            other => other.key(),
        }
    }

    /// Whether it takes something from somebody, so that its button is one of alarm.
    pub fn is_grave(self) -> bool {
        !matches!(
            self,
            Self::Restore | Self::StepUp | Self::TierUp | Self::LabelAdd | Self::RosterWiden | Self::KeyEnrol
        )
    }

    /// Whether the proposer says how long it lasts.
    pub fn has_length(self) -> bool {
        matches!(self, Self::Limit | Self::TakeDown | Self::Freeze)
    }

    /// Whether the proposer says which label.
    pub fn has_label(self) -> bool {
        matches!(self, Self::LabelAdd | Self::LabelRemove)
    }

    /// Whether the proposer says which handle.
    pub fn has_handle(self) -> bool {
        self == Self::Rename
    }

    /// What it does and to whom: "Take down @coastguard".
    pub fn over(self, page: &Page, who: &str) -> String {
        page.t1(self.over_key(), "who", who)
    }
}

/// How long something lasts, in the unit that reads best.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    /// It happens once; there is nothing to last.
    Once,
    /// So many minutes.
    Minutes(u64),
    /// So many hours.
    Hours(u64),
    /// So many days.
    Days(u64),
    /// Until somebody undoes it.
    Endless,
}

impl Length {
    /// The unit that reads best for a number of milliseconds: days from three days, hours from one, else minutes.
    pub fn of_ms(ms: u64) -> Self {
        const MINUTE: u64 = 60_000;
        match ms / MINUTE {
            minutes if minutes >= 3 * 24 * 60 && minutes % (24 * 60) == 0 => Self::Days(minutes / (24 * 60)),
            minutes if minutes >= 60 && minutes % 60 == 0 => Self::Hours(minutes / 60),
            minutes => Self::Minutes(minutes),
        }
    }

    /// How many milliseconds it lasts; none where it has no end, or is no time.
    pub const fn ms(self) -> Option<u64> {
        const MINUTE: u64 = 60_000;
        match self {
            Self::Once | Self::Endless => None,
            Self::Minutes(minutes) => Some(minutes * MINUTE),
            Self::Hours(hours) => Some(hours * 60 * MINUTE),
            Self::Days(days) => Some(days * 24 * 60 * MINUTE),
        }
    }

    /// After a verb: "for 24 hours", "without end". Nothing for what happens once.
    pub fn after_verb(self, page: &Page) -> String {
        match self {
            Self::Once => String::new(),
            Self::Endless => page.t("length-endless").to_owned(),
            timed => page.t1("length-for", "length", timed.plain(page)),
        }
    }

    /// By itself: "24 hours", "without end".
    pub fn plain(self, page: &Page) -> String {
        match self {
            Self::Once => page.t("length-once").to_owned(),
            Self::Minutes(minutes) => page.count_exact("length-minutes", minutes),
            Self::Hours(hours) => page.count_exact("length-hours", hours),
            Self::Days(days) => page.count_exact("days", days),
            Self::Endless => page.t("length-endless").to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Locale;

    #[test]
    fn a_button_says_what_it_does_to_whom_and_for_how_long() {
        let page = Page::sample(Locale::En);
        assert_eq!(Power::TakeDown.over(&page, "@coastguard"), "Take down @coastguard");
        assert_eq!(Length::of_ms(86_400_000).after_verb(&page), "for 24 hours");
        assert_eq!(Length::of_ms(30 * 86_400_000).after_verb(&page), "for 30 days");
        assert_eq!(Length::of_ms(90 * 60_000).after_verb(&page), "for 90 minutes");
        assert_eq!(Length::Endless.after_verb(&page), "without end");
    }

    #[test]
    fn every_power_has_a_word_that_leads_back_to_it() {
        for power in Power::ALL {
            assert_eq!(Power::from_word(power.word()), Some(*power));
        }
        assert_eq!(Power::from_word("take down"), None);
    }
}
