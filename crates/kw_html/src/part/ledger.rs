//! The ledger on pages: its head, its entries, who watches it.

use crate::html::SafeHtml;
use crate::locale::{Count, Number, key};
use crate::page::Page;
use crate::part::desk::Member;
use crate::part::power::Power;
use crate::part::staff::{Ground, Verb, words};

/// The newest checkpoint of the ledger, with what anybody needs to check it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LedgerHead {
    /// The origin line of its checkpoints.
    pub origin: String,
    /// How many entries there are.
    pub size: u64,
    /// The root of the tree, in hex or base64, as the checkpoint has it.
    pub root: String,
    /// When it was signed, in Unix milliseconds.
    pub signed_ms: i64,
    /// The key that signs it, as a vkey.
    pub vkey: String,
    /// The twelve words of entry 0.
    pub fingerprint: Vec<String>,
    /// Guards and witnesses outside that have seen this or an earlier checkpoint.
    pub guards: u64,
    /// When one of them last signed, in Unix milliseconds.
    pub witnessed_ms: Option<i64>,
    /// The command that checks everything.
    pub command: String,
}

words! {
    /// What an entry records.
    EntryKind {
        /// The founding: entry 0.
        Founded = "founded", key("entry-founded");
        /// A step towards something that has not happened, or will not.
        Step = "step", key("entry-step");
        /// An action took effect.
        InForce = "in_force", key("entry-in-force");
        /// An action waits for its moment.
        Scheduled = "scheduled", key("entry-scheduled");
        /// An action was undone.
        Undone = "undone", key("entry-undone");
        /// An action ended by itself.
        Lapsed = "lapsed", key("entry-lapsed");
        /// An action was denied, cancelled, expired or overtaken.
        Closed = "closed", key("entry-closed");
        /// A proposal was refused.
        Refused = "refused", key("entry-refused");
        /// An account became notable or protected by itself.
        TierRose = "tier_rose", key("entry-tier-rose");
        /// An owner did something grave.
        Owner = "owner", key("entry-owner");
        /// The server started.
        Started = "started", key("entry-started");
        /// The daily count of everything.
        Census = "census", key("entry-census");
        /// Something else, which a newer version knows.
        Other = "other", key("entry-other");
    }
}

/// What everybody may read of an entry. What is not public is left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicEntry {
    /// Its number.
    pub index: u64,
    /// When it was appended, in Unix milliseconds.
    pub at_ms: i64,
    /// What it records.
    pub kind: EntryKind,
    /// The power used.
    pub power: Option<Power>,
    /// Whom it was used on, where the public may know: `@coastguard`.
    pub who: Option<String>,
    /// What it rests on.
    pub ground: Option<Ground>,
    /// How many people signed.
    pub people: Option<u64>,
    /// Of how many teams.
    pub teams: Option<u64>,
    /// When it ends by itself, in Unix milliseconds.
    pub until_ms: Option<i64>,
    /// From when it takes effect, while it waits, in Unix milliseconds.
    pub from_ms: Option<i64>,
}

/// What staff read of an entry beyond what everybody may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EntryFact {
    /// Which step it is.
    Step(Verb),
    /// Who signed.
    By(Member),
    /// Why, in the proposer's words.
    Explanation(String),
    /// What happened, in the proposer's words.
    Facts(String),
    /// Why it was refused: the code that the ledger kept.
    Refused(String),
    /// Which version of the program.
    Version(String),
    /// The hash of the program, in hex.
    Program(String),
    /// So many followers.
    Followers(u64),
    /// Something was counted: by this name, so many.
    Counted(String, u64),
}

impl EntryFact {
    /// Whether it is a few words, which stand beside the entry; what people wrote is opened.
    pub fn is_short(&self) -> bool {
        !matches!(self, Self::Explanation(_) | Self::Facts(_) | Self::Program(_))
    }

    /// What it says, by itself.
    pub fn words(&self, page: &Page) -> String {
        match self {
            Self::Counted(name, count) => format!("{name} {}", page.number(*count)),
            fact => fact.line(page).1,
        }
    }

