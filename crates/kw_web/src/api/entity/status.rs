//! Posts and boosts, what they said before, and the thread around them.

use kw_app::post::Version;
use kw_app::view::{AccountView, Item, PostView};
use kw_domain::id::AccountId;
use kw_domain::post::{Marks, Visibility};
use serde::Serialize;

use super::{Account, Writer};
use crate::{address, time};

/// A post or a boost.
#[derive(Debug, Clone, Serialize)]
pub struct Status {
    #[serde(flatten)]
    pub own: Own,
    pub account: Account,
    #[serde(flatten)]
    pub said: Said,
    pub reblog: Option<Box<Status>>,
    /// What the reader did with it; absent without a reader.
    #[serde(flatten)]
    pub mine: Option<Mine>,
}

/// What a post or a boost has for itself.
#[derive(Debug, Clone, Serialize)]
pub struct Own {
    pub id: String,
    pub uri: String,
    pub url: String,
    pub created_at: String,
    pub edited_at: Option<String>,
    pub visibility: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub application: Option<StatusApplication>,
    pub in_reply_to_id: Option<String>,
    pub in_reply_to_account_id: Option<String>,
}

/// What a post says, and a boost of it repeats.
#[derive(Debug, Clone, Serialize)]
pub struct Said {
    /// Absent only in the answer to a deletion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// What was written; only in the answer to a deletion.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    pub sensitive: bool,
    pub spoiler_text: String,
    pub media_attachments: [(); 0],
    pub mentions: Vec<Mention>,
    pub tags: Vec<StatusTag>,
    pub emojis: [(); 0],
    pub reblogs_count: u64,
    pub favourites_count: u64,
    pub replies_count: u64,
    pub quotes_count: u64,
    pub poll: Option<()>,
    pub card: Option<()>,
    pub language: Option<String>,
    pub quote: Option<()>,
    pub quote_approval: QuoteApproval,
}

/// What a reader did with a post.
#[derive(Debug, Clone, Serialize)]
pub struct Mine {
    pub favourited: bool,
    pub reblogged: bool,
    pub muted: bool,
    pub bookmarked: bool,
    /// Only on one's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pinned: Option<bool>,
    pub filtered: [(); 0],
}

/// The client a post was written with.
#[derive(Debug, Clone, Serialize)]
pub struct StatusApplication {
    pub name: String,
    pub website: Option<String>,
}

/// An account that a post names.
#[derive(Debug, Clone, Serialize)]
pub struct Mention {
    pub id: String,
    pub username: String,
    pub url: String,
    pub acct: String,
}

/// A tag of a post.
#[derive(Debug, Clone, Serialize)]
pub struct StatusTag {
    pub name: String,
    pub url: String,
}

