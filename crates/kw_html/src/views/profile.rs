//! An account's pages: posts, replies, about, followers, following.

use askama::Template;

use crate::page::{Nav, Page};
use crate::part::account::AccountRow;
use crate::part::pager::Pager;
use crate::part::post::PostCard;
use crate::part::profile::{Hiding, ProfileHead, ProfileTab, Protection, Relation};
use crate::part::staff::{Mode, Tier};
use crate::view::{Card, Indexing, View};
use crate::{Locale, samples};

/// An account and its posts.
#[derive(Debug, Template)]
#[template(path = "views/profile.html")]
pub struct Profile {
    /// What surrounds it.
    pub page: Page,
    /// Whose profile it is.
    pub head: ProfileHead,
    /// Posts, or posts and replies.
    pub tab: ProfileTab,
    /// Posts on top, on the first page of the first tab.
    pub pinned: Vec<PostCard>,
    /// Posts and boosts, newest first.
    pub posts: Vec<PostCard>,
    /// Newer and older posts.
    pub pager: Pager,
}

/// What an account says of itself.
#[derive(Debug, Template)]
#[template(path = "views/profile_about.html")]
pub struct ProfileAbout {
    /// What surrounds it.
    pub page: Page,
    /// Whose profile it is.
    pub head: ProfileHead,
    /// The open tab: always [`ProfileTab::About`].
    pub tab: ProfileTab,
}

/// Who follows an account, or whom it follows.
#[derive(Debug, Template)]
#[template(path = "views/profile_people.html")]
pub struct ProfilePeople {
    /// What surrounds it.
    pub page: Page,
    /// Whose profile it is.
    pub head: ProfileHead,
    /// Followers or following.
    pub tab: ProfileTab,
    /// Who, newest first. Nothing when the owner keeps the list to themselves.
    pub accounts: Option<Vec<AccountRow>>,
    /// Newer and older ones.
    pub pager: Pager,
}

impl ProfileHead {
    fn title(&self) -> String {
        format!("{} (@{})", self.account.name, self.account.handle)
    }

    fn description(&self, page: &Page) -> String {
        if self.bio_text.is_empty() { page.count("profile-posts", self.posts) } else { self.bio_text.clone() }
    }

    fn indexing(&self) -> Indexing {
        if self.discoverable { Indexing::Allowed } else { Indexing::Refused }
    }

    fn nav(&self) -> Nav {
        if self.relation.is_mine() { Nav::Profile } else { Nav::Elsewhere }
    }
}

impl View for Profile {
    const NAME: &'static str = "profile";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.head.title()
    }

    fn description(&self) -> String {
        self.head.description(&self.page)
    }

    fn nav(&self) -> Nav {
        self.head.nav()
    }

    fn canonical(&self) -> Option<String> {
        let url = self.head.account.url();
        Some(if self.tab == ProfileTab::Replies { format!("{url}/with_replies") } else { url })
    }

    fn card(&self) -> Card {
        Card::Profile
    }

    fn picture(&self) -> Option<String> {
        self.head.account.avatar.clone()
    }

    fn indexing(&self) -> Indexing {
        self.head.indexing()
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/@coastguard"),
            head: samples::coastguard(),
            tab: ProfileTab::Posts,
            pinned: vec![samples::pinned()],
            posts: samples::coastguard_posts(),
            pager: samples::pager("/@coastguard"),
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let mut signed_out = Self::sample(locale);
        signed_out.page = signed_out.page.signed_out();
        signed_out.head.relation = Relation::SignedOut;
        let mut mine = Self::sample(locale);
        mine.head = samples::ada();
        mine.pinned.clear();
        mine.posts.clear();
        mine.pager = Pager::default();
        let mut tied = Self::sample(locale);
        tied.tab = ProfileTab::Replies;
        tied.head = samples::tove();
        tied.pinned.clear();
        tied.posts = samples::timeline();
        let mut blocked = Self::sample(locale);
        blocked.head = samples::blocked();
        blocked.pinned.clear();
        blocked.posts.clear();
        blocked.pager = Pager::default();
        let protected = |tier, hiding, mode| {
            let mut view = Self::sample(locale);
            view.head.protection =
                Some(Protection { mode, guards: 0, actions: 0, ..samples::protection(tier, hiding) });
            view
        };
        let solo = protected(Tier::Notable, Hiding::AfterHours { hours: 72 }, Mode::Solo);
        let unwatched = protected(Tier::Notable, Hiding::Takes { people: 2, teams: 2 }, Mode::Team);
        let stalled = protected(Tier::Protected, Hiding::OutOfReach, Mode::Stalled);
        vec![
            ("", Self::sample(locale)),
            ("solo", solo),
            ("unwatched", unwatched),
            ("stalled", stalled),
            ("signed-out", signed_out),
            ("mine", mine),
            ("replies", tied),
            ("blocked", blocked),
        ]
    }
}

impl View for ProfileAbout {
    const NAME: &'static str = "profile_about";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.head.title()
    }

    fn description(&self) -> String {
        self.head.description(&self.page)
    }

    fn nav(&self) -> Nav {
        self.head.nav()
    }

    fn canonical(&self) -> Option<String> {
        Some(format!("{}/about", self.head.account.url()))
    }

    fn card(&self) -> Card {
        Card::Profile
    }

    fn picture(&self) -> Option<String> {
        self.head.account.avatar.clone()
    }

    fn indexing(&self) -> Indexing {
        self.head.indexing()
    }

    fn sample(locale: Locale) -> Self {
        Self { page: samples::page(locale, "/@tove/about"), head: samples::tove(), tab: ProfileTab::About }
    }
}

impl View for ProfilePeople {
    const NAME: &'static str = "profile_people";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        let list = match self.tab {
            ProfileTab::Following => self.page.t("profile-tab-following"),
            _ => self.page.t("profile-tab-followers"),
        };
        format!("{} · {list}", self.head.title())
    }

    fn description(&self) -> String {
        self.head.description(&self.page)
    }

    fn nav(&self) -> Nav {
        self.head.nav()
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/@coastguard/followers"),
            head: samples::coastguard(),
            tab: ProfileTab::Followers,
            accounts: Some(samples::account_rows()),
            pager: samples::pager("/@coastguard/followers"),
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let with = |tab, accounts| Self { tab, accounts, pager: Pager::default(), ..Self::sample(locale) };
        vec![
            ("followers", Self::sample(locale)),
            ("followers-empty", with(ProfileTab::Followers, Some(Vec::new()))),
            ("following-kept", with(ProfileTab::Following, None)),
            ("following-empty", with(ProfileTab::Following, Some(Vec::new()))),
        ]
    }
}
