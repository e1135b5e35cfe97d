//! What happened around the viewer, grouped.

use askama::Template;

use crate::html::SafeHtml;
use crate::locale::key;
use crate::page::{Nav, Page};
use crate::part::account::AccountChip;
use crate::part::pager::Pager;
use crate::part::post::PostCard;
use crate::part::power::Power;
use crate::view::View;
use crate::views::decision::{Course, decision_key};
use crate::{Locale, samples};

/// Notifications, newest first.
#[derive(Debug, Template)]
#[template(path = "views/notifications.html")]
pub struct Notifications {
    /// What surrounds it. Somebody is signed in.
    pub page: Page,
    /// The groups.
    pub notifications: Vec<Notification>,
    /// Newer and older ones.
    pub pager: Pager,
}

/// One event, or several of one kind about one thing.
#[derive(Clone, Debug)]
pub struct Notification {
    /// What happened.
    pub kind: NotificationKind,
    /// Who did it, newest first: the first few. Never empty.
    pub accounts: Vec<AccountChip>,
    /// How many did it.
    pub total: u64,
    /// When it last happened, in Unix milliseconds.
    pub at_ms: i64,
    /// The post that it is about.
    pub post: Option<PostCard>,
    /// Whether the viewer has not seen it yet.
    pub unread: bool,
}

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotificationKind {
    /// Somebody mentioned the viewer or answered them.
    Mention,
    /// Somebody boosted a post of theirs.
    Boost,
    /// Somebody marked a post of theirs as a favourite.
    Favourite,
    /// Somebody follows them.
    Follow,
    /// Somebody asks to follow them.
    FollowRequest,
    /// Somebody they asked to hear of wrote a post.
    Post,
    /// A post that they boosted was changed.
    Edit,
    /// Somebody joined the site.
    SignUp,
    /// Staff decided something about the viewer's account.
    Decision {
        /// What was done.
        power: Power,
        /// That it was taken back.
        course: Course,
        /// The entry of the ledger.
        entry: u64,
    },
}

impl NotificationKind {
    /// The icon beside it.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Mention => "reply",
            Self::Boost => "boost",
            Self::Favourite => "heart",
            Self::Follow | Self::FollowRequest | Self::SignUp => "person",
            Self::Post => "bell",
            Self::Edit => "pen",
            Self::Decision { .. } => "shield",
        }
    }

    fn sentence(self) -> &'static str {
        match self {
            Self::Mention => key("notification-mention"),
            Self::Boost => key("notification-boost"),
            Self::Favourite => key("notification-favourite"),
            Self::Follow => key("notification-follow"),
            Self::FollowRequest => key("notification-follow-request"),
            Self::Post => key("notification-post"),
            Self::Edit => key("notification-edit"),
            Self::SignUp => key("notification-sign-up"),
            Self::Decision { power, course, .. } => decision_key(power, course),
        }
    }
}

impl Notification {
    /// Whether the post stands below in whole: it is new to the viewer. Their own posts are only called to mind.
    fn has_whole_post(&self) -> bool {
        self.post.is_some() && matches!(self.kind, NotificationKind::Mention | NotificationKind::Post)
    }

    /// Who did what, in one sentence with links.
    fn sentence(&self, page: &Page) -> SafeHtml {
        let Some(first) = self.accounts.first() else {
            return SafeHtml::default();
        };
        if let NotificationKind::Decision { entry, .. } = self.kind {
            let words = SafeHtml::text(&page.t1(self.kind.sentence(), "handle", &first.handle));
            return SafeHtml::trusted(format!("<a href=\"/settings/standing/{entry}\">{words}</a>"));
        }
        let name = first.link();
        let others = self.total.saturating_sub(1);
        let who = if others == 0 { name } else { page.count_rich1("notification-and-others", others, "name", name) };
        page.rich1(self.kind.sentence(), "who", who)
    }
}

impl View for Notifications {
    const NAME: &'static str = "notifications";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("nav-notifications").to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Notifications
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/notifications"),
            notifications: samples::notifications(),
            pager: samples::pager("/notifications"),
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let mut empty = Self::sample(locale);
        empty.notifications.clear();
        empty.pager = Pager::default();
        vec![("", Self::sample(locale)), ("empty", empty)]
    }
}
