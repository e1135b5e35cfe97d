//! The head of a profile: who it is, how many, what protects it, and what the viewer can do about it.

use crate::html::SafeHtml;
use crate::locale::{Count, Milliseconds, Number, key};
use crate::page::Page;
use crate::part::account::AccountChip;
use crate::part::staff::{Label, Mode, Tier};

/// What the profile pages of one account have in common.
#[derive(Clone, Debug)]
pub struct ProfileHead {
    /// Who.
    pub account: AccountChip,
    /// Where the wide picture is.
    pub header: Option<String>,
    /// The bio, rendered and sanitised.
    pub bio: SafeHtml,
    /// The bio as plain text, for descriptions.
    pub bio_text: String,
    /// Lines of the profile, in the owner's order.
    pub fields: Vec<ProfileField>,
    /// What is said of the account as a whole.
    pub badges: Vec<Badge>,
    /// Posts, in the sense of the profile's count.
    pub posts: u64,
    /// Followers; nothing when the owner does not tell.
    pub followers: Option<u64>,
    /// Followed accounts; nothing when the owner does not tell.
    pub following: Option<u64>,
    /// When the account was created, in Unix milliseconds.
    pub created_ms: i64,
    /// How many people it takes to hide the account. Nothing where no tiers exist yet.
    pub protection: Option<Protection>,
    /// What the viewer has to do with it.
    pub relation: Relation,
    /// Whether search engines may keep the profile: the owner's choice.
    pub discoverable: bool,
}

/// A line of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileField {
    /// What it is about, as plain text.
    pub name: String,
    /// The rest, rendered and sanitised.
    pub value: SafeHtml,
    /// Since when we know that the linked page links back, in Unix milliseconds.
    pub verified_ms: Option<i64>,
}

/// What is said of an account as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Badge {
    /// Staff say what it stands for.
    Label(Label),
    /// Posts by itself.
    Bot,
    /// Looks at each request to follow.
    Locked,
}

impl Badge {
    /// The string that names it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Label(label) => label.key(),
            Self::Bot => key("badge-bot"),
            Self::Locked => key("badge-locked"),
        }
    }
}

/// The protection line: how many people it takes to hide an account, and to bring it back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protection {
    /// How well it is protected.
    pub tier: Tier,
    /// What it takes to hide it.
    pub hiding: Hiding,
    /// People who can bring it back together.
    pub people_to_restore: u64,
    /// How many people run the server.
    pub mode: Mode,
    /// Guards that watch it.
    pub guards: u64,
    /// Actions about it on record.
    pub actions: u64,
}

/// What it takes to hide an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hiding {
    /// Signatures of so many people of so many teams.
    Takes {
        /// People.
        people: u64,
        /// Teams they must come from.
        teams: u64,
    },
    /// One person can for so many hours; longer takes more.
    AloneFor {
        /// Hours.
        hours: u64,
        /// People whom longer takes.
        people: u64,
    },
    /// The only person can, after everybody was told for so many hours.
    AfterHours {
        /// Hours.
        hours: u64,
    },
    /// Nobody can at present: too few people are on staff.
    OutOfReach,
}

impl Protection {
    /// How many it takes, in words.
    pub fn sentence(&self, page: &Page) -> String {
        let form = |count| Count::exact(page.locale, count).form;
        let restore = page.in_words(self.people_to_restore);
        let restore = [("restore", restore.as_str()), ("restore-form", form(self.people_to_restore))];
        match self.hiding {
            Hiding::Takes { people, teams } => {
                let (people_word, teams_word) = (page.in_words(people), page.in_words(teams));
                let hide = [("people", people_word.as_str()), ("people-form", form(people))];
                let of = [("teams", teams_word.as_str()), ("teams-form", form(teams))];
                page.tn("protection-sentence", &[hide, of, restore].concat())
            }
            Hiding::AloneFor { hours, people } => {
                let words = [("hours", page.number(hours)), ("people", page.in_words(people))];
                let words = words.each_ref().map(|(name, value)| (*name, value.as_str()));
                page.tn("protection-alone", &[words, restore].concat())
            }
            Hiding::AfterHours { hours } => page.t1("protection-after", "hours", page.number(hours)),
            Hiding::OutOfReach => page.t("protection-out-of-reach").to_owned(),
        }
    }

    /// Whether it is the quiet line of an account like everyone's.
    pub fn is_quiet(&self) -> bool {
        self.tier == Tier::Ordinary
    }

    /// What else has to be said: one person runs the server, or too few are left.
    pub fn mode_note(&self, page: &Page) -> Option<&'static str> {
        matches!(self.mode, Mode::Solo | Mode::Stalled).then(|| page.t(self.mode.public_key()))
    }
}

impl Page {
    /// Small numbers as words, as in running text; larger ones in digits.
    pub fn in_words(&self, count: impl Number) -> String {
        match count.value() {
            2 => self.t("number-two").to_owned(),
            3 => self.t("number-three").to_owned(),
            4 => self.t("number-four").to_owned(),
            5 => self.t("number-five").to_owned(),
            _ => self.number(count),
        }
    }

    /// Since when a link of a profile is known to lead back.
    pub fn verified_since(&self, ms: impl Milliseconds) -> String {
        self.t1("profile-verified", "date", self.locale.date(&self.time_zone, ms.value()))
    }
}

/// What the viewer has to do with an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Nobody is signed in.
    SignedOut,
    /// It is the viewer's own.
    Myself,
    /// It is somebody else's.
    Other(Ties),
}

impl Relation {
    /// The ties to somebody else, where there is a viewer and it is not themselves.
    pub fn ties(&self) -> Option<&Ties> {
        match self {
            Self::Other(ties) => Some(ties),
            Self::SignedOut | Self::Myself => None,
        }
    }

    /// Whether the viewer looks at themselves.
    pub fn is_mine(&self) -> bool {
        *self == Self::Myself
    }
}

/// What stands between the viewer and somebody else.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ties {
    /// Whether the viewer follows them.
    pub follow: Follow,
    /// They follow the viewer.
    pub follows_you: bool,
    /// They ask to follow the viewer.
    pub asks_to_follow: bool,
    /// The viewer blocks them.
    pub blocked: bool,
    /// The viewer mutes them.
    pub muted: bool,
    /// Until when, in Unix milliseconds; nothing for a mute without an end.
    pub muted_until_ms: Option<i64>,
    /// The viewer's own note about them. Empty when there is none.
    pub note: String,
}

/// Whether the viewer follows somebody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Follow {
    /// No.
    #[default]
    No,
    /// They asked, and wait.
    Requested,
    /// Yes.
    Yes,
}

/// The tab of a profile that is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileTab {
    /// Posts and boosts.
    Posts,
    /// Replies too.
    Replies,
    /// Lines of the profile, dates, actions.
    About,
    /// Who follows it.
    Followers,
    /// Whom it follows.
    Following,
}
