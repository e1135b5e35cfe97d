//! Who is on staff, with which keys, and the forms that propose a change.

use askama::Template;

use crate::locale::key;
use crate::page::Page;
use crate::part::desk::{Desk, Room};
use crate::part::form::{Complaint, FormErrors};
use crate::part::staff::Role;
use crate::view::View;
use crate::{Locale, samples};

/// The roster.
#[derive(Debug, Template)]
#[template(path = "views/staff/roster.html")]
pub struct StaffRoster {
    /// What surrounds it.
    pub page: Page,
    /// The staff area.
    pub desk: Desk,
    /// Everybody, those with powers first. Nobody is ever taken off.
    pub people: Vec<PersonRow>,
    /// The teams there are.
    pub teams: Vec<String>,
    /// The link that was just made for somebody. It is shown once.
    pub invited: Option<Invited>,
    /// What was typed for the next person, when it could not be accepted.
    pub next: NextPerson,
    /// What was wrong with the form that adds somebody.
    pub errors: FormErrors,
}

/// A link with which somebody makes a passkey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Invited {
    /// Who.
    pub name: String,
    /// The address.
    pub link: String,
}

/// The next person, as far as their form is filled in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NextPerson {
    /// Their name.
    pub name: String,
    /// Number or address in the directory.
    pub directory: String,
    /// Their roles.
    pub roles: Vec<Role>,
    /// Their team.
    pub team: String,
    /// Their first day, as a date field has it.
    pub starts: String,
    /// Their last day, as a date field has it.
    pub ends: String,
    /// Why they are to be taken on.
    pub explanation: String,
}

/// Somebody on staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    /// What paths call them.
    pub id: String,
    /// What colleagues call them.
    pub name: String,
    /// What the ledger calls them.
    pub pseudonym: String,
    /// Whether it is the reader.
    pub is_me: bool,
    /// Their roles.
    pub roles: Vec<Role>,
    /// Their team.
    pub team: String,
    /// Their first day, in Unix milliseconds.
    pub from_ms: i64,
    /// When employment ends, in Unix milliseconds.
    pub until_ms: Option<i64>,
    /// Their keys, oldest first.
    pub keys: Vec<StaffKey>,
    /// Passkeys that they made and that nobody has enrolled yet.
    pub waiting: Vec<WaitingKey>,
    /// What they can do today.
    pub status: PersonStatus,
}

/// A key of somebody on staff.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StaffKey {
    /// What paths call it.
    pub id: String,
    /// The name they gave it; empty when it was forgotten.
    pub name: String,
    /// The first digits of its id, for people to compare.
    pub mark: String,
    /// Whether it cannot leave its device.
    pub is_bound: bool,
    /// Since when it counts, in Unix milliseconds.
    pub since_ms: i64,
    /// Since when it no longer counts, in Unix milliseconds.
    pub ended_ms: Option<i64>,
}

/// A passkey that has no power yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WaitingKey {
    /// What paths call it.
    pub id: String,
    /// The name they gave it.
    pub name: String,
    /// The first digits of its id, for people to compare.
    pub mark: String,
    /// Whether it cannot leave its device.
    pub is_bound: bool,
    /// When it was made, in Unix milliseconds.
    pub made_ms: i64,
}

/// What somebody on staff can do today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PersonStatus {
    /// All that their roles allow.
    Active,
    /// It is the first day: one more person signs what they sign.
    FirstDay,
    /// Nothing yet: the first day is to come.
    NotYet,
    /// Nothing yet: they have no key.
    NoKey,
    /// They leave within 14 days: they no longer hide accounts or change the house.
    Leaving,
    /// Nothing: they left.
    Ended,
}

impl PersonStatus {
    /// The message that names it.
    fn key(self) -> &'static str {
        match self {
            Self::Active => key("person-active"),
            Self::FirstDay => key("person-first-day"),
            Self::NotYet => key("person-not-yet"),
            Self::NoKey => key("person-no-key"),
            Self::Leaving => key("person-leaving"),
            Self::Ended => key("person-ended"),
        }
    }

    fn tone(self) -> &'static str {
        match self {
            Self::Active => "mark-good",
            Self::FirstDay | Self::NoKey | Self::Leaving => "mark-bill",
            Self::NotYet | Self::Ended => "mark-quiet",
        }
    }
}

impl PersonRow {
    fn has_role(&self, word: &str) -> bool {
        self.roles.iter().any(|role| role.word() == word)
    }

    fn is_ended(&self) -> bool {
        self.status == PersonStatus::Ended
    }

    /// The day as a date field has it; empty without one.
    fn until_day(&self, page: &Page) -> String {
        self.until_ms.map(|ms| page.day(ms)).unwrap_or_default()
    }
}

impl StaffRoster {
    const ROOM: Room = Room::Roster;
}

impl View for StaffRoster {
    const NAME: &'static str = "staff_roster";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("room-roster").to_owned()
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/staff/roster"),
            desk: samples::desk(),
            people: samples::people(),
            teams: vec!["day".to_owned(), "night".to_owned(), "trust".to_owned()],
            invited: None,
            next: NextPerson::default(),
            errors: FormErrors::default(),
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let mut solo = Self::sample(locale);
        solo.people.truncate(1);
        solo.desk.mode = crate::part::staff::Mode::Solo;
        let next = NextPerson { name: "Eirik Vang".to_owned(), roles: vec![Role::Auditor], ..NextPerson::default() };
        let wrong = Self { next, errors: FormErrors::one("directory", Complaint::Empty), ..Self::sample(locale) };
        let link = Invited { name: "E. V.".to_owned(), link: samples::STAFF_LINK.to_owned() };
        let invited = Self { invited: Some(link), ..Self::sample(locale) };
        vec![("", Self::sample(locale)), ("solo", solo), ("invited", invited), ("wrong", wrong)]
    }
}
