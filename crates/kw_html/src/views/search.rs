//! Search: accounts, tags, and a post by its address.

use askama::Template;

use crate::page::{Nav, Page, TagLine};
use crate::part::account::AccountRow;
use crate::part::post::PostCard;
use crate::view::View;
use crate::{Locale, samples};

/// The search page, with what was found.
#[derive(Debug, Template)]
#[template(path = "views/search.html")]
pub struct Search {
    /// What surrounds it.
    pub page: Page,
    /// What was asked. Empty when nothing was yet.
    pub query: String,
    /// Accounts whose handle or name begins with it.
    pub accounts: Vec<AccountRow>,
    /// Tags that begin with it.
    pub tags: Vec<TagLine>,
    /// The post with this address, when an address was asked for.
    pub posts: Vec<PostCard>,
}

impl Search {
    /// Whether something was asked and nothing was found.
    fn is_in_vain(&self) -> bool {
        !self.query.is_empty() && self.accounts.is_empty() && self.tags.is_empty() && self.posts.is_empty()
    }
}

impl View for Search {
    const NAME: &'static str = "search";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        if self.query.is_empty() {
            self.page.t("nav-search").to_owned()
        } else {
            self.page.t1("search-title", "query", &self.query)
        }
    }

    fn nav(&self) -> Nav {
        Nav::Search
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/search?q=co"),
            query: "co".to_owned(),
            accounts: samples::account_rows(),
            tags: vec![
                TagLine { name: "coast".to_owned(), posts: 1_204 },
                TagLine { name: "council".to_owned(), posts: 1 },
            ],
            posts: Vec::new(),
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let page = samples::page(locale, "/search");
        let blank = || Self {
            page: page.clone(),
            query: String::new(),
            accounts: Vec::new(),
            tags: Vec::new(),
            posts: Vec::new(),
        };
        let vain = Self { query: "zzz".to_owned(), ..blank() };
        let by_address = Self {
            query: "https://bay.example/@elin/115560000000000001".to_owned(),
            posts: vec![samples::post()],
            ..blank()
        };
        vec![("", Self::sample(locale)), ("blank", blank()), ("vain", vain), ("address", by_address)]
    }
}
