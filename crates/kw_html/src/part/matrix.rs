//! The policy as a table that people can read: who must agree to what, over whom.

use askama::Template;

use crate::page::Page;
use crate::part::power::{Length, Power};
use crate::part::staff::{Role, Tier};

/// Who may do what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    /// One row for each power, or for each length of one.
    pub rows: Vec<MatrixRow>,
}

/// Who must agree to a power.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixRow {
    /// The power.
    pub power: Power,
    /// Up to which length this row counts; nothing where length does not matter.
    pub at_most: Option<Length>,
    /// For ordinary, notable and protected accounts.
    pub cells: [MatrixCell; 3],
    /// How long approvals stay valid.
    pub valid_for: Option<Length>,
}

/// Who must agree, in one tier.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MatrixCell {
    /// Nobody can.
    Never,
    /// These.
    People {
        /// How many, the proposer included.
        people: u64,
        /// Of how many teams at least.
        teams: u64,
        /// One of them has one of these roles. May be empty.
        roles: Vec<Role>,
        /// That one signs with a key that cannot leave its device.
        bound_key: bool,
        /// How long it waits before it takes effect.
        waits: Option<Wait>,
    },
}

/// How long something waits before it takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// So long, always.
    Always(Length),
    /// So long, unless it is said to be urgent.
    UnlessUrgent(Length),
}

impl MatrixCell {
    /// So many people, whoever they are.
    pub fn people(people: u64) -> Self {
        Self::People { people, teams: 1, roles: Vec::new(), bound_key: false, waits: None }
    }

    /// How many, as the large word of the cell.
    pub fn count(&self, page: &Page) -> String {
        match self {
            Self::Never => page.t("matrix-never").to_owned(),
            Self::People { people, .. } => page.count_exact("matrix-people", *people),
        }
    }

    /// The rest: teams, roles, keys, waiting. May be empty.
    pub fn rest(&self, page: &Page) -> String {
        let Self::People { teams, roles, bound_key, waits, .. } = self else { return String::new() };
        let mut parts = Vec::new();
        if *teams > 1 {
            parts.push(page.t1("matrix-teams", "teams", page.in_words(*teams)));
        }
        if !roles.is_empty() {
            let names: Vec<_> = roles.iter().map(|role| page.t(role.one_key())).collect();
            parts.push(names.join(page.t("need-or")));
        }
        if *bound_key {
            parts.push(page.t("matrix-bound-key").to_owned());
        }
        parts.extend(waits.map(|wait| match wait {
            Wait::Always(length) => page.t1("matrix-waits", "length", length.plain(page)),
            Wait::UnlessUrgent(length) => page.t1("matrix-waits-unless-urgent", "length", length.plain(page)),
        }));
        parts.join(", ")
    }
}

impl MatrixRow {
    /// "up to 7 days". Empty where length does not matter.
    pub fn up_to(&self, page: &Page) -> String {
        match self.at_most {
            None => String::new(),
            Some(Length::Endless) => Length::Endless.plain(page),
            Some(length) => page.t1("matrix-up-to", "length", length.plain(page)),
        }
    }

    /// The clock, in words. May be empty.
    pub fn clock(&self, page: &Page) -> String {
        let valid = self.valid_for.map(|length| page.t1("matrix-valid", "length", length.plain(page)));
        valid.unwrap_or_default()
    }

    /// Its cells with their tiers.
    pub fn tiers(&self) -> impl Iterator<Item = (Tier, &MatrixCell)> {
        Tier::ALL.iter().copied().zip(&self.cells)
    }
}

/// Prints a [`Matrix`].
#[derive(Debug, Template)]
#[template(path = "part/matrix.html")]
pub struct MatrixPart<'a> {
    /// What surrounds it.
    pub page: &'a Page,
    /// The table.
    pub matrix: &'a Matrix,
}

impl askama::filters::HtmlSafe for MatrixPart<'_> {}

impl MatrixPart<'_> {
    /// Whether a row is the first of its power: the one to which links lead, as `rule-take_down`.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates hand over references")]
    fn is_first(&self, index: &usize) -> bool {
        let power = |index: usize| self.matrix.rows.get(index).map(|row| row.power);
        *index == 0 || power(index - 1) != power(*index)
    }
}

impl Page {
    /// The table of who may do what.
    pub fn matrix<'a>(&'a self, matrix: &'a Matrix) -> MatrixPart<'a> {
        MatrixPart { page: self, matrix }
    }
}
