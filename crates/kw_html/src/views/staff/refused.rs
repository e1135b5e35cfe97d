//! A proposal that cannot succeed: refused before anyone wastes a signature, with what to do instead.

use askama::Template;

use crate::page::Page;
use crate::part::action::{AccountCard, Act, Again};
use crate::part::desk::{Desk, Room};
use crate::view::View;
use crate::{Locale, samples};

/// Why a proposal was refused.
#[derive(Debug, Template)]
#[template(path = "views/staff/refused.html")]
pub struct StaffRefused {
    /// What surrounds it.
    pub page: Page,
    /// The staff area.
    pub desk: Desk,
    /// What was to be proposed.
    pub act: Act,
    /// Whom it was about, where it is an account.
    pub account: Option<AccountCard>,
    /// Why, in the reader's language: the refusal's own sentence.
    pub why: String,
    /// What would help. May be empty.
    pub instead: Vec<Instead>,
    /// The entry of the ledger that records the attempt, where it is recorded.
    pub entry: Option<u64>,
    /// The way back to the form, with what was typed.
    pub again: Option<Again>,
}

/// What would help instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// Step-up: it stops a hijacker and hides nothing.
    StepUp,
    /// Report it, as any member can.
    Report,
    /// Ask a colleague to look.
    Colleague,
    /// Wait for the action that is open already, and approve that.
    OpenAction,
}

impl StaffRefused {
    const ROOM: Room = Room::Accounts;
}

impl View for StaffRefused {
    const NAME: &'static str = "staff_refused";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("refused-title").to_owned()
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/staff/accounts/1138"),
            desk: samples::desk(),
            act: samples::act(),
            account: Some(samples::coastguard_card()),
            why: samples::refusal(locale),
            instead: vec![Instead::StepUp, Instead::Colleague, Instead::Report],
            entry: Some(48_215),
            again: Some(samples::again()),
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let open = Self { instead: vec![Instead::OpenAction], entry: None, again: None, ..Self::sample(locale) };
        vec![("last-day", Self::sample(locale)), ("open", open)]
    }
}
