//! The viewer's bookmarks and favourites.

use askama::Template;

use crate::page::{Nav, Page};
use crate::part::pager::Pager;
use crate::part::post::PostCard;
use crate::view::View;
use crate::{Locale, samples};

/// Posts that the viewer marked, newest mark first.
#[derive(Debug, Template)]
#[template(path = "views/marked.html")]
pub struct Marked {
    /// What surrounds it. Somebody is signed in.
    pub page: Page,
    /// Which marks.
    pub kind: MarkedKind,
    /// The posts.
    pub posts: Vec<PostCard>,
    /// Newer and older marks.
    pub pager: Pager,
}

/// Which marks a page lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarkedKind {
    /// Bookmarks, which only the viewer sees.
    Bookmarks,
    /// Favourites, which the authors were told of.
    Favourites,
}

impl View for Marked {
    const NAME: &'static str = "marked";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        match self.kind {
            MarkedKind::Bookmarks => self.page.t("nav-bookmarks"),
            MarkedKind::Favourites => self.page.t("nav-favourites"),
        }
        .to_owned()
    }

    fn nav(&self) -> Nav {
        match self.kind {
            MarkedKind::Bookmarks => Nav::Bookmarks,
            MarkedKind::Favourites => Nav::Favourites,
        }
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/bookmarks"),
            kind: MarkedKind::Bookmarks,
            posts: samples::bookmarked(),
            pager: Pager::default(),
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let empty =
            |kind, path| Self { page: samples::page(locale, path), kind, posts: Vec::new(), pager: Pager::default() };
        vec![
            ("bookmarks", Self::sample(locale)),
            ("bookmarks-empty", empty(MarkedKind::Bookmarks, "/bookmarks")),
            ("favourites", Self { kind: MarkedKind::Favourites, ..Self::sample(locale) }),
            ("favourites-empty", empty(MarkedKind::Favourites, "/favourites")),
        ]
    }
}
