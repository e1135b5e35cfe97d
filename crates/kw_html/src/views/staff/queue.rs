//! What waits for somebody's signature.

use askama::Template;

use crate::page::Page;
use crate::part::action::{AccountCard, Act, Need};
use crate::part::desk::{Desk, Member, Room};
use crate::view::View;
use crate::views::staff::PastAttempt;
use crate::{Locale, samples};

/// The open actions, those that the reader can complete first.
#[derive(Debug, Template)]
#[template(path = "views/staff/queue.html")]
pub struct StaffQueue {
    /// What surrounds it.
    pub page: Page,
    /// The staff area.
    pub desk: Desk,
    /// The actions.
    pub rows: Vec<QueueRow>,
    /// What was refused in the last day because powers had ended, newest first.
    pub attempts: Vec<PastAttempt>,
}

/// An action that waits.
#[derive(Clone, Debug)]
pub struct QueueRow {
    /// What it is.
    pub act: Act,
    /// Whom it is about, where it is an account.
    pub account: Option<AccountCard>,
    /// Who proposed it.
    pub by: Member,
    /// When, in Unix milliseconds.
    pub at_ms: i64,
    /// What is missing. Nothing for an action that only waits for its moment.
    pub missing: Vec<Need>,
    /// Until when it can be completed, or when it takes effect, in Unix milliseconds.
    pub until_ms: i64,
    /// Whether it is said to be urgent.
    pub urgent: bool,
    /// Whose turn it is.
    pub turn: Turn,
}

/// Whose turn it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// The reader can sign.
    Yours,
    /// The reader has signed; others are waited for.
    Signed,
    /// Only others can.
    Others,
    /// Nobody's: it takes effect by itself.
    Clock,
}

impl StaffQueue {
    const ROOM: Room = Room::Queue;
}

impl QueueRow {
    /// How long is left, in words.
    fn left(&self, page: &Page) -> String {
        page.time_left(self.until_ms)
    }
}

impl Page {
    /// "1 h 52 min left".
    pub fn time_left(&self, until_ms: i64) -> String {
        let minutes = until_ms.saturating_sub(self.now_ms).max(0) / 60_000;
        let time = match (minutes / 60, minutes % 60) {
            (0, minutes) => self.t1("time-minutes", "minutes", minutes),
            (hours, 0) if hours < 48 => self.t1("time-hours", "hours", hours),
            (hours, minutes) if hours < 48 => {
                let parts = [self.t1("time-hours", "hours", hours), self.t1("time-minutes", "minutes", minutes)];
                parts.join(" ")
            }
            (hours, _) => self.count_exact("days", hours.unsigned_abs() / 24),
        };
        self.t1("time-left", "time", time)
    }
}

impl View for StaffQueue {
    const NAME: &'static str = "staff_queue";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("room-queue").to_owned()
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/staff"),
            desk: samples::desk(),
            rows: samples::queue(),
            attempts: samples::attempts(),
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let mut empty = Self { rows: Vec::new(), attempts: Vec::new(), ..Self::sample(locale) };
        empty.desk = Desk { waiting: 0, guards: 0, mode: crate::part::staff::Mode::Pair, ..samples::desk() };
        let mut stalled = Self { rows: Vec::new(), ..Self::sample(locale) };
        stalled.desk = Desk { waiting: 0, mode: crate::part::staff::Mode::Stalled, ..samples::desk() };
        vec![("", Self::sample(locale)), ("empty", empty), ("stalled", stalled)]
    }
}
