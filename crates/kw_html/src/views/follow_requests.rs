//! People who ask to follow the viewer.

use askama::Template;

use crate::page::Page;
use crate::part::account::AccountRow;
use crate::part::pager::Pager;
use crate::view::View;
use crate::{Locale, samples};

/// Requests to follow, newest first.
#[derive(Debug, Template)]
#[template(path = "views/follow_requests.html")]
pub struct FollowRequests {
    /// What surrounds it. Somebody is signed in.
    pub page: Page,
    /// Who asks.
    pub accounts: Vec<AccountRow>,
    /// Newer and older requests.
    pub pager: Pager,
}

impl View for FollowRequests {
    const NAME: &'static str = "follow_requests";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("nav-follow-requests").to_owned()
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/follow-requests"),
            accounts: samples::account_rows(),
            pager: Pager::default(),
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let empty = Self { accounts: Vec::new(), ..Self::sample(locale) };
        vec![("", Self::sample(locale)), ("empty", empty)]
    }
}
