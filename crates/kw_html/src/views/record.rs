//! What staff did to an account, for everybody to read.

use askama::Template;

use crate::page::Page;
use crate::part::account::AccountChip;
use crate::part::ledger::PublicEntry;
use crate::part::pager::Pager;
use crate::view::{Indexing, View};
use crate::{Locale, samples};

/// The actions on record of an account.
#[derive(Debug, Template)]
#[template(path = "views/account_record.html")]
pub struct AccountRecord {
    /// What surrounds it.
    pub page: Page,
    /// Whose record it is.
    pub account: AccountChip,
    /// What was done, newest first.
    pub facts: Vec<RecordFact>,
    /// Newer and older ones.
    pub pager: Pager,
}

/// Something that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordFact {
    /// What everybody may know of it.
    pub entry: PublicEntry,
    /// When it was taken back, in Unix milliseconds.
    pub undone_ms: Option<i64>,
    /// The entry that took it back.
    pub undone_entry: Option<u64>,
}

impl RecordFact {
    /// What was done, in the words for everybody.
    fn title(&self, page: &Page) -> String {
        self.entry.title(page)
    }
}

impl View for AccountRecord {
    const NAME: &'static str = "account_record";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t1("account-record-title", "name", &self.account.name)
    }

    fn canonical(&self) -> Option<String> {
        Some(format!("{}/record", self.account.url()))
    }

    fn indexing(&self) -> Indexing {
        Indexing::Refused
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/@coastguard/record").signed_out(),
            account: samples::coastguard().account,
            facts: samples::record_facts(),
            pager: Pager::default(),
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let empty = Self { facts: Vec::new(), ..Self::sample(locale) };
        vec![("", Self::sample(locale)), ("empty", empty)]
    }
}
