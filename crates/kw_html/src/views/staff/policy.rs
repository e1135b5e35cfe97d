//! The policy in force, as a table, and the form that proposes another.

use askama::Template;

use crate::page::Page;
use crate::part::desk::{Desk, Room};
use crate::part::form::{Complaint, FormErrors};
use crate::part::matrix::Matrix;
use crate::view::View;
use crate::{Locale, samples};

/// Who may do what.
#[derive(Debug, Template)]
#[template(path = "views/staff/policy.html")]
pub struct StaffPolicy {
    /// What surrounds it.
    pub page: Page,
    /// The staff area.
    pub desk: Desk,
    /// The policy as a table.
    pub matrix: Matrix,
    /// Its hash, in hex.
    pub hash: String,
    /// Since when it is in force, in Unix milliseconds.
    pub since_ms: i64,
    /// The entry of the ledger that put it in force.
    pub entry: u64,
    /// The version of the floor in this binary.
    pub floor: String,
    /// What was pasted, when it could not be accepted.
    pub text: String,
    /// Why, as far as it was typed.
    pub explanation: String,
    /// What was wrong with it.
    pub errors: FormErrors,
}

impl StaffPolicy {
    const ROOM: Room = Room::Policy;
}

impl View for StaffPolicy {
    const NAME: &'static str = "staff_policy";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("room-policy").to_owned()
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/staff/policy"),
            desk: samples::desk(),
            matrix: samples::matrix(),
            hash: samples::HASH.to_owned(),
            since_ms: samples::NOW_MS - 20 * 86_400_000,
            entry: 12,
            floor: "1".to_owned(),
            text: String::new(),
            explanation: String::new(),
            errors: FormErrors::default(),
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let wrong = Self {
            text: "permit(principal, action, resource)".to_owned(),
            errors: FormErrors::one("policy", Complaint::PolicyUnreadable),
            ..Self::sample(locale)
        };
        vec![("", Self::sample(locale)), ("wrong", wrong)]
    }
}
