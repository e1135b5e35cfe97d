//! Where letters lead: confirming an address, and choosing a new password.

use askama::Template;

use crate::page::Page;
use crate::part::form::{Complaint, FormErrors};
use crate::view::View;
use crate::{Locale, samples};

/// Asks once more whether to confirm an address, because mail scanners follow links.
#[derive(Debug, Template)]
#[template(path = "views/confirm_address.html")]
pub struct ConfirmAddress {
    /// What surrounds it. Its `path` is the letter's link.
    pub page: Page,
    /// How far it is.
    pub step: ConfirmStep,
    /// What was wrong.
    pub errors: FormErrors,
}

/// How far confirming an address is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ConfirmStep {
    /// The letter was opened.
    Asked,
    /// The address is confirmed.
    Done,
}

/// Asks for a letter with which a forgotten password can be replaced.
#[derive(Debug, Template)]
#[template(path = "views/forgotten.html")]
pub struct Forgotten {
    /// What surrounds it.
    pub page: Page,
    /// How far it is.
    pub step: ForgottenStep,
}

/// How far asking for a letter is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ForgottenStep {
    /// Name or address are to be typed.
    Asked,
    /// If there is such an account with a confirmed address, a letter is on its way.
    Sent,
    /// This server sends no letters.
    NoLetters,
}

/// Chooses a new password with a letter's link.
#[derive(Debug, Template)]
#[template(path = "views/reset_password.html")]
pub struct ResetPassword {
    /// What surrounds it. Its `path` is the letter's link.
    pub page: Page,
    /// What was wrong.
    pub errors: FormErrors,
}

impl View for ConfirmAddress {
    const NAME: &'static str = "confirm_address";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("confirm-title").to_owned()
    }

    fn sample(locale: Locale) -> Self {
        let page = samples::page(locale, "/confirm/sample").signed_out();
        Self { page, step: ConfirmStep::Asked, errors: FormErrors::default() }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let over = Self { errors: FormErrors::one("", Complaint::LinkOver), ..Self::sample(locale) };
        let done = Self { step: ConfirmStep::Done, ..Self::sample(locale) };
        vec![("", Self::sample(locale)), ("over", over), ("done", done)]
    }
}

impl View for Forgotten {
    const NAME: &'static str = "forgotten";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("forgotten-title").to_owned()
    }

    fn sample(locale: Locale) -> Self {
        Self { page: samples::page(locale, "/forgotten").signed_out(), step: ForgottenStep::Asked }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let at = |step| Self { step, ..Self::sample(locale) };
        vec![("", at(ForgottenStep::Asked)), ("sent", at(ForgottenStep::Sent)), ("none", at(ForgottenStep::NoLetters))]
    }
}

impl View for ResetPassword {
    const NAME: &'static str = "reset_password";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("reset-title").to_owned()
    }

    fn sample(locale: Locale) -> Self {
        let page = samples::page(locale, "/reset/sample").signed_out();
        Self { page, errors: FormErrors::default() }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let over = Self { errors: FormErrors::one("", Complaint::LinkOver), ..Self::sample(locale) };
        vec![("", Self::sample(locale)), ("over", over)]
    }
}
