//! Signing up: what a form must hold before anything is looked up.

use crate::handle::{Handle, HandleRefusal};
use crate::refusal::{Fault, FaultKind};

/// The longest reason for wanting to join, in characters.
pub const REASON_CHARS_MAX: usize = 1_000;

/// What somebody filled in, but for the secrets.
#[derive(Debug, Clone, Copy)]
pub struct Form<'a> {
    /// The handle they want.
    pub handle: &'a str,
    /// Why they want to join.
    pub reason: &'a str,
    /// Whether they agreed to the rules.
    pub agreement: Agreement,
    /// Whether a reason is asked for.
    pub reason_asked: ReasonAsked,
}

/// Whether somebody agreed to the rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Agreement {
    /// They did.
    Given,
    /// They did not.
    Missing,
}

/// Whether those who sign up are asked why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReasonAsked {
    /// They have to say.
    Yes,
    /// They may say.
    No,
}

/// Reads a form: the handle, or everything that is wrong at once.
pub fn check(form: &Form<'_>) -> Result<Handle, Vec<Fault>> {
    let mut faults = Vec::new();
    let handle = Handle::parse_wanted(form.handle).map_err(|why| faults.push(handle_fault(why))).ok();
    if form.reason_asked == ReasonAsked::Yes && form.reason.trim().is_empty() {
        faults.push(fault("reason", FaultKind::Blank, "Reason can't be blank"));
    }
    if form.reason.chars().count() > REASON_CHARS_MAX {
        faults.push(fault(
            "reason",
            FaultKind::TooLong,
            format!("Reason is longer than {REASON_CHARS_MAX} characters"),
        ));
    }
    if form.agreement == Agreement::Missing {
        faults.push(fault("agreement", FaultKind::Accepted, "Agreement must be accepted"));
    }
    match handle {
        Some(handle) if faults.is_empty() => Ok(handle),
        _ => Err(faults),
    }
}

/// The invitation cannot be used.
pub fn invitation_refused() -> Fault {
    fault("invite_code", FaultKind::Invalid, "Invitation is not valid any more")
}

/// The handle is somebody else's.
pub fn handle_taken() -> Fault {
    fault("username", FaultKind::Taken, "Username has already been taken")
}

/// The address is somebody else's.
pub fn email_taken() -> Fault {
    fault("email", FaultKind::Taken, "E-mail address has already been taken")
}

/// What is wrong with a handle.
pub fn handle_fault(why: HandleRefusal) -> Fault {
    let kind = match why {
        HandleRefusal::Empty => FaultKind::Blank,
        HandleRefusal::TooLong => FaultKind::TooLong,
        HandleRefusal::Reserved => FaultKind::Reserved,
        HandleRefusal::Characters | HandleRefusal::Domain => FaultKind::Invalid,
    };
    let sentence = match why {
        HandleRefusal::Empty => "Username can't be blank",
        HandleRefusal::TooLong => "Username is too long (at most 30 characters)",
        HandleRefusal::Reserved => "Username is reserved",
        HandleRefusal::Characters | HandleRefusal::Domain => {
            "Username must contain only letters, numbers and underscores"
        }
    };
    fault("username", kind, sentence)
}

fn fault(field: &'static str, kind: FaultKind, sentence: impl Into<String>) -> Fault {
    Fault { field, kind, sentence: sentence.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> Form<'static> {
        Form { handle: "ada", reason: "", agreement: Agreement::Given, reason_asked: ReasonAsked::No }
    }

    #[test]
    fn a_handle_and_an_agreement_are_enough() {
        assert_eq!(check(&form()).map(|handle| handle.to_string()), Ok("ada".to_owned()));
    }

    #[test]
    fn everything_that_is_wrong_is_said_at_once() {
        let bad = Form { handle: "a b", reason: " ", agreement: Agreement::Missing, reason_asked: ReasonAsked::Yes };
        let faults = check(&bad).expect_err("a bad form");
        let found: Vec<_> = faults.iter().map(|fault| (fault.field, fault.kind.code())).collect();
        assert_eq!(found, [("username", "ERR_INVALID"), ("reason", "ERR_BLANK"), ("agreement", "ERR_ACCEPTED")]);
    }

    #[test]
    fn each_fault_of_a_handle_has_its_word() {
        let first = |form: &Form<'_>| check(form).expect_err("a bad form")[0].kind;
        assert_eq!(first(&Form { handle: "", ..form() }), FaultKind::Blank);
        assert_eq!(first(&Form { handle: "admin", ..form() }), FaultKind::Reserved);
        assert_eq!(first(&Form { handle: &"a".repeat(31), ..form() }), FaultKind::TooLong);
        assert_eq!(first(&Form { reason: &"a".repeat(1_001), ..form() }), FaultKind::TooLong);
    }
}
