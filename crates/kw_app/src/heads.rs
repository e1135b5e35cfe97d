//! Heads: the newest entries of outboxes, kept in memory while they are wanted. Filled on demand, bounded, forgotten when
//! their outbox changes.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use kw_domain::id::AccountId;
use kw_domain::post::Entry;
use quick_cache::sync::Cache;

use crate::buckets::Window;
use crate::context::Context;
use crate::failure::Failure;
use crate::families::OUTBOX;

/// Entries in one head.
pub const HEAD_ENTRIES: usize = 40;
/// A fill that overlaps a change is not kept; changes are noted in one of this many counters.
const COUNTERS: usize = 1_024;

/// The newest entries of an outbox.
#[derive(Debug)]
pub struct Head {
    /// Newest first.
    pub entries: Vec<Entry>,
    /// Whether these are all there are.
    pub is_whole: bool,
}

/// The heads in memory.
#[derive(Debug)]
pub struct Heads {
    cache: Cache<AccountId, Arc<Head>>,
    changes: Vec<AtomicU64>,
}

impl Heads {
    /// Room for `heads_max` heads.
    pub fn new(heads_max: usize) -> Self {
        Self { cache: Cache::new(heads_max), changes: (0..COUNTERS).map(|_| AtomicU64::new(0)).collect() }
    }

    /// Drops the head of `author`, whose outbox changed.
    pub fn forget(&self, author: AccountId) {
        self.changes_of(author).fetch_add(1, Ordering::SeqCst);
        self.cache.remove(&author);
    }

    fn changes_of(&self, author: AccountId) -> &AtomicU64 {
        &self.changes[(author.0 >> 6) as usize % COUNTERS]
    }
}

/// The head of `author`'s outbox.
pub async fn load_head(cx: &Context, author: AccountId) -> Result<Arc<Head>, Failure> {
    let heads = cx.heads();
    if let Some(head) = heads.cache.get(&author) {
        return Ok(head);
    }
    let changes = heads.changes_of(author).load(Ordering::SeqCst);
    let rows = OUTBOX.page(cx, author, &Window::newest(HEAD_ENTRIES)).await?;
    let is_whole = rows.len() < HEAD_ENTRIES;
    let entries = rows.into_iter().map(|row| row.value.entry(author, row.key)).collect();
    let head = Arc::new(Head { entries, is_whole });
    heads.cache.insert(author, head.clone());
    // The outbox may have changed while it was read; what was read may be old.
    if heads.changes_of(author).load(Ordering::SeqCst) != changes {
        heads.cache.remove(&author);
    }
    Ok(head)
}
