//! How the viewer signs in and reads.

use askama::Template;

use crate::page::{Nav, Page};
use crate::part::composer::LanguageChoice;
use crate::part::form::{Complaint, FormErrors};
use crate::part::post::Visibility;
use crate::view::View;
use crate::{Locale, samples};

/// E-mail, language, zone; and the password.
#[derive(Debug, Template)]
#[template(path = "views/settings_account.html")]
pub struct SettingsAccount {
    /// What surrounds it. Somebody is signed in.
    pub page: Page,
    /// The e-mail address. May be empty.
    pub email: String,
    /// The language of new posts, as a BCP 47 tag.
    pub post_language: String,
    /// The languages to choose from for posts.
    pub post_languages: Vec<LanguageChoice>,
    /// The zones to choose from, by their IANA names.
    pub time_zones: Vec<String>,
    /// Who sees new posts, unless said otherwise.
    pub visibility: Visibility,
    /// What was wrong with the first form.
    pub errors: FormErrors,
    /// What was wrong with the password's form: `current`, `password`, `again`.
    pub password_errors: FormErrors,
}

impl View for SettingsAccount {
    const NAME: &'static str = "settings_account";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("settings-account").to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Settings
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/settings/account"),
            email: "ada@example.org".to_owned(),
            post_language: "en".to_owned(),
            post_languages: samples::languages(),
            time_zones: ["Europe/Oslo", "Europe/Paris", "UTC"].map(str::to_owned).to_vec(),
            visibility: Visibility::Public,
            errors: FormErrors::default(),
            password_errors: FormErrors::one("current", Complaint::PasswordWrong),
        }
    }
}
