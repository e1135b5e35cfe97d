//! The feed: what changed, as the last row of every operation that others may want to hear of; and the bus, which
//! carries copies.
//!
//! The bus is only a hint. Every consumer also tails the feed and goes on where it stopped, so a lost message delays
//! and never changes what anyone sees. Events say that something changed and where, never what it is: whoever shows it
//! loads it through the visibility check.

mod derive;
mod tail;

pub(crate) use derive::add_events;
pub use tail::Tail;

use kw_domain::id::{AccountId, NotificationId, PostId};
use kw_domain::time::Millis;
use serde::{Deserialize, Serialize};
use tokio::sync::broadcast;

use crate::family::Value;

/// How long feed rows are kept, in milliseconds.
pub const KEPT_MS: u64 = 7 * Millis::DAY;

/// How many events the bus holds for a slow listener before it has to go back to the feed.
const BUS_EVENTS_MAX: usize = 4_096;

/// Something that changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Event {
    /// An entry of an outbox (a post or a boost) appeared, changed or went.
    Outbox {
        /// Whose.
        author: u64,
        /// Which entry.
        entry: u64,
        /// How.
        change: Change,
    },
    /// Whom an account follows, blocks, mutes or listens to changed.
    Relations {
        /// Whose relations.
        account: u64,
    },
    /// An account's profile, state or settings changed.
    Account {
        /// Which account.
        account: u64,
    },
    /// An account has a new notification.
    Notified {
        /// Whose.
        account: u64,
        /// Which.
        notification: u64,
    },
    /// The numbers of an account changed: who follow it.
    Counted {
        /// Which account.
        account: u64,
        /// Which follow came or went.
        follow: u64,
    },
    /// An account joined the members, or left them.
    Member {
        /// Which account.
        account: u64,
    },
    /// A post or its numbers changed.
    Post {
        /// Which post.
        post: u64,
    },
    /// What an account did with posts changed: its favourites, boosts, bookmarks, pins.
    Marked {
        /// Whose marks.
        account: u64,
    },
    /// An account's sessions changed.
    Sessions {
        /// Whose.
        account: u64,
    },
    /// A token changed.
    Token {
        /// The first eight bytes of its hash.
        token: u64,
    },
}

/// How an outbox entry changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// It is new.
    Added,
    /// It says something else now.
    Edited,
    /// It is gone.
    Removed,
}

impl Event {
    /// An entry of `author`'s outbox changed.
    pub const fn outbox(author: AccountId, entry: PostId, change: Change) -> Self {
        Self::Outbox { author: author.0, entry: entry.0, change }
    }

    /// What `account` wants of others changed.
    pub const fn relations(account: AccountId) -> Self {
        Self::Relations { account: account.0 }
    }

    /// An account changed.
    pub const fn account(account: AccountId) -> Self {
        Self::Account { account: account.0 }
    }

    /// An account has a new notification.
    pub const fn notified(account: AccountId, notification: NotificationId) -> Self {
        Self::Notified { account: account.0, notification: notification.0 }
    }
}

/// The events of one operation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FeedRow {
    /// What changed.
    pub events: Vec<Event>,
}

impl Value for FeedRow {
    const VERSION: u8 = 2;

    /// Older rows are of before this process began, which then had nothing in memory that they could make old.
    fn upgrade(version: u8, _bytes: &[u8]) -> Option<Self> {
        (version == 1).then(|| Self { events: Vec::new() })
    }
}

/// The partition of the feed that holds a moment.
pub const fn minute_of(now_ms: u64) -> u64 {
    now_ms / Millis::MINUTE
}

/// Carries events to whoever listens in this process.
#[derive(Debug, Clone)]
pub struct Bus(broadcast::Sender<Event>);

impl Default for Bus {
    fn default() -> Self {
        Self(broadcast::Sender::new(BUS_EVENTS_MAX))
    }
}

impl Bus {
    /// Hands `event` to everyone who listens.
    pub fn publish(&self, event: &Event) {
        // Nobody listening is no error: the feed has it.
        let _listeners = self.0.send(event.clone());
    }

    /// Listens from now on. A listener that falls behind is told how many it missed and goes back to the feed.
    pub fn listen(&self) -> broadcast::Receiver<Event> {
        self.0.subscribe()
    }
}
