//! Joining the site.

use askama::Template;

use crate::page::{Page, Registration};
use crate::part::form::{Complaint, FormErrors};
use crate::view::{Indexing, View};
use crate::{Locale, samples};

/// The form to join with, or why there is none. Which of them, the site's [`Registration`] says.
#[derive(Debug, Template)]
#[template(path = "views/sign_up.html")]
pub struct SignUp {
    /// What surrounds it.
    pub page: Page,
    /// The handle that was typed.
    pub handle: String,
    /// The e-mail address that was typed.
    pub email: String,
    /// Why they want to join, where people look at requests.
    pub reason: String,
    /// The invitation's code.
    pub invitation: String,
    /// Whether an e-mail address is needed.
    pub email_need: EmailNeed,
    /// What to agree to. Without rules there is nothing to tick.
    pub rules: Vec<String>,
    /// What was wrong.
    pub errors: FormErrors,
}

/// Whether an e-mail address is needed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EmailNeed {
    /// It is.
    Required,
    /// It helps with a lost password.
    Optional,
}

/// What follows a request to join: somebody looks at it, or an e-mail was sent.
#[derive(Debug, Template)]
#[template(path = "views/sign_up_pending.html")]
pub struct SignUpPending {
    /// What surrounds it.
    pub page: Page,
    /// The handle that was asked for.
    pub handle: String,
    /// For what.
    pub waits: Waits,
}

/// What a request to join waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waits {
    /// Somebody's approval.
    Approval,
    /// The confirmation of the address, by a letter.
    Letter,
}

impl SignUp {
    /// An empty form.
    pub fn blank(page: Page, email_need: EmailNeed) -> Self {
        Self {
            page,
            handle: String::new(),
            email: String::new(),
            reason: String::new(),
            invitation: String::new(),
            email_need,
            rules: Vec::new(),
            errors: FormErrors::default(),
        }
    }
}

impl View for SignUp {
    const NAME: &'static str = "sign_up";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("sign-up-title").to_owned()
    }

    fn canonical(&self) -> Option<String> {
        Some("/sign-up".to_owned())
    }

    fn indexing(&self) -> Indexing {
        Indexing::Allowed
    }

    fn sample(locale: Locale) -> Self {
        let page = samples::page(locale, "/sign-up").signed_out();
        let rules = samples::rules(locale);
        Self { rules, ..Self::blank(page, EmailNeed::Optional) }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let with = |registration| {
            let mut view = Self::sample(locale);
            view.page.site.registration = registration;
            view
        };
        let mut wrong = with(Registration::Open);
        wrong.handle.push_str("elin");
        wrong.errors = FormErrors::one("handle", Complaint::HandleTaken);
        wrong.email_need = EmailNeed::Required;
        vec![
            ("open", with(Registration::Open)),
            ("approval", with(Registration::Approval)),
            ("invitation", with(Registration::Invitation)),
            ("closed", with(Registration::Closed)),
            ("wrong", wrong),
        ]
    }
}

impl View for SignUpPending {
    const NAME: &'static str = "sign_up_pending";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("pending-title").to_owned()
    }

    fn sample(locale: Locale) -> Self {
        let page = samples::page(locale, "/sign-up").signed_out();
        Self { page, handle: "nils".to_owned(), waits: Waits::Approval }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let letter = Self { waits: Waits::Letter, ..Self::sample(locale) };
        vec![("", Self::sample(locale)), ("letter", letter)]
    }
}
