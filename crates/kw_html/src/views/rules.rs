//! Who may do what here, for everybody to read.

use askama::Template;

use crate::page::Page;
use crate::part::action::in_fours;
use crate::part::matrix::Matrix;
use crate::part::staff::Mode;
use crate::view::{Indexing, View};
use crate::{Locale, samples};

/// How decisions are made.
#[derive(Debug, Template)]
#[template(path = "views/rules.html")]
pub struct Rules {
    /// What surrounds it.
    pub page: Page,
    /// The policy as a table; nothing before the founding.
    pub matrix: Option<Matrix>,
    /// How many people run the server.
    pub mode: Mode,
    /// Guards and witnesses outside.
    pub guards: u64,
    /// The policy's hash, in hex. Empty before the founding.
    pub hash: String,
    /// Since when it is in force, in Unix milliseconds.
    pub since_ms: i64,
    /// Followers from which an account is notable.
    pub notable_from: u64,
    /// Followers from which an account is protected.
    pub protected_from: u64,
}

impl Rules {
    /// What a child understands, and what is true here.
    fn lead(&self) -> &'static str {
        match self.mode {
            Mode::Solo => self.page.t("rules-lead-solo"),
            Mode::Pair | Mode::Team | Mode::Stalled => self.page.t("rules-lead"),
        }
    }

    fn short_hash(&self) -> String {
        in_fours(self.hash.get(..16).unwrap_or(&self.hash))
    }
}

impl View for Rules {
    const NAME: &'static str = "rules";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("rules-title-public").to_owned()
    }

    fn description(&self) -> String {
        self.lead().to_owned()
    }

    fn canonical(&self) -> Option<String> {
        Some("/rules".to_owned())
    }

    fn indexing(&self) -> Indexing {
        Indexing::Allowed
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/rules").signed_out(),
            matrix: Some(samples::matrix()),
            mode: Mode::Team,
            guards: 2,
            hash: samples::HASH.to_owned(),
            since_ms: samples::NOW_MS - 20 * 86_400_000,
            notable_from: 10_000,
            protected_from: 1_000_000,
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let solo = Self { mode: Mode::Solo, guards: 0, ..Self::sample(locale) };
        let none = Self { matrix: None, hash: String::new(), ..Self::sample(locale) };
        vec![("", Self::sample(locale)), ("solo", solo), ("none", none)]
    }
}
