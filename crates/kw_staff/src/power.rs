//! Powers, and what they are over: tiers and labels of accounts. staff.md's matrix names them.

use crate::word::words;

words! {
    /// A verb over somebody else's things.
    Power {
        /// Undo what hides, limits or freezes; also what takes back a step-up.
        Restore = "restore",
        /// Keep an account from being come upon; its followers still see it.
        Limit = "limit",
        /// Make an account unavailable to everybody, until a moment or without end.
        TakeDown = "take_down",
        /// Take down one post.
        RemovePost = "remove_post",
        /// Keep an account's owner from signing in.
        Freeze = "freeze",
        /// Let an owner who lost everything set a new way to sign in.
        ResetSignIn = "reset_sign_in",
        /// Change the e-mail address of an account.
        ChangeEmail = "change_email",
        /// Change the handle of an account.
        Rename = "rename",
        /// Read what an account keeps private.
        ReadPrivate = "read_private",
        /// Raise an account's tier.
        TierUp = "tier_up",
        /// Lower an account's tier.
        TierDown = "tier_down",
        /// Give an account a label.
        LabelAdd = "label_add",
        /// Take a label from an account.
        LabelRemove = "label_remove",
        /// Erase an account for good.
        Purge = "purge",
        /// Erase the opening of a ledger entry.
        EraseOpening = "erase_opening",
        /// Take on a person, or give one more roles, other teams or longer dates.
        RosterWiden = "roster_widen",
        /// End a person's time, or take roles or days from them.
        RosterNarrow = "roster_narrow",
        /// Enrol a passkey of a person.
        KeyEnrol = "key_enrol",
        /// End a passkey of a person.
        KeyEnd = "key_end",
        /// Put another policy in force.
        Policy = "policy",
        /// Change who is alerted.
        Alert = "alert",
        /// Change who witnesses the ledger.
        Witness = "witness",
        /// Change the origin or the ledger's key.
        Origin = "origin",
        /// Take down or limit an ordinary account alone, for minutes.
        BreakGlass = "break_glass",
        /// Ask the owner's own passkey for each new post, for half an hour. Hides nothing.
        StepUp = "step_up",
    }
}

words! {
    /// How much protection an account has. In order: a later one is above an earlier one.
    Tier {
        /// Everybody's, and that of matters that are no account.
        Ordinary = "ordinary",
        /// From 10,000 followers, or with a label.
        Notable = "notable",
        /// From 1,000,000 followers, or by an action.
        Protected = "protected",
    }
}

words! {
    /// What an account stands for. Any label makes it at least notable.
    Label {
        /// Speaks for an institution.
        Official = "official",
        /// Somebody elected.
        Elected = "elected",
        /// A newsroom or somebody who writes for one.
        Press = "press",
        /// Warns and rescues.
        Emergency = "emergency",
    }
}

words! {
    /// One step in the life of an action.
    Verb {
        /// Begin it.
        Propose = "propose",
        /// Agree to it.
        Approve = "approve",
        /// Stop it before it takes effect.
        Deny = "deny",
        /// Take it back before it takes effect.
        Cancel = "cancel",
        /// Let a break-glass stand to its `until`.
        Confirm = "confirm",
        /// Let a scheduled action take effect, with a fresh signature.
        Fire = "fire",
        /// Take it back after it took effect.
        Undo = "undo",
    }
}

impl Power {
    /// Whether it hides an account, or limits who comes upon it: what `restore` takes back.
    pub const fn hides(self) -> bool {
        matches!(self, Self::Limit | Self::TakeDown | Self::BreakGlass)
    }

    /// Whether its target is an account (or something of one), and not staff or the house.
    pub const fn is_over_accounts(self) -> bool {
        !self.is_over_the_house()
    }

    /// Whether it changes who decides, or how: roster, keys, policy, alerts, witnesses, origin.
    pub const fn is_over_the_house(self) -> bool {
        matches!(
            self,
            Self::RosterWiden
                | Self::RosterNarrow
                | Self::KeyEnrol
                | Self::KeyEnd
                | Self::Policy
                | Self::Alert
                | Self::Witness
                | Self::Origin
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_leads_back_to_what_it_names() {
        for power in Power::ALL {
            assert_eq!(Power::from_word(power.word()), Some(*power));
        }
        assert_eq!(Power::from_word("take down"), None);
        assert!(Tier::Protected > Tier::Notable && Tier::Notable > Tier::Ordinary);
    }
}
