//! What others see of the viewer.

use askama::Template;

use crate::page::{Nav, Page};
use crate::part::account::AccountChip;
use crate::part::form::FormErrors;
use crate::view::View;
use crate::{Locale, samples};

/// The form of the profile.
#[derive(Debug, Template)]
#[template(path = "views/settings_profile.html")]
pub struct SettingsProfile {
    /// What surrounds it. Somebody is signed in.
    pub page: Page,
    /// The account as it is, with its picture.
    pub account: AccountChip,
    /// Where the wide picture is.
    pub header: Option<String>,
    /// The name as typed.
    pub name: String,
    /// The bio as typed.
    pub bio: String,
    /// Most characters of a bio.
    pub bio_max: u64,
    /// Lines of the profile as typed: always four.
    pub fields: [FieldInput; 4],
    /// Looks at each request to follow.
    pub locked: bool,
    /// Posts by itself.
    pub bot: bool,
    /// May be shown in search engines and suggestions.
    pub discoverable: bool,
    /// What was wrong.
    pub errors: FormErrors,
}

/// A line of a profile as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FieldInput {
    /// What it is about.
    pub name: String,
    /// The rest: words or an address.
    pub value: String,
}

impl View for SettingsProfile {
    const NAME: &'static str = "settings_profile";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("settings-profile").to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Settings
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/settings/profile"),
            account: samples::ada().account,
            header: None,
            name: "Ada Nygård".to_owned(),
            bio: "Counts birds, mends boats.".to_owned(),
            bio_max: 500,
            fields: [
                FieldInput { name: "Website".to_owned(), value: "https://ada.example".to_owned() },
                FieldInput::default(),
                FieldInput::default(),
                FieldInput::default(),
            ],
            locked: false,
            bot: false,
            discoverable: true,
            errors: FormErrors::default(),
        }
    }
}
