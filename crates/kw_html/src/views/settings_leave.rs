//! Leaving, and changing one's mind.

use askama::Template;

use crate::page::{Nav, Page};
use crate::part::form::FormErrors;
use crate::view::View;
use crate::{Locale, samples};

/// The form to deactivate the account with.
#[derive(Debug, Template)]
#[template(path = "views/settings_deactivate.html")]
pub struct SettingsDeactivate {
    /// What surrounds it. Somebody is signed in.
    pub page: Page,
    /// What is kept until they change their mind, in days.
    pub days: u64,
    /// What was wrong: `password`, `handle`.
    pub errors: FormErrors,
}

/// What the owner of a deactivated account sees when they sign in.
#[derive(Debug, Template)]
#[template(path = "views/reactivate.html")]
pub struct Reactivate {
    /// What surrounds it. The owner is signed in.
    pub page: Page,
    /// When they left, in Unix milliseconds.
    pub since_ms: i64,
    /// When everything will be deleted, in Unix milliseconds.
    pub until_ms: i64,
}

impl View for SettingsDeactivate {
    const NAME: &'static str = "settings_deactivate";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("settings-deactivate").to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Settings
    }

    fn sample(locale: Locale) -> Self {
        Self { page: samples::page(locale, "/settings/deactivate"), days: 30, errors: FormErrors::default() }
    }
}

impl View for Reactivate {
    const NAME: &'static str = "reactivate";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("reactivate-title").to_owned()
    }

    fn sample(locale: Locale) -> Self {
        let day_ms = 86_400_000;
        Self {
            page: samples::page(locale, "/settings/reactivate"),
            since_ms: samples::NOW_MS - 2 * day_ms,
            until_ms: samples::NOW_MS + 28 * day_ms,
        }
    }
}