    /// Its name, and what it says.
    pub fn line(&self, page: &Page) -> (String, String) {
        let (name, words) = match self {
            Self::Step(verb) => (page.t("entry-step"), page.t(verb.key()).to_owned()),
            Self::By(member) => (page.t("entry-people"), member.line(page)),
            Self::Explanation(words) => (page.t("claim-explanation-short"), page.t1("quoted", "text", words)),
            Self::Facts(words) => (page.t("claim-facts-short"), page.t1("quoted", "text", words)),
            Self::Refused(code) => (page.t("entry-refused-why"), page.refused_them(code).to_owned()),
            Self::Version(version) => (page.t("entry-version"), version.clone()),
            Self::Program(hash) => (page.t("entry-program"), hash.clone()),
            Self::Followers(count) => (page.t("entry-because"), page.count_exact("profile-followers", *count)),
            Self::Counted(name, count) => return (name.clone(), page.number(*count)),
        };
        (name.to_owned(), words)
    }
}

impl PublicEntry {
    /// Its page.
    pub fn url(&self) -> String {
        format!("/ledger/entry/{}", self.index)
    }

    /// "Hidden: @coastguard", "Scheduled: Take a label away, @weather", "The server started".
    pub fn title(&self, page: &Page) -> String {
        let kind = page.t(self.kind.key());
        let is_done = matches!(self.kind, EntryKind::InForce | EntryKind::Undone | EntryKind::Lapsed);
        let what = self.power.map(|power| page.t(if is_done { power.done_key() } else { power.key() }));
        let head = if self.kind == EntryKind::InForce { what.unwrap_or(kind) } else { kind };
        let rest: Vec<_> = what.filter(|what| *what != head).into_iter().chain(self.who.as_deref()).collect();
        if rest.is_empty() { head.to_owned() } else { page.t2("entry-title", "kind", head, "rest", rest.join(", ")) }
    }

    /// "three people of two teams", where it is known.
    pub fn people_words(&self, page: &Page) -> Option<String> {
        self.people.map(|people| page.people_of_teams(people, self.teams.unwrap_or(1)))
    }

    /// "decided by three people of two teams", where it is known.
    pub fn decided_by(&self, page: &Page) -> Option<String> {
        self.people_words(page).map(|people| page.t1("record-people", "people", people))
    }
}

impl Page {
    /// "three people of two teams".
    pub fn people_of_teams(&self, people: u64, teams: u64) -> String {
        let form = |count| Count::exact(self.locale, count).form;
        self.tn(
            "people-of-teams",
            &[
                ("people", &self.in_words(people)),
                ("people-form", form(people)),
                ("teams", &self.in_words(teams)),
                ("teams-form", form(teams)),
            ],
        )
    }

    /// Who watches from outside, in one sentence.
    pub fn watched_by(&self, guards: impl Number) -> String {
        match guards.value() {
            0 => self.t("watch-nobody").to_owned(),
            guards => {
                let count = Count::exact(self.locale, guards);
                self.tn("watch-guards", &[("count", &self.in_words(guards)), ("form", count.form)])
            }
        }
    }

    /// "entry 48,213", linked to its page.
    pub fn entry_link(&self, entry: impl Number) -> SafeHtml {
        let entry = entry.value();
        let words = SafeHtml::text(&self.t1("entry-link", "entry", self.number(entry)));
        SafeHtml::trusted(format!("<a href=\"/ledger/entry/{entry}\">{words}</a>"))
    }

    /// "48,213", linked to the page of that entry.
    pub fn entry_number(&self, entry: impl Number) -> SafeHtml {
        let entry = entry.value();
        SafeHtml::trusted(format!("<a href=\"/ledger/entry/{entry}\">{}</a>", self.number(entry)))
    }

    /// The twelve words of a fingerprint, numbered, large enough to be compared across a room.
    pub fn twelve_words(&self, words: &[String]) -> SafeHtml {
        let items: Vec<_> = words.iter().map(|word| format!("<li>{}</li>", SafeHtml::text(word))).collect();
        SafeHtml::trusted(format!("<ol class=\"twelve\" translate=\"no\" lang=\"en\">{}</ol>", items.join("")))
    }
}
