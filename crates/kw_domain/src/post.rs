//! Posts, boosts, and what may be done with them.

pub mod react;
pub mod write;

use crate::id::{AccountId, ConversationId, PostId};
use crate::time::Millis;

/// A post. (A boost is an [`Entry`] only: it has no words of its own.)
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Post {
    /// Which one.
    pub id: PostId,
    /// Who wrote it.
    pub author: AccountId,
    /// When.
    pub created_at: Millis,
    /// When it was last edited.
    pub edited_at: Option<Millis>,
    /// What it says.
    pub body: Body,
    /// For whom.
    pub visibility: Visibility,
    /// What it replies to.
    pub in_reply_to: Option<ReplyTo>,
    /// The conversation it is part of.
    pub conversation: ConversationId,
    /// The client it was written with, if its author shows that.
    pub application: Option<Application>,
}

/// What a post says: the part that an edit replaces.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// The text, as written.
    pub text: String,
    /// The content warning; empty for none.
    pub spoiler_text: String,
    /// Whether pictures are covered until asked for.
    pub sensitive: bool,
    /// ISO 639-1 code.
    pub language: Option<String>,
    /// The accounts that the text names, in order, each once.
    pub mentions: Vec<AccountId>,
    /// The tags in the text, folded, in order, each once.
    pub tags: Vec<String>,
}

/// What a post replies to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReplyTo {
    /// The post.
    pub post: PostId,
    /// Its author.
    pub author: AccountId,
}

/// The client a post was written with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Application {
    /// Its name.
    pub name: String,
    /// Its page.
    pub website: Option<String>,
}

/// For whom a post is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Visibility {
    /// Everybody, and listed in local and tag timelines.
    Public,
    /// Everybody, but listed nowhere.
    Unlisted,
    /// Followers and those it names.
    Private,
    /// Those it names.
    Direct,
}

impl Visibility {
    /// The word in the client API. There is no fifth: strict clients empty whole timelines over an unknown one.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Unlisted => "unlisted",
            Self::Private => "private",
            Self::Direct => "direct",
        }
    }

    /// The visibility that `word` names.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Public, Self::Unlisted, Self::Private, Self::Direct].into_iter().find(|it| it.word() == word)
    }
}

/// One row of an outbox: enough to merge timelines without loading a post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The post's or the boost's id.
    pub id: PostId,
    /// Whose outbox it is in.
    pub author: AccountId,
    /// A post, or a boost of one.
    pub kind: EntryKind,
    /// For whom.
    pub visibility: Visibility,
    /// The language of the post (of a boost: of its subject).
    pub language: Option<String>,
}

/// What an outbox entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A post of its author's.
    Post {
        /// The author of the post that it replies to.
        reply_to_account: Option<AccountId>,
    },
    /// A boost.
    Boost {
        /// The boosted post.
        subject: PostId,
        /// Its author.
        subject_author: AccountId,
    },
}

/// A post's public numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PostCounts {
    /// Replies.
    pub replies: u64,
    /// Boosts.
    pub boosts: u64,
    /// Favourites.
    pub favourites: u64,
}

/// What a reader did with a post.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    /// Favourited it.
    pub favourited: bool,
    /// Boosted it.
    pub boosted: bool,
    /// Bookmarked it.
    pub bookmarked: bool,
    /// Pinned it to their profile.
    pub pinned: bool,
    /// Muted its conversation.
    pub muted: bool,
}
