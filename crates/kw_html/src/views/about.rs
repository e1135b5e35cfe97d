//! What this site is and who runs it.

use askama::Template;

use crate::html::SafeHtml;
use crate::page::Page;
use crate::part::account::AccountChip;
use crate::view::{Indexing, View};
use crate::{Locale, samples};

/// The page about the site.
#[derive(Debug, Template)]
#[template(path = "views/about.html")]
pub struct About {
    /// What surrounds it.
    pub page: Page,
    /// More about the site, rendered and sanitised. May be empty.
    pub text: SafeHtml,
    /// What its people agreed to. May be empty.
    pub rules: Vec<String>,
    /// Who runs it.
    pub contact: Option<AccountChip>,
    /// Where to write to. May be empty.
    pub contact_email: String,
    /// Posts written here.
    pub posts: u64,
    /// The version of the software.
    pub version: String,
    /// Where its source is.
    pub source_url: String,
}

impl View for About {
    const NAME: &'static str = "about";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t1("about-title", "site", &self.page.site.name)
    }

    fn canonical(&self) -> Option<String> {
        Some("/about".to_owned())
    }

    fn indexing(&self) -> Indexing {
        Indexing::Allowed
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/about"),
            text: SafeHtml::trusted("<p>Bay is run by the harbour office and four volunteers.</p>"),
            rules: samples::rules(locale),
            contact: Some(samples::ada().account),
            contact_email: "harbour@bay.example".to_owned(),
            posts: 1_204_311,
            version: "0.1.0".to_owned(),
            source_url: "https://kittiwake.example/source".to_owned(),
        }
    }
}
