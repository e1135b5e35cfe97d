//! The words of staff on pages: roles, tiers, labels, grounds, modes, steps. Each has the word that forms and statements
//! carry, and the message that names it.
//!
//! The rules know the same words in a crate of their own; pages only print them and decide nothing.

use crate::locale::key;

/// Declares an enumeration with the word that forms carry and the message that names it, for each variant.
macro_rules! words {
    ($(#[$about:meta])* $name:ident { $($(#[$each:meta])* $variant:ident = $word:literal, $key:expr);* $(;)? }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$each])* $variant),* }

        impl $name {
            /// Every one of them, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word in forms and statements.
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The one with this word.
            pub fn from_word(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }

            /// The message that names it.
            pub fn key(self) -> &'static str {
                match self { $(Self::$variant => $key),* }
            }
        }
    };
}

pub(crate) use words;

words! {
    /// How well an account is protected from staff, the least first.
    Tier {
        /// Like everyone.
        Ordinary = "ordinary", key("tier-ordinary");
        /// Widely read.
        Notable = "notable", key("tier-notable");
        /// Of public weight.
        Protected = "protected", key("tier-protected");
    }
}

words! {
    /// What an account stands for.
    Label {
        /// Speaks for an institution.
        Official = "official", key("label-official");
        /// Somebody elected.
        Elected = "elected", key("label-elected");
        /// A newsroom, or somebody who writes for one.
        Press = "press", key("label-press");
        /// Warns and rescues.
        Emergency = "emergency", key("label-emergency");
    }
}

words! {
    /// What a member of staff is there for.
    Role {
        /// Answers members.
        Support = "support", key("role-support");
        /// Decides about accounts and posts.
        Moderator = "moderator", key("role-moderator");
        /// Answers for decisions about notable and protected accounts.
        TrustLead = "trust_lead", key("role-trust-lead");
        /// Answers for keys, sign-in and incidents.
        Security = "security", key("role-security");
        /// Speaks for the house.
        Communications = "communications", key("role-communications");
        /// Reads everything, decides nothing.
        Auditor = "auditor", key("role-auditor");
    }
}

words! {
    /// How many people run the server, derived from the roster.
    Mode {
        /// One person was ever founded.
        Solo = "solo", key("mode-solo");
        /// Two people.
        Pair = "pair", key("mode-pair");
        /// Three or more.
        Team = "team", key("mode-team");
        /// Fewer than two, after there were more.
        Stalled = "stalled", key("mode-stalled");
    }
}

words! {
    /// One step in the life of an action.
    Verb {
        /// Begin it.
        Propose = "propose", key("verb-propose");
        /// Agree to it.
        Approve = "approve", key("verb-approve");
        /// Stop it before it takes effect.
        Deny = "deny", key("verb-deny");
        /// Take it back before it takes effect.
        Cancel = "cancel", key("verb-cancel");
        /// Let what one person did alone stand.
        Confirm = "confirm", key("verb-confirm");
        /// Let what was scheduled take effect, with a fresh signature.
        Fire = "fire", key("verb-fire");
        /// Take it back after it took effect.
        Undo = "undo", key("verb-undo");
    }
}

words! {
    /// What a decision rests on, in the words that everybody may read.
    Ground {
        /// Somebody else writes in the owner's place.
        Hijack = "hijack", key("ground-hijack");
        /// It pretends to be somebody.
        Impersonation = "impersonation", key("ground-impersonation");
        /// It endangers children.
        ChildSafety = "child_safety", key("ground-child-safety");
        /// It threatens, or calls for violence.
        Violence = "violence", key("ground-violence");
        /// It hounds people.
        Harassment = "harassment", key("ground-harassment");
        /// It spreads hatred of people for what they are.
        Hate = "hate", key("ground-hate");
        /// It cheats people.
        Fraud = "fraud", key("ground-fraud");
        /// It posts the same everywhere, by machine.
        Spam = "spam", key("ground-spam");
        /// It tells what people keep private.
        Privacy = "privacy", key("ground-privacy");
        /// It uses what belongs to others.
        Property = "property", key("ground-property");
        /// A court said so.
        CourtOrder = "court_order", key("ground-court-order");
        /// The owner, or a rule of the house, asks for it.
        House = "house", key("ground-house");
    }
}

