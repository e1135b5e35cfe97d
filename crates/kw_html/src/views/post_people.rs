//! Who boosted a post, who made it a favourite.

use askama::Template;

use crate::page::Page;
use crate::part::account::AccountRow;
use crate::part::pager::Pager;
use crate::part::post::PostCard;
use crate::view::View;
use crate::{Locale, samples};

/// The accounts behind one of a post's counts.
#[derive(Debug, Template)]
#[template(path = "views/post_people.html")]
pub struct PostPeople {
    /// What surrounds it.
    pub page: Page,
    /// The post.
    pub post: PostCard,
    /// Which count.
    pub kind: PostPeopleKind,
    /// Who, newest first.
    pub accounts: Vec<AccountRow>,
    /// Newer and older ones.
    pub pager: Pager,
}

/// Which of a post's counts a page is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PostPeopleKind {
    /// Boosts.
    Boosts,
    /// Favourites.
    Favourites,
}

impl View for PostPeople {
    const NAME: &'static str = "post_people";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        match self.kind {
            PostPeopleKind::Boosts => self.page.t("post-boosted-by-title"),
            PostPeopleKind::Favourites => self.page.t("post-favourited-by-title"),
        }
        .to_owned()
    }

    fn sample(locale: Locale) -> Self {
        let post = samples::post();
        Self {
            page: samples::page(locale, &format!("{}/favourites", post.url())),
            post,
            kind: PostPeopleKind::Favourites,
            accounts: samples::account_rows(),
            pager: Pager::default(),
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let boosts = Self { kind: PostPeopleKind::Boosts, accounts: Vec::new(), ..Self::sample(locale) };
        vec![("favourites", Self::sample(locale)), ("boosts-empty", boosts)]
    }
}
