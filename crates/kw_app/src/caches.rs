//! What is kept in memory of the network's rows, and which of it an event of the feed makes old. Each has a bound, is
//! filled on demand, and is empty at the start. Deliberately absent: what staff decided, which is asked of the ledger's
//! fold at every page.

use kw_domain::id::{AccountId, PostId, RelationId};

use crate::changed::Changed;
use crate::families::{FOLLOWERS, MEMBER, OUTBOX};
use crate::feed::Event;
use crate::graph::Graphs;
use crate::heads::Heads;
use crate::kept::Kept;
use crate::key::Only;
use crate::session::Keys;
use crate::settings::CacheSettings;
use crate::sheet::{AccountSheets, PostSheets};
use crate::timeline::newest::Homes;
use crate::totals::Totals;
use crate::view::marks::Readers;

/// Everything that is kept.
#[derive(Debug)]
pub struct Caches {
    /// The newest entries of outboxes.
    pub heads: Heads,
    /// Whom readers follow, block, mute.
    pub graphs: Graphs,
    /// Accounts with their numbers.
    pub accounts: AccountSheets,
    /// How many follow an account: of many, that is a sum of many counts, which a post of theirs does not change.
    pub followers: Kept<AccountId, u64>,
    /// What long lists held in the past.
    pub totals: Totals,
    /// Posts with their numbers.
    pub posts: PostSheets,
    /// What readers did with the posts that they saw last.
    pub marks: Readers,
    /// Whose tokens are.
    pub keys: Keys,
    /// The newest of readers' homes.
    pub homes: Homes,
    /// Which outboxes changed lately.
    pub changed: Changed,
}

impl Caches {
    /// Nothing yet, with room as configured.
    pub fn new(room: &CacheSettings) -> Self {
        Self {
            heads: Kept::new(room.heads_max),
            graphs: Kept::new(room.graphs_max),
            accounts: Kept::new(room.accounts_max),
            followers: Kept::new(room.accounts_max),
            totals: Totals::default(),
            posts: Kept::new(room.posts_max),
            marks: Kept::new(room.graphs_max),
            keys: Keys::new(room.graphs_max),
            homes: Kept::new(room.graphs_max),
            changed: Changed::default(),
        }
    }

    /// Drops what an event makes old.
    pub fn hear(&self, event: &Event) {
        match *event {
            Event::Outbox { author, entry, .. } => {
                OUTBOX.hear(&self.totals, &AccountId(author), &PostId(entry));
                self.forget_outbox(AccountId(author), PostId(entry));
                self.posts.forget(&PostId(entry));
            }
            Event::Counted { account, follow } => {
                FOLLOWERS.hear(&self.totals, &AccountId(account), &RelationId(follow));
                self.followers.forget(&AccountId(account));
                self.accounts.forget(&AccountId(account));
            }
            Event::Relations { account } => {
                self.graphs.forget(&AccountId(account));
                self.accounts.forget(&AccountId(account));
            }
            Event::Account { account } => {
                self.accounts.forget(&AccountId(account));
                self.keys.forget_owner(AccountId(account));
            }
            Event::Member { account } => MEMBER.hear(&self.totals, &Only, &AccountId(account)),
            Event::Post { post } => self.posts.forget(&PostId(post)),
            Event::Marked { account } => self.marks.forget(&AccountId(account)),
            Event::Sessions { account } => self.keys.forget_owner(AccountId(account)),
            Event::Token { token } => self.keys.forget_token(token),
            Event::Notified { .. } => {}
        }
    }

    /// Drops everything.
    pub fn forget_all(&self) {
        self.heads.forget_all();
        self.graphs.forget_all();
        self.totals.forget_all();
        self.followers.forget_all();
        self.accounts.forget_all();
        self.posts.forget_all();
        self.marks.forget_all();
        self.keys.forget_all();
        // Last: what is merged from here on is merged of what is read from here on.
        self.changed.note_all();
    }

    fn forget_outbox(&self, author: AccountId, entry: PostId) {
        // The head first: the sheet is made of it, and so are homes.
        self.heads.forget(&author);
        self.accounts.forget(&author);
        self.changed.note((author, entry));
    }
}
