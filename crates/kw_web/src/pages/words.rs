//! Refusals in the reader's words: beside the input they are about, or as a sentence of their own.
//!
//! A refusal has a code; pages have their own words for most codes. Where they have none, the refusal's English sentence
//! stands: better that than nothing.

use kw_app::failure::Failure;
use kw_domain::post::write::{MENTIONS_MAX, TAGS_MAX};
use kw_domain::refusal::{Fault, FaultKind, Kind, Refusal};
use kw_domain::sign_up::REASON_CHARS_MAX;
use kw_domain::text::limit::{DISPLAY_NAME_CHARS_MAX, FIELD_CHARS_MAX, NOTE_CHARS_MAX};
use kw_html::Page;
use kw_html::part::form::{Complaint, FormError, FormErrors};

use crate::error::Problem;

/// Inputs by their name in the client API and on the page; `""` is the form as a whole. An input that is not listed is
/// complained about above the form.
pub type Fields = &'static [(&'static str, &'static str)];

/// The longest handle, in characters.
const HANDLE_CHARS_MAX: u64 = 30;
/// The shortest password, in characters.
const PASSWORD_CHARS_MIN: u64 = 8;

/// What to say on the form about a failure; what is not about the form stays a problem.
pub fn form_errors(failure: Failure, fields: Fields, characters_max: usize) -> Result<FormErrors, Problem> {
    let Failure::Refused(refusal) = failure else { return Err(failure.into()) };
    match refusal.kind {
        Kind::Invalid | Kind::Conflict | Kind::TooOften(_) | Kind::Unauthenticated => {}
        Kind::Missing if refusal.code == "no_parent" => {}
        // Whoever waits is told so where they signed in.
        Kind::Forbidden if refusal.code.starts_with("awaits_") || refusal.code == "login_disabled" => {}
        _ => return Err(refusal.into()),
    }
    let limits = Limits { characters_max: characters_max as u64 };
    if refusal.faults.is_empty() {
        let field = place_of(fields, refusal.field);
        return Ok(FormErrors::one(field, limits.complaint(&refusal)));
    }
    let error = |fault: &Fault| FormError {
        field: place_of(fields, Some(fault.field)),
        complaint: limits.complaint_of_fault(fault),
    };
    Ok(FormErrors(refusal.faults.iter().map(error).collect()))
}

/// The same beside the form for another password, where "password" is the one that is typed to prove who it is.
pub fn password_errors(failure: Failure) -> Result<FormErrors, Problem> {
    let is_current = matches!(&failure, Failure::Refused(refusal) if refusal.code == "wrong_password");
    form_errors(failure, if is_current { &[("password", "current")] } else { &[("password", "password")] }, 0)
}

/// A problem as a sentence in the reader's language.
pub fn sentence(page: &Page, code: &str, sentence: &str) -> String {
    plain_complaint(code).map_or_else(|| sentence.to_owned(), |complaint| complaint.text(page))
}

/// What to say on a form of staff's about a failure; what is not about the form stays a problem.
pub fn staff_errors(page: &Page, failure: Failure, fields: Fields) -> Result<FormErrors, Problem> {
    match failure {
        Failure::Refused(refusal) if matches!(refusal.kind, Kind::Invalid | Kind::Conflict) => {
            let said = Complaint::Said(staff_sentence(page, &refusal));
            Ok(FormErrors::one(place_of(fields, refusal.field), said))
        }
        failure => Err(failure.into()),
    }
}

/// A refusal of staff's rules as a sentence in the reader's language.
pub fn staff_sentence(page: &Page, refusal: &Refusal) -> String {
    page.refusal(refusal.code, &refusal.sentence).unwrap_or_else(|| refusal.sentence.clone())
}

fn place_of(fields: Fields, field: Option<&str>) -> &'static str {
    let found = fields.iter().find(|(theirs, _)| Some(*theirs) == field);
    found.map_or("", |(_, ours)| ours)
}

/// Numbers that sentences name and refusals do not carry.
struct Limits {
    characters_max: u64,
}

