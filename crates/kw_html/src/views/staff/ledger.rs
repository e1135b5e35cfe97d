//! The ledger as staff may read it.

use askama::Template;

use crate::page::Page;
use crate::part::desk::{Desk, Room};
use crate::part::ledger::{EntryFact, LedgerHead, PublicEntry};
use crate::part::pager::Pager;
use crate::view::View;
use crate::{Locale, samples};

/// The newest entries, with what the reader may see of them.
#[derive(Debug, Template)]
#[template(path = "views/staff/ledger.html")]
pub struct StaffLedger {
    /// What surrounds it.
    pub page: Page,
    /// The staff area.
    pub desk: Desk,
    /// The newest checkpoint.
    pub head: LedgerHead,
    /// Entries, newest first.
    pub entries: Vec<EntryRow>,
    /// Newer and older entries.
    pub pager: Pager,
}

/// An entry with its openings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EntryRow {
    /// What everybody may read.
    pub entry: PublicEntry,
    /// The action's page for staff.
    pub action_url: Option<String>,
    /// What the reader may see beyond that.
    pub opened: Opened,
}

/// What somebody may see of an entry beyond what everybody may.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    /// Nothing: there is nothing more, or it is not for them.
    No,
    /// These.
    Facts(Vec<EntryFact>),
    /// It was erased by an action.
    Erased,
}

impl EntryRow {
    /// What is told beside the entry.
    fn short(&self, page: &Page) -> String {
        let Opened::Facts(facts) = &self.opened else { return String::new() };
        let words: Vec<_> = facts.iter().filter(|fact| fact.is_short()).map(|fact| fact.words(page)).collect();
        words.join(" · ")
    }

    /// What is opened.
    fn long(&self) -> Vec<&EntryFact> {
        let Opened::Facts(facts) = &self.opened else { return Vec::new() };
        facts.iter().filter(|fact| !fact.is_short()).collect()
    }
}

impl StaffLedger {
    const ROOM: Room = Room::Ledger;
}

impl View for StaffLedger {
    const NAME: &'static str = "staff_ledger";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("room-ledger").to_owned()
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/staff/ledger"),
            desk: samples::desk(),
            head: samples::ledger_head(),
            entries: samples::staff_entries(locale),
            pager: samples::pager("/staff/ledger"),
        }
    }
}
