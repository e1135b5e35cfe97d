//! Posts with a tag.

use askama::Template;

use crate::page::Page;
use crate::part::pager::Pager;
use crate::part::post::PostCard;
use crate::view::{Indexing, View};
use crate::{Locale, samples};

/// Public posts with a tag, newest first.
#[derive(Debug, Template)]
#[template(path = "views/tag.html")]
pub struct Tag {
    /// What surrounds it.
    pub page: Page,
    /// The tag, without `#`.
    pub name: String,
    /// The posts.
    pub posts: Vec<PostCard>,
    /// Newer and older posts.
    pub pager: Pager,
}

impl View for Tag {
    const NAME: &'static str = "tag";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        format!("#{}", self.name)
    }

    fn description(&self) -> String {
        self.page.t2("tag-description", "tag", &self.name, "site", &self.page.site.name)
    }

    fn canonical(&self) -> Option<String> {
        Some(format!("/tags/{}", self.name.to_lowercase()))
    }

    fn indexing(&self) -> Indexing {
        Indexing::Allowed
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/tags/gale"),
            name: "gale".to_owned(),
            posts: samples::tagged(),
            pager: samples::pager("/tags/gale"),
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let empty = Self {
            page: samples::page(locale, "/tags/aurora").signed_out(),
            name: "aurora".to_owned(),
            posts: Vec::new(),
            pager: Pager::default(),
        };
        vec![("", Self::sample(locale)), ("empty", empty)]
    }
}
