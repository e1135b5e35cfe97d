//! The public ledger for readers: what it is, what is newest in it, and how to check it without us.

use askama::Template;

use crate::html::SafeHtml;
use crate::page::Page;
use crate::part::ledger::{LedgerHead, PublicEntry};
use crate::part::pager::Pager;
use crate::view::{Indexing, View};
use crate::{Locale, samples};

/// The page about the ledger.
#[derive(Debug, Template)]
#[template(path = "views/ledger.html")]
pub struct Ledger {
    /// What surrounds it.
    pub page: Page,
    /// The newest checkpoint. Nothing before the founding: then there are no staff powers either.
    pub head: Option<LedgerHead>,
    /// The newest entries of which the public may know more than that they exist.
    pub entries: Vec<PublicEntry>,
    /// Newer and older ones.
    pub pager: Pager,
}

/// One entry.
#[derive(Debug, Template)]
#[template(path = "views/ledger_entry.html")]
pub struct LedgerEntry {
    /// What surrounds it.
    pub page: Page,
    /// What is public of it.
    pub entry: PublicEntry,
    /// The leaf's hash, in hex.
    pub hash: String,
    /// The hash of the policy it was decided under, in hex.
    pub policy: Option<String>,
    /// Until when more of it is sealed, in Unix milliseconds.
    pub sealed_until_ms: Option<i64>,
    /// Where its proof is: a file that anybody can check offline.
    pub proof_url: String,
    /// The command that checks it.
    pub command: String,
    /// How many entries the ledger has.
    pub size: u64,
    /// Guards and witnesses outside.
    pub guards: u64,
}

impl Page {
    /// A command to copy.
    pub fn command(&self, command: &str) -> SafeHtml {
        let words = SafeHtml::text(command);
        SafeHtml::trusted(format!("<pre class=\"command\" translate=\"no\" dir=\"ltr\" tabindex=\"0\">{words}</pre>"))
    }
}

impl View for Ledger {
    const NAME: &'static str = "ledger";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("ledger-title").to_owned()
    }

    fn description(&self) -> String {
        self.page.t("ledger-lead").to_owned()
    }

    fn canonical(&self) -> Option<String> {
        Some("/ledger".to_owned())
    }

    fn indexing(&self) -> Indexing {
        Indexing::Allowed
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/ledger").signed_out(),
            head: Some(samples::ledger_head()),
            entries: samples::entries(),
            pager: samples::pager("/ledger"),
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let unwitnessed = Self {
            head: samples::ledger_head().into(),
            entries: Vec::new(),
            pager: Pager::default(),
            ..Self::sample(locale)
        };
        let unwitnessed = Self {
            head: unwitnessed.head.map(|head| LedgerHead { guards: 0, witnessed_ms: None, ..head }),
            ..unwitnessed
        };
        let none = Self { head: None, entries: Vec::new(), pager: Pager::default(), ..Self::sample(locale) };
        vec![("", Self::sample(locale)), ("unwitnessed", unwitnessed), ("none", none)]
    }
}

impl View for LedgerEntry {
    const NAME: &'static str = "ledger_entry";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t1("ledger-entry-title", "entry", self.page.number(self.entry.index))
    }

    fn canonical(&self) -> Option<String> {
        Some(self.entry.url())
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/ledger/entry/48213").signed_out(),
            entry: samples::entries().remove(0),
            hash: samples::HASH.to_owned(),
            policy: Some(samples::HASH.to_owned()),
            sealed_until_ms: None,
            proof_url: "/ledger/proof/48213".to_owned(),
            command: "(printf '\\000'; curl -s https://bay.example/ledger/leaf/48213) | sha256sum".to_owned(),
            size: 48_290,
            guards: 2,
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let step = Self {
            entry: samples::entries().remove(2),
            policy: None,
            sealed_until_ms: Some(samples::NOW_MS + 30 * 86_400_000),
            guards: 0,
            ..Self::sample(locale)
        };
        vec![("", Self::sample(locale)), ("step", step)]
    }
}
