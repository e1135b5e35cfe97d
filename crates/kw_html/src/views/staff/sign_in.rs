//! How staff come in: with a passkey, and nothing else.

use askama::Template;

use crate::page::Page;
use crate::part::form::{Complaint, FormErrors};
use crate::view::View;
use crate::{Locale, samples};

/// The sign-in of staff.
#[derive(Debug, Template)]
#[template(path = "views/staff/sign_in.html")]
pub struct StaffSignIn {
    /// What surrounds it.
    pub page: Page,
    /// What the form says which challenge was answered.
    pub begun: String,
    /// A fresh challenge, in base64url.
    pub challenge: String,
    /// The relying party of the deployment's passkeys.
    pub rp: String,
    /// What was wrong.
    pub errors: FormErrors,
}

impl View for StaffSignIn {
    const NAME: &'static str = "staff_sign_in";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("staff-sign-in").to_owned()
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/staff/sign-in").signed_out(),
            begun: "q2w7k9m4".to_owned(),
            challenge: samples::CHALLENGE.to_owned(),
            rp: samples::RP.to_owned(),
            errors: FormErrors::default(),
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let failed = Self { errors: FormErrors::one("", Complaint::PasskeyFailed), ..Self::sample(locale) };
        let ended = Self { errors: FormErrors::one("", Complaint::PowersEnded), ..Self::sample(locale) };
        vec![("", Self::sample(locale)), ("failed", failed), ("ended", ended)]
    }
}
