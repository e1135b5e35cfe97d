//! The reader's own sessions on staff.

use askama::Template;

use crate::page::Page;
use crate::part::desk::{Desk, Room};
use crate::view::View;
use crate::{Locale, samples};

/// Browsers in which the reader is signed in as staff.
#[derive(Debug, Template)]
#[template(path = "views/staff/sessions.html")]
pub struct StaffSessions {
    /// What surrounds it.
    pub page: Page,
    /// The staff area.
    pub desk: Desk,
    /// The sessions, the present one first.
    pub sessions: Vec<StaffSessionRow>,
}

/// A browser in which somebody on staff is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffSessionRow {
    /// What `/staff/sessions/{id}/revoke` calls it.
    pub id: String,
    /// Browser and system: "Firefox on Linux". Empty when unknown.
    pub browser: String,
    /// When it began, in Unix milliseconds.
    pub began_ms: i64,
    /// When it ends by itself, in Unix milliseconds.
    pub until_ms: i64,
    /// Whether it is the one that asks.
    pub current: bool,
}

impl StaffSessions {
    const ROOM: Room = Room::Sessions;
}

impl View for StaffSessions {
    const NAME: &'static str = "staff_sessions";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("staff-sessions").to_owned()
    }

    fn sample(locale: Locale) -> Self {
        let session = |id: &str, browser: &str, minutes: i64, current| StaffSessionRow {
            id: id.to_owned(),
            browser: browser.to_owned(),
            began_ms: samples::NOW_MS - minutes * 60_000,
            until_ms: samples::NOW_MS + (30 - minutes) * 60_000,
            current,
        };
        Self {
            page: samples::page(locale, "/staff/sessions"),
            desk: samples::desk(),
            sessions: vec![session("1", "Firefox on Linux", 16, true), session("2", "", 2, false)],
        }
    }
}
