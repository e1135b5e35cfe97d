//! What surrounds every page of staff: who is signed in, for how long, what waits, and what is not as it should be.

use crate::locale::key;
use crate::page::Page;
use crate::part::staff::{Mode, Role};

/// The surroundings of a page of staff, beside its [`Page`].
#[derive(Clone, Debug)]
pub struct Desk {
    /// Who is signed in.
    pub me: Member,
    /// Whole minutes until the session ends.
    pub minutes_left: u64,
    /// Actions that wait for somebody.
    pub waiting: u64,
    /// How many people run the server.
    pub mode: Mode,
    /// Guards and witnesses that watch from outside. None: every page says so.
    pub guards: u64,
}

/// A member of staff as colleagues see them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// What colleagues call them.
    pub name: String,
    /// Their roles.
    pub roles: Vec<Role>,
    /// Their team.
    pub team: String,
}

impl Member {
    /// "I. R. (moderator, day team)".
    pub fn line(&self, page: &Page) -> String {
        let roles = page.role_names(&self.roles);
        page.tn("member-line", &[("name", &self.name), ("roles", &roles), ("team", &self.team)])
    }
}

impl Page {
    /// The names of roles, in one line.
    pub fn role_names(&self, roles: &[Role]) -> String {
        let names: Vec<_> = roles.iter().map(|role| self.t(role.key())).collect();
        names.join(", ")
    }
}

/// The rooms of the staff area, in the order of its bar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Room {
    /// What waits.
    Queue,
    /// Accounts.
    Accounts,
    /// Who is on staff.
    Roster,
    /// Who may do what.
    Policy,
    /// What was done.
    Ledger,
    /// The sessions of whoever looks: in no bar, and led to from their name.
    Sessions,
}

impl Room {
    /// Those in the bar.
    pub const ALL: [Self; 5] = [Self::Queue, Self::Accounts, Self::Roster, Self::Policy, Self::Ledger];

    /// Where it is.
    pub fn path(self) -> &'static str {
        match self {
            Self::Queue => "/staff",
            Self::Accounts => "/staff/accounts",
            Self::Roster => "/staff/roster",
            Self::Policy => "/staff/policy",
            Self::Ledger => "/staff/ledger",
            Self::Sessions => "/staff/sessions",
        }
    }

    /// The message that names it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Queue => key("room-queue"),
            Self::Accounts => key("room-accounts"),
            Self::Roster => key("room-roster"),
            Self::Policy => key("room-policy"),
            Self::Ledger => key("room-ledger"),
            Self::Sessions => key("staff-sessions"),
        }
    }
}
