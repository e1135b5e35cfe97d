//! What stands in the place of staff's doors while nobody has founded: how it begins.

use askama::Template;

use crate::locale::key;
use crate::page::Page;
use crate::view::View;
use crate::{Locale, samples};

/// Nobody has founded the staff yet, or the link to do so is no longer good.
#[derive(Debug, Template)]
#[template(path = "views/staff/unfounded.html")]
pub struct StaffUnfounded {
    /// What surrounds it.
    pub page: Page,
    /// Whether somebody came with a link.
    pub link_over: bool,
}

impl View for StaffUnfounded {
    const NAME: &'static str = "staff_unfounded";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        let title = if self.link_over { key("enrol-over-title") } else { key("unfounded-title") };
        self.page.t(title).to_owned()
    }

    fn sample(locale: Locale) -> Self {
        Self { page: samples::page(locale, "/staff/sign-in").signed_out(), link_over: false }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        vec![("", Self::sample(locale)), ("over", Self { link_over: true, ..Self::sample(locale) })]
    }
}
