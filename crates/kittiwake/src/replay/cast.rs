//! Who plays. All of them, the town and its coast are invented; the places they take are those of an evening in 2017.

use kw_staff::authenticator::Backup;
use kw_staff::person::Role;

/// Somebody of the staff.
#[derive(Debug, Clone, Copy)]
pub struct Part {
    /// The name.
    pub name: &'static str,
    /// What they are there for.
    pub roles: &'static [Role],
    /// Their team.
    pub team: &'static str,
    /// Whether their passkey may be copied.
    pub backup: Backup,
}

/// A member of the network.
#[derive(Debug, Clone, Copy)]
pub struct Member {
    /// The handle.
    pub handle: &'static str,
    /// The name shown.
    pub name: &'static str,
    /// What the profile says.
    pub note: &'static str,
}

/// The account that millions follow.
pub const OWNER: Member = Member {
    handle: "mayor",
    name: "Ottilie Brandt",
    note: "Mayor of Varnhaven, a harbour town that nobody has ever seen. Tides, ferries, and what the council decided.",
};

/// What the account said, oldest first. Readers look for the last of them.
pub const WORDS: [&str; 3] = [
    "The new breakwater holds. Thank you to everybody who carried stones.",
    "The council meets on Thursday, in public, as always.",
    "Storm warning for tonight: ferries stay in the harbour from eight on.",
];

/// Who reads it, signed in.
pub const READERS: [Member; 2] = [
    Member { handle: "pia", name: "Pia Holm", note: "Keeps the lighthouse." },
    Member { handle: "joss", name: "Joss Arden", note: "Ferries, mostly the 6:40." },
];

/// The employee on the last day: support, and with a moderator's powers, so that what fails does not fail for want of a role.
pub const INSIDER: Part =
    Part { name: "Tove Lind", roles: &[Role::Support, Role::Moderator], team: "day", backup: Backup::DeviceBound };

/// Colleagues: a moderator of the same team, one of another, the trust lead, security, and communications.
pub const COLLEAGUES: [Part; 5] = [
    Part { name: "Amara Quist", roles: &[Role::Moderator], team: "day", backup: Backup::Eligible },
    Part { name: "Jonas Weil", roles: &[Role::Moderator], team: "night", backup: Backup::Eligible },
    Part { name: "Ruth Olander", roles: &[Role::TrustLead], team: "trust", backup: Backup::DeviceBound },
    Part { name: "Ivo Marek", roles: &[Role::Security], team: "trust", backup: Backup::DeviceBound },
    Part { name: "Selma Rask", roles: &[Role::Communications], team: "press", backup: Backup::Eligible },
];