/// Who may quote a post: nobody, until quotes are there.
#[derive(Debug, Clone, Serialize)]
pub struct QuoteApproval {
    pub automatic: [&'static str; 0],
    pub manual: [&'static str; 0],
    pub current_user: &'static str,
}

/// The thread around a post.
#[derive(Debug, Clone, Serialize)]
pub struct Context {
    pub ancestors: Vec<Status>,
    pub descendants: Vec<Status>,
}

/// What a post says, as written.
#[derive(Debug, Clone, Serialize)]
pub struct Source {
    pub id: String,
    pub text: String,
    pub spoiler_text: String,
}

/// What a post said from a moment on.
#[derive(Debug, Clone, Serialize)]
pub struct Edit {
    pub content: String,
    pub spoiler_text: String,
    pub sensitive: bool,
    pub created_at: String,
    pub account: Account,
    pub media_attachments: [(); 0],
    pub emojis: [(); 0],
}

impl Writer<'_> {
    /// A post or a boost. A boost repeats what its subject says, under its own id and author.
    pub fn status(&self, item: &Item) -> Status {
        let subject = self.post(&item.post);
        let Some(booster) = &item.boosted_by else { return subject };
        let (own, account) = (self.own_of_boost(item, booster), self.account(booster));
        let mine = self.mine_of_boost(&item.post);
        Status { own, account, said: subject.said.clone(), reblog: Some(Box::new(subject)), mine }
    }

    /// Posts and boosts.
    pub fn statuses(&self, items: &[Item]) -> Vec<Status> {
        items.iter().map(|item| self.status(item)).collect()
    }

    /// A post that was just deleted: as it was written, so that it can be written anew.
    pub fn deleted(&self, item: &Item) -> Status {
        let mut status = self.status(item);
        status.said.content = None;
        status.said.text = Some(item.post.post.body.text.clone());
        status
    }

    /// A post.
    pub fn post(&self, view: &PostView) -> Status {
        let (own, account, said) = (self.own(view), self.account(&view.author), self.said(view));
        Status { own, account, said, reblog: None, mine: self.mine_of(view) }
    }

    /// What a post has for itself.
    pub(super) fn own(&self, view: &PostView) -> Own {
        let post = &view.post;
        let application = post.application.clone();
        Own {
            id: post.id.to_string(),
            uri: address::post_uri(self.settings, post.author, post.id),
            url: address::post_url(self.settings, &view.author.account.handle, post.id),
            created_at: time::moment(post.created_at),
            edited_at: post.edited_at.map(time::moment),
            visibility: post.visibility.word(),
            application: application.map(|it| StatusApplication { name: it.name, website: it.website }),
            in_reply_to_id: post.in_reply_to.map(|it| it.post.to_string()),
            in_reply_to_account_id: post.in_reply_to.map(|it| it.author.to_string()),
        }
    }

    /// What a boost has for itself.
    pub(super) fn own_of_boost(&self, item: &Item, booster: &AccountView) -> Own {
        Own {
            id: item.id.to_string(),
            uri: address::post_uri(self.settings, booster.account.id, item.id),
            url: address::post_url(self.settings, &booster.account.handle, item.id),
            created_at: time::moment(item.at),
            edited_at: None,
            visibility: item.visibility.word(),
            application: None,
            in_reply_to_id: None,
            in_reply_to_account_id: None,
        }
    }

    /// What a post says.
    pub(super) fn said(&self, view: &PostView) -> Said {
        let body = &view.post.body;
        Said {
            content: Some(self.post_html(&body.text, &view.mentions)),
            text: None,
            sensitive: body.sensitive,
            spoiler_text: body.spoiler_text.clone(),
            media_attachments: [],
            mentions: view.mentions.iter().map(|(id, handle)| self.mention(*id, handle)).collect(),
            tags: body.tags.iter().map(|name| self.status_tag(name)).collect(),
            emojis: [],
            reblogs_count: view.counts.boosts,
            favourites_count: view.counts.favourites,
            replies_count: view.counts.replies,
            quotes_count: 0,
            poll: None,
            card: None,
            language: body.language.clone(),
            quote: None,
            quote_approval: QuoteApproval { automatic: [], manual: [], current_user: "denied" },
        }
    }

    /// What the reader did with a post; none without a reader.
    pub(super) fn mine_of(&self, view: &PostView) -> Option<Mine> {
        self.reader.and(view.marks).map(|marks| self.mine(view, marks))
    }

    /// The same, said of a boost of it.
    pub(super) fn mine_of_boost(&self, view: &PostView) -> Option<Mine> {
        self.mine_of(view).map(|mine| Mine { pinned: None, ..mine })
    }

    fn mine(&self, view: &PostView, marks: Marks) -> Mine {
        let Marks { favourited, boosted, bookmarked, pinned, muted } = marks;
        let may_pin = self.reader == Some(view.post.author) && view.post.visibility != Visibility::Direct;
        Mine { favourited, reblogged: boosted, muted, bookmarked, pinned: may_pin.then_some(pinned), filtered: [] }
    }

    fn mention(&self, id: AccountId, handle: &str) -> Mention {
        let url = address::account_url(self.settings, handle);
        Mention { id: id.to_string(), username: handle.to_owned(), url, acct: handle.to_owned() }
    }

    fn status_tag(&self, name: &str) -> StatusTag {
        StatusTag { name: name.to_owned(), url: address::tag_url(self.settings, name) }
    }

    /// What a post said from a moment on.
    pub fn edit(&self, version: &Version) -> Edit {
        Edit {
            content: self.post_html(&version.body.text, &version.mentions),
            spoiler_text: version.body.spoiler_text.clone(),
            sensitive: version.body.sensitive,
            created_at: time::moment(version.at),
            account: self.account(&version.author),
            media_attachments: [],
            emojis: [],
        }
    }
}
