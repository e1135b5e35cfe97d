//! The home timeline.

use askama::Template;

use crate::page::{Nav, Page};
use crate::part::composer::Composer;
use crate::part::pager::Pager;
use crate::part::post::PostCard;
use crate::view::View;
use crate::{Locale, samples};

/// What those whom the viewer follows wrote and boosted, newest first.
#[derive(Debug, Template)]
#[template(path = "views/home.html")]
pub struct Home {
    /// What surrounds it. Somebody is signed in.
    pub page: Page,
    /// Where to write. Nothing on pages of older posts.
    pub composer: Option<Composer>,
    /// The posts.
    pub posts: Vec<PostCard>,
    /// The id that `/home/new?since=` counts from: the newest of this page when this is the newest page.
    pub newest_id: Option<String>,
    /// Newer and older posts.
    pub pager: Pager,
}

impl View for Home {
    const NAME: &'static str = "home";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("nav-home").to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Home
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/home"),
            composer: Some(samples::composer()),
            posts: samples::home(),
            newest_id: Some("115560000000000001".to_owned()),
            pager: samples::pager("/home"),
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let mut empty = Self::sample(locale);
        empty.posts.clear();
        empty.newest_id = None;
        empty.pager = Pager::default();
        vec![("", Self::sample(locale)), ("empty", empty)]
    }
}