impl Limits {
    fn complaint(&self, refusal: &Refusal) -> Complaint {
        if let Kind::TooOften(wait_ms) = refusal.kind {
            return Complaint::TooOften(wait_ms.div_ceil(1_000));
        }
        if refusal.code == "too_long"
            && let Some(most) = refusal.field.and_then(|field| self.most_in(field))
        {
            return Complaint::TooLong(most);
        }
        plain_complaint(refusal.code).unwrap_or_else(|| Complaint::Said(refusal.sentence.clone()))
    }

    fn complaint_of_fault(&self, fault: &Fault) -> Complaint {
        match (fault.kind, fault.field) {
            (FaultKind::Blank, _) => Complaint::Empty,
            (FaultKind::Taken, "email") => Complaint::EmailTaken,
            (FaultKind::Taken, _) => Complaint::HandleTaken,
            (FaultKind::Reserved, _) => Complaint::HandleReserved,
            (FaultKind::Invalid, "username") => Complaint::HandleInvalid,
            (FaultKind::Invalid, "email") => Complaint::EmailInvalid,
            (FaultKind::Invalid, "password") => Complaint::PasswordCommon,
            (FaultKind::Invalid, "invitation" | "invite_code") => Complaint::InvitationInvalid,
            (FaultKind::Accepted, _) => Complaint::RulesUnread,
            (FaultKind::TooShort, "password") => Complaint::TooShort(PASSWORD_CHARS_MIN),
            (FaultKind::TooLong, field) => {
                self.most_in(field).map_or_else(|| Complaint::Said(fault.sentence.clone()), Complaint::TooLong)
            }
            _ => Complaint::Said(fault.sentence.clone()),
        }
    }

    fn most_in(&self, field: &str) -> Option<u64> {
        Some(match field {
            "status" => self.characters_max,
            "display_name" => DISPLAY_NAME_CHARS_MAX as u64,
            "note" => NOTE_CHARS_MAX as u64,
            "fields_attributes" => FIELD_CHARS_MAX as u64,
            "username" => HANDLE_CHARS_MAX,
            "reason" => REASON_CHARS_MAX as u64,
            _ => return None,
        })
    }
}

/// The words for a code that need no number.
fn plain_complaint(code: &str) -> Option<Complaint> {
    Some(match code {
        "empty" => Complaint::Empty,
        "wrong_credentials" => Complaint::SignInWrong,
        "wrong_password" => Complaint::PasswordWrong,
        "wrong_second_factor" => Complaint::CodeWrong,
        "passkey_refused" => Complaint::PasskeyFailed,
        "password_guessable" => Complaint::PasswordCommon,
        "password_too_short" => Complaint::TooShort(PASSWORD_CHARS_MIN),
        "email_malformed" => Complaint::EmailInvalid,
        "email_taken" => Complaint::EmailTaken,
        "picture_empty" | "picture_kind" | "picture_damaged" => Complaint::PictureUnreadable,
        "picture_too_large" | "picture_pixels" => Complaint::PictureTooLarge,
        "no_parent" => Complaint::ReplyTargetGone,
        "awaits_approval" => Complaint::AwaitingApproval,
        "awaits_confirmation" => Complaint::AwaitingConfirmation,
        "login_disabled" => Complaint::SignInClosed,
        "code_over" => Complaint::LinkOver,
        "too_many_mentions" => Complaint::TooManyNames(MENTIONS_MAX as u64),
        "too_many_tags" => Complaint::TooManyTags(TAGS_MAX as u64),
        "pins_full" => Complaint::PinsFull,
        "visibility" | "language" | "locale" | "zone" | "uses" | "life" => Complaint::ChoiceInvalid,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use kw_html::Locale;
    use kw_staff::refusal::CODES;

    use super::*;

    /// Refusals of this server's own beside those of staff's rules.
    const OURS: [&str; 5] = ["luggage", "blank", "too_long", "other_form", "another_key"];

    #[test]
    fn every_refusal_of_staffs_rules_has_words_in_each_language() {
        let words = |locale, code| {
            let page = Page { locale, ..Page::sample(Locale::En) };
            page.refusal(code, "Line 3: “;” is missing.").unwrap_or_else(|| panic!("{code} has no words"))
        };
        for code in CODES.iter().copied().chain(OURS) {
            let (english, french) = (words(Locale::En, code), words(Locale::Fr, code));
            assert!(
                !english.contains('\u{26a0}') && !french.contains('\u{26a0}') && english != french,
                "{code}: {english}"
            );
        }
    }
}
