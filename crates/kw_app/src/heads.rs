//! Heads: the newest entries of outboxes, kept in memory while they are wanted. Filled on demand, bounded, forgotten when
//! their outbox changes.

use std::sync::Arc;

use kw_domain::id::AccountId;
use kw_domain::post::Entry;

use crate::buckets::Window;
use crate::context::Context;
use crate::failure::Failure;
use crate::families::OUTBOX;
use crate::kept::Kept;

/// Entries in one head.
pub const HEAD_ENTRIES: usize = 40;

/// The newest entries of an outbox.
#[derive(Debug)]
pub struct Head {
    /// Newest first.
    pub entries: Vec<Entry>,
    /// Whether these are all there are.
    pub is_whole: bool,
}

/// The heads in memory.
pub type Heads = Kept<AccountId, Arc<Head>>;

/// The head of `author`'s outbox.
pub async fn load_head(cx: &Context, author: AccountId) -> Result<Arc<Head>, Failure> {
    let heads = &cx.caches().heads;
    if let Some(head) = heads.find(&author) {
        return Ok(head);
    }
    let before = heads.before(&author);
    let rows = OUTBOX.page(cx, author, &Window::newest(HEAD_ENTRIES)).await?;
    let is_whole = rows.len() < HEAD_ENTRIES;
    let entries = rows.into_iter().map(|row| row.value.entry(author, row.key)).collect();
    Ok(heads.keep(&author, Arc::new(Head { entries, is_whole }), before))
}
