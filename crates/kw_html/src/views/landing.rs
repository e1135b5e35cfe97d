//! What somebody sees who is not signed in: what this place is, and what is being said in it.

use askama::Template;

use crate::page::{Nav, Page};
use crate::part::pager::Pager;
use crate::part::post::PostCard;
use crate::view::{Indexing, View};
use crate::{Locale, samples};

/// The front page for readers who are not signed in.
#[derive(Debug, Template)]
#[template(path = "views/landing.html")]
pub struct Landing {
    /// What surrounds it.
    pub page: Page,
    /// The local timeline, newest first.
    pub posts: Vec<PostCard>,
    /// Newer and older posts.
    pub pager: Pager,
}

impl View for Landing {
    const NAME: &'static str = "landing";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("landing-title").to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Local
    }

    fn canonical(&self) -> Option<String> {
        Some("/".to_owned())
    }

    fn indexing(&self) -> Indexing {
        Indexing::Allowed
    }

    fn sample(locale: Locale) -> Self {
        Self { page: samples::page(locale, "/").signed_out(), posts: samples::timeline(), pager: samples::pager("/") }
    }
}