impl Ground {
    /// Whether the proposer may ask that undoing takes two people.
    pub fn may_need_two_to_undo(self) -> bool {
        matches!(self, Self::Hijack | Self::CourtOrder | Self::ChildSafety)
    }
}

words! {
    /// Whether something is against the law or against the rules of the house (`decision_ground` of the EU's database).
    Against {
        /// The rules that everybody agreed to.
        Terms = "terms", key("against-terms");
        /// The law.
        Law = "law", key("against-law");
    }
}

words! {
    /// How the house came to know (`source_type` of the EU's database).
    Source {
        /// A member or somebody else told.
        Notice = "notice", key("source-notice");
        /// An organisation whose notices are looked at first.
        TrustedFlagger = "trusted_flagger", key("source-trusted-flagger");
        /// Staff looked by themselves.
        Own = "own", key("source-own");
    }
}

impl Tier {
    /// The message of the mark beside a name.
    pub fn mark_key(self) -> &'static str {
        match self {
            Self::Ordinary => key("tier-mark-ordinary"),
            Self::Notable => key("tier-mark-notable"),
            Self::Protected => key("tier-mark-protected"),
        }
    }

    /// The message that names accounts of this tier.
    pub fn accounts_key(self) -> &'static str {
        match self {
            Self::Ordinary => key("tier-accounts-ordinary"),
            Self::Notable => key("tier-accounts-notable"),
            Self::Protected => key("tier-accounts-protected"),
        }
    }
}

impl Role {
    /// The message that asks for somebody of this role: "a trust lead".
    pub fn one_key(self) -> &'static str {
        match self {
            Self::Support => key("role-one-support"),
            Self::Moderator => key("role-one-moderator"),
            Self::TrustLead => key("role-one-trust-lead"),
            Self::Security => key("role-one-security"),
            Self::Communications => key("role-one-communications"),
            Self::Auditor => key("role-one-auditor"),
        }
    }
}

impl Mode {
    /// The message that tells staff what it means; nothing in a team.
    pub fn banner_key(self) -> Option<&'static str> {
        match self {
            Self::Solo => Some(key("mode-solo-banner")),
            Self::Pair => Some(key("mode-pair-banner")),
            Self::Stalled => Some(key("mode-stalled-banner")),
            Self::Team => None,
        }
    }

    /// The message that tells everybody what it means.
    pub fn public_key(self) -> &'static str {
        match self {
            Self::Solo => key("mode-solo-public"),
            Self::Pair => key("mode-pair-public"),
            Self::Team => key("mode-team-public"),
            Self::Stalled => key("mode-stalled-public"),
        }
    }
}

impl Verb {
    /// The message of the button that signs this step, where its subject stands beside it.
    pub fn button_key(self) -> &'static str {
        match self {
            Self::Propose => key("sign-propose"),
            Self::Approve => key("sign-approve"),
            Self::Deny => key("sign-deny"),
            Self::Cancel => key("sign-cancel"),
            Self::Confirm => key("sign-confirm"),
            Self::Fire => key("sign-fire"),
            Self::Undo => key("sign-undo"),
        }
    }

    /// The message that says that `$who` signed this step.
    pub fn signed_key(self) -> &'static str {
        match self {
            Self::Propose => key("line-proposed"),
            Self::Approve => key("line-approved"),
            Self::Deny => key("line-denied"),
            Self::Cancel => key("line-cancelled"),
            Self::Confirm => key("line-confirmed"),
            Self::Fire => key("line-fired"),
            Self::Undo => key("line-undone"),
        }
    }

    /// The message that says what signing this step does.
    pub fn what_key(self) -> &'static str {
        match self {
            Self::Propose => key("verb-propose-what"),
            Self::Approve => key("verb-approve-what"),
            Self::Deny => key("verb-deny-what"),
            Self::Cancel => key("verb-cancel-what"),
            Self::Confirm => key("verb-confirm-what"),
            Self::Fire => key("verb-fire-what"),
            Self::Undo => key("verb-undo-what"),
        }
    }
}
