//! Founding: who the first people are, and the fingerprint that outsiders pin.

use askama::Template;

use crate::page::Page;
use crate::part::form::{Complaint, FormErrors};
use crate::part::staff::Role;
use crate::view::View;
use crate::{Locale, samples};

/// Before the founding: the people, and who has a key.
#[derive(Debug, Template)]
#[template(path = "views/staff/found.html")]
pub struct StaffFound {
    /// What surrounds it.
    pub page: Page,
    /// What lets this browser found: every form carries it.
    pub code: String,
    /// The people so far, in the order of arrival.
    pub people: Vec<Founder>,
    /// Teams that were named so far.
    pub teams: Vec<String>,
    /// What was typed for the next person, when it could not be accepted.
    pub next: NextFounder,
    /// What was wrong.
    pub errors: FormErrors,
}

/// The next person, as far as their form is filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NextFounder {
    /// Their name.
    pub name: String,
    /// Their roles.
    pub roles: Vec<Role>,
    /// Their team.
    pub team: String,
    /// Their last day, as a date field has it.
    pub ends: String,
}

impl Default for NextFounder {
    fn default() -> Self {
        Self { name: String::new(), roles: vec![Role::Moderator], team: String::new(), ends: String::new() }
    }
}

/// Somebody who founds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Founder {
    /// What `/staff/found/people/{id}/remove` calls them.
    pub id: String,
    /// Their name.
    pub name: String,
    /// Their roles.
    pub roles: Vec<Role>,
    /// Their team.
    pub team: String,
    /// Their last day, in Unix milliseconds.
    pub ends_ms: Option<i64>,
    /// The address that lets them make a key, once; nothing when they have one.
    pub link: Option<String>,
}

/// After the founding: the fingerprint.
#[derive(Debug, Template)]
#[template(path = "views/staff/founded.html")]
pub struct StaffFounded {
    /// What surrounds it.
    pub page: Page,
    /// The twelve words over entry 0.
    pub fingerprint: Vec<String>,
    /// The hash of entry 0, in hex.
    pub hash: String,
    /// The key of the ledger, as a vkey.
    pub vkey: String,
    /// When it was founded, in Unix milliseconds.
    pub at_ms: i64,
    /// How many people founded it.
    pub people: u64,
}

impl StaffFound {
    /// Whether everybody has a key, and there is somebody.
    fn is_ready(&self) -> bool {
        !self.people.is_empty() && self.people.iter().all(|person| person.link.is_none())
    }

    fn count(&self) -> u64 {
        self.people.len() as u64
    }

    /// What running the server with so many people means.
    fn consequence(&self) -> &'static str {
        match self.people.len() {
            0 => self.page.t("found-nobody"),
            1 => self.page.t("found-solo"),
            2 => self.page.t("found-pair"),
            _ => self.page.t("found-team"),
        }
    }
}

impl View for StaffFound {
    const NAME: &'static str = "staff_found";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("found-title").to_owned()
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/staff/found").signed_out(),
            code: "k7w2m9q4".to_owned(),
            people: samples::founders(),
            teams: vec!["day".to_owned(), "night".to_owned()],
            next: NextFounder::default(),
            errors: FormErrors::default(),
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let empty = Self { people: Vec::new(), teams: Vec::new(), ..Self::sample(locale) };
        let mut ready = Self::sample(locale);
        ready.people.iter_mut().for_each(|person| person.link = None);
        let mut solo = Self::sample(locale);
        solo.people.truncate(1);
        let next = NextFounder { roles: vec![Role::Support], team: "day".to_owned(), ..NextFounder::default() };
        let wrong = Self { next, errors: FormErrors::one("name", Complaint::Empty), ..Self::sample(locale) };
        vec![("", Self::sample(locale)), ("empty", empty), ("ready", ready), ("solo", solo), ("wrong", wrong)]
    }
}

impl View for StaffFounded {
    const NAME: &'static str = "staff_founded";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("founded-title").to_owned()
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/staff/found").signed_out(),
            fingerprint: samples::fingerprint(),
            hash: samples::HASH.to_owned(),
            vkey: samples::VKEY.to_owned(),
            at_ms: samples::NOW_MS,
            people: 3,
        }
    }
}
