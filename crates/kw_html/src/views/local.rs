//! The local timeline: public posts of this site.

use askama::Template;

use crate::page::{Nav, Page};
use crate::part::pager::Pager;
use crate::part::post::PostCard;
use crate::view::{Indexing, View};
use crate::{Locale, samples};

/// Public posts of this site's accounts, newest first.
#[derive(Debug, Template)]
#[template(path = "views/local.html")]
pub struct Local {
    /// What surrounds it.
    pub page: Page,
    /// The posts.
    pub posts: Vec<PostCard>,
    /// Newer and older posts.
    pub pager: Pager,
}

impl View for Local {
    const NAME: &'static str = "local";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("nav-local").to_owned()
    }

    fn description(&self) -> String {
        self.page.t1("local-lead", "site", &self.page.site.name)
    }

    fn nav(&self) -> Nav {
        Nav::Local
    }

    fn canonical(&self) -> Option<String> {
        Some("/local".to_owned())
    }

    fn indexing(&self) -> Indexing {
        Indexing::Allowed
    }

    fn sample(locale: Locale) -> Self {
        Self { page: samples::page(locale, "/local"), posts: samples::timeline(), pager: samples::pager("/local") }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let empty =
            Self { page: samples::page(locale, "/local").signed_out(), posts: Vec::new(), pager: Pager::default() };
        vec![("", Self::sample(locale)), ("empty", empty)]
    }
}
