//! Finding an account before anything is proposed about it.

use askama::Template;

use crate::page::Page;
use crate::part::action::AccountCard;
use crate::part::desk::{Desk, Room};
use crate::view::View;
use crate::{Locale, samples};

/// The search, with what was found.
#[derive(Debug, Template)]
#[template(path = "views/staff/accounts.html")]
pub struct StaffAccounts {
    /// What surrounds it.
    pub page: Page,
    /// The staff area.
    pub desk: Desk,
    /// What was asked. Empty when nothing was yet.
    pub query: String,
    /// Accounts whose handle or name begins with it, hidden ones too.
    pub found: Vec<AccountCard>,
}

impl StaffAccounts {
    const ROOM: Room = Room::Accounts;
}

impl View for StaffAccounts {
    const NAME: &'static str = "staff_accounts";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        if self.query.is_empty() {
            self.page.t("room-accounts").to_owned()
        } else {
            self.page.t1("staff-search-title", "query", &self.query)
        }
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/staff/accounts?q=co"),
            desk: samples::desk(),
            query: "co".to_owned(),
            found: vec![samples::coastguard_card(), samples::tove_card()],
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let blank = Self { query: String::new(), found: Vec::new(), ..Self::sample(locale) };
        let vain = Self { query: "zzz".to_owned(), found: Vec::new(), ..Self::sample(locale) };
        vec![("", Self::sample(locale)), ("blank", blank), ("vain", vain)]
    }
}
