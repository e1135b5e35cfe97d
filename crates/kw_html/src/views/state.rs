//! The three pages in the place of something that cannot be shown. They differ in what they may tell.

use askama::Template;

use crate::locale::Number;
use crate::page::Page;
use crate::view::View;
use crate::{Locale, samples};

/// It never existed, or was deleted, or is not for this reader: one page, so that nothing leaks. Status 404.
#[derive(Debug, Template)]
#[template(path = "views/missing.html")]
pub struct Missing {
    /// What surrounds it.
    pub page: Page,
}

/// Its owner deactivated the account. Status 404.
#[derive(Debug, Template)]
#[template(path = "views/deactivated.html")]
pub struct Deactivated {
    /// What surrounds it.
    pub page: Page,
    /// The handle that was asked for.
    pub handle: String,
}

/// The account is hidden for now. Status 403, `no-store`. What the ledger tells is optional: what is not known is
/// left out rather than guessed.
#[derive(Debug, Template)]
#[template(path = "views/unavailable.html")]
pub struct Unavailable {
    /// What surrounds it.
    pub page: Page,
    /// The handle.
    pub handle: String,
    /// How many followers are kept, where that was public.
    pub followers: Option<u64>,
    /// Since when, in Unix milliseconds.
    pub since_ms: Option<i64>,
    /// When it ends by itself, in Unix milliseconds.
    pub until_ms: Option<i64>,
    /// What the ledger has.
    pub record: Option<OnRecord>,
}

/// What the ledger tells the public about an act.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct OnRecord {
    /// The number of the entry.
    pub entry: Option<u64>,
    /// How many people decided it.
    pub people: Option<u64>,
    /// Of how many teams.
    pub teams: Option<u64>,
    /// The public ground, in the reader's language.
    pub ground: Option<String>,
}

impl OnRecord {
    /// By how many people it was decided, in words.
    fn decided_by(&self, page: &Page, people: impl Number) -> String {
        page.t1("record-people", "people", page.people_of_teams(people.value(), self.teams.unwrap_or(1)))
    }
}

impl View for Missing {
    const NAME: &'static str = "missing";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("missing-title").to_owned()
    }

    fn sample(locale: Locale) -> Self {
        Self { page: samples::page(locale, "/@nobody").signed_out() }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let signed_in = Self { page: samples::page(locale, "/@nobody") };
        vec![("", Self::sample(locale)), ("signed-in", signed_in)]
    }
}

impl View for Deactivated {
    const NAME: &'static str = "deactivated";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("deactivated-title").to_owned()
    }

    fn sample(locale: Locale) -> Self {
        Self { page: samples::page(locale, "/@nils").signed_out(), handle: "nils".to_owned() }
    }
}

impl View for Unavailable {
    const NAME: &'static str = "unavailable";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("unavailable-title").to_owned()
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/@coastguard").signed_out(),
            handle: "coastguard".to_owned(),
            followers: Some(4_200_000),
            since_ms: Some(samples::NOW_MS - 3_600_000),
            until_ms: Some(samples::NOW_MS + 82_800_000),
            record: Some(OnRecord {
                entry: Some(48_213),
                people: Some(3),
                teams: Some(2),
                ground: Some(samples::ground(locale)),
            }),
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let bare = Self { followers: None, since_ms: None, until_ms: None, record: None, ..Self::sample(locale) };
        vec![("", Self::sample(locale)), ("bare", bare)]
    }
}
