//! A post as it stands in a timeline, a thread, a list.

use askama::Template;

use crate::html::SafeHtml;
use crate::locale::key;
use crate::page::Page;
use crate::part::account::AccountChip;

/// A post, ready to be shown to one viewer.
#[derive(Clone, Debug)]
pub struct PostCard {
    /// The id in decimal.
    pub id: String,
    /// Who wrote it.
    pub author: AccountChip,
    /// Who boosted it, when that is why it is shown.
    pub boosted_by: Option<AccountChip>,
    /// What it answers.
    pub reply_to: Option<ReplyTo>,
    /// When it was written, in Unix milliseconds.
    pub created_ms: i64,
    /// When it was last changed, in Unix milliseconds.
    pub edited_ms: Option<i64>,
    /// Who can see it.
    pub visibility: Visibility,
    /// Its language as a BCP 47 tag, where known.
    pub language: Option<String>,
    /// The content warning, as plain text.
    pub spoiler: Option<String>,
    /// The text, rendered and sanitised.
    pub content: SafeHtml,
    /// The text without marks, for titles and descriptions.
    pub text: String,
    /// Replies, boosts and favourites.
    pub counts: Counts,
    /// What the viewer did with it.
    pub marks: Marks,
    /// What the viewer may do with it.
    pub rights: Rights,
}

impl PostCard {
    /// The path of its page.
    pub fn url(&self) -> String {
        format!("/@{}/{}", self.author.handle, self.id)
    }

    /// The first `most` characters of what it says, for titles; the content warning when there is one.
    pub fn excerpt(&self, most: usize) -> String {
        let text = self.spoiler.as_deref().unwrap_or(&self.text);
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if words.chars().count() <= most {
            return words;
        }
        let cut: String = words.chars().take(most).collect();
        let end = cut.rfind(' ').unwrap_or(cut.len());
        format!("{}…", cut[..end].trim_end_matches([',', ';', ':', '.']))
    }
}

/// What a post answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReplyTo {
    /// The handle of whoever is answered.
    pub handle: String,
    /// The path of the answered post, while it can be seen.
    pub url: Option<String>,
}

/// Replies, boosts and favourites of a post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Replies.
    pub replies: u64,
    /// Boosts.
    pub boosts: u64,
    /// Favourites.
    pub favourites: u64,
}

/// What the viewer did with a post.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Boosted it.
    pub boosted: bool,
    /// Made it a favourite.
    pub favourited: bool,
    /// Bookmarked it.
    pub bookmarked: bool,
    /// Pinned it to their own profile.
    pub pinned: bool,
    /// Muted its conversation.
    pub muted: bool,
}

/// What the viewer may do with a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rights {
    /// Read it; to do more they sign in.
    Read,
    /// Reply, favourite, bookmark; boost where the visibility allows it.
    Act,
    /// All of that, and edit, delete and pin: it is their own.
    Own,
}

/// Who can see a post.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Visibility {
    /// Everyone, in public timelines too.
    Public,
    /// Everyone, outside of public timelines.
    Unlisted,
    /// Followers.
    Followers,
    /// Whoever is mentioned.
    Direct,
}

impl Visibility {
    /// All of them, widest first.
    pub const ALL: [Self; 4] = [Self::Public, Self::Unlisted, Self::Followers, Self::Direct];

    /// The value in forms, as the client API calls it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Unlisted => "unlisted",
            Self::Followers => "private",
            Self::Direct => "direct",
        }
    }

    /// The icon beside it.
    pub fn icon(self) -> &'static str {
        match self {
            Self::Public => "globe",
            Self::Unlisted => "moon",
            Self::Followers => "lock",
            Self::Direct => "mail",
        }
    }

    /// The string that names it.
    pub fn key(self) -> &'static str {
        match self {
            Self::Public => key("visibility-public"),
            Self::Unlisted => key("visibility-unlisted"),
            Self::Followers => key("visibility-followers"),
            Self::Direct => key("visibility-direct"),
        }
    }

    /// Whether a post like this can be boosted by somebody who is not its author.
    pub fn is_boostable(self) -> bool {
        matches!(self, Self::Public | Self::Unlisted)
    }
}

/// How a post is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Frame {
    /// One of many.
    Card,
    /// The post that its page is about: larger, with the full moment.
    Main,
    /// Without buttons: quoted on a form that is about it.
    Quiet,
    /// On top of a profile.
    Pinned,
}

/// Prints a [`PostCard`].
#[derive(Debug, Template)]
#[template(path = "part/post.html")]
pub struct PostPart<'a> {
    /// What surrounds it.
    pub page: &'a Page,
    /// The post.
    pub post: &'a PostCard,
    /// How it is set.
    pub frame: Frame,
}

impl askama::filters::HtmlSafe for PostPart<'_> {}

impl PostPart<'_> {
    /// The id of the element: a pinned post may stand on its page twice.
    fn element_id(&self) -> String {
        let prefix = if self.frame == Frame::Pinned { "pinned" } else { "post" };
        format!("{prefix}-{}", self.post.id)
    }

    /// Whether the viewer can boost it or take a boost back.
    fn may_boost(&self) -> bool {
        match self.post.rights {
            Rights::Read => false,
            Rights::Act => self.post.visibility.is_boostable(),
            Rights::Own => self.post.visibility != Visibility::Direct,
        }
    }
}

impl Page {
    /// A post among others.
    pub fn post<'a>(&'a self, post: &'a PostCard) -> PostPart<'a> {
        PostPart { page: self, post, frame: Frame::Card }
    }

    /// The post that its page is about.
    pub fn post_main<'a>(&'a self, post: &'a PostCard) -> PostPart<'a> {
        PostPart { page: self, post, frame: Frame::Main }
    }

    /// A post without buttons.
    pub fn post_quiet<'a>(&'a self, post: &'a PostCard) -> PostPart<'a> {
        PostPart { page: self, post, frame: Frame::Quiet }
    }

    /// A post on top of a profile.
    pub fn post_pinned<'a>(&'a self, post: &'a PostCard) -> PostPart<'a> {
        PostPart { page: self, post, frame: Frame::Pinned }
    }
}
