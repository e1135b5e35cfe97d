//! How somebody on staff gets a passkey: by a link that works once.

use askama::Template;

use crate::locale::key;
use crate::page::Page;
use crate::part::desk::Member;
use crate::part::form::{Complaint, FormErrors};
use crate::view::View;
use crate::{Locale, samples};

/// The enrolment of a passkey. Its form is sent to the page's own path.
#[derive(Debug, Template)]
#[template(path = "views/staff/enrol.html")]
pub struct StaffEnrol {
    /// What surrounds it. Its `path` is the link.
    pub page: Page,
    /// Whose key it will be; nothing where the link does not say.
    pub person: Option<Member>,
    /// How far it is.
    pub step: EnrolStep,
    /// What was wrong.
    pub errors: FormErrors,
}

/// How far an enrolment is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EnrolStep {
    /// The key is to be made.
    Ready {
        /// What the form says which challenge was answered.
        begun: String,
        /// A fresh challenge, in base64url.
        challenge: String,
        /// The relying party.
        rp: String,
        /// The user handle of the person, in base64url.
        user: String,
        /// What they called the key when it did not work the first time. May be empty.
        name: String,
    },
    /// The key is made, and is enrolled when the staff is founded.
    Founder,
    /// The key is made, and waits until colleagues have signed for it.
    Waits {
        /// By what they tell it from others: the first digits of its id, for people to compare.
        mark: String,
    },
    /// The link was used, or is too old.
    Over,
}

impl View for StaffEnrol {
    const NAME: &'static str = "staff_enrol";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        let title = match self.step {
            EnrolStep::Ready { .. } => key("enrol-title"),
            EnrolStep::Founder => key("enrol-founder-title"),
            EnrolStep::Waits { .. } => key("enrol-waits-title"),
            EnrolStep::Over => key("enrol-over-title"),
        };
        self.page.t(title).to_owned()
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/staff/enrol/k7w2m9q4").signed_out(),
            person: Some(samples::members().remove(0)),
            step: EnrolStep::Ready {
                begun: "q2w7k9m4".to_owned(),
                challenge: samples::CHALLENGE.to_owned(),
                rp: samples::RP.to_owned(),
                user: "AAAAAQ".to_owned(),
                name: String::new(),
            },
            errors: FormErrors::default(),
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let at = |step| Self { step, ..Self::sample(locale) };
        let over = Self { person: None, ..at(EnrolStep::Over) };
        let failed = Self { errors: FormErrors::one("name", Complaint::Empty), ..Self::sample(locale) };
        vec![
            ("", Self::sample(locale)),
            ("failed", failed),
            ("founder", at(EnrolStep::Founder)),
            ("waits", at(EnrolStep::Waits { mark: "0651 7adf".to_owned() })),
            ("over", over),
        ]
    }
}
