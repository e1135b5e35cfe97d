//! Signing in, in one step or two.

use askama::Template;

use crate::page::Page;
use crate::part::form::{Complaint, FormErrors};
use crate::view::View;
use crate::{Locale, samples};

/// Handle or e-mail, and password.
#[derive(Debug, Template)]
#[template(path = "views/sign_in.html")]
pub struct SignIn {
    /// What surrounds it. Its `path` should be where to go after signing in.
    pub page: Page,
    /// The handle or e-mail address that was typed.
    pub login: String,
    /// The app that waits for the sign-in, when one does.
    pub app: Option<String>,
    /// What was wrong.
    pub errors: FormErrors,
}

/// The second step, for those who set one up.
#[derive(Debug, Template)]
#[template(path = "views/second_factor.html")]
pub struct SecondFactor {
    /// What surrounds it. Its `path` should be where to go after signing in.
    pub page: Page,
    /// The request options of WebAuthn as JSON, when the account has a passkey.
    pub passkey_options: Option<String>,
    /// Whether the account has codes of an app.
    pub has_totp: bool,
    /// What was wrong.
    pub errors: FormErrors,
}

impl View for SignIn {
    const NAME: &'static str = "sign_in";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("sign-in-title").to_owned()
    }

    fn canonical(&self) -> Option<String> {
        Some("/sign-in".to_owned())
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/home").signed_out(),
            login: String::new(),
            app: None,
            errors: FormErrors::default(),
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let mut wrong = Self::sample(locale);
        wrong.login.push_str("ada");
        wrong.app = Some("Tern for Desktop".to_owned());
        wrong.errors = FormErrors::one("", Complaint::SignInWrong);
        vec![("", Self::sample(locale)), ("wrong", wrong)]
    }
}

impl View for SecondFactor {
    const NAME: &'static str = "second_factor";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("second-title").to_owned()
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/home").signed_out(),
            passkey_options: Some("{\"publicKey\":{\"challenge\":\"AAAA\",\"rpId\":\"bay.example\"}}".to_owned()),
            has_totp: true,
            errors: FormErrors::default(),
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let code_only = Self {
            passkey_options: None,
            errors: FormErrors::one("code", Complaint::CodeWrong),
            ..Self::sample(locale)
        };
        let passkey_only = Self { has_totp: false, ..Self::sample(locale) };
        vec![("", Self::sample(locale)), ("code", code_only), ("passkey", passkey_only)]
    }
}
