//! Accounts as they are kept: the row, whom they block, their numbers.

use std::borrow::Borrow;
use std::ops::Deref;
use std::sync::Arc;

use kw_domain::account::{Account, Counts};
use kw_domain::id::AccountId;
use kw_store::{Direction, Range, limit};

use crate::context::{Context, after};
use crate::failure::Failure;
use crate::families::{ACCOUNT, FOLLOWERS, FOLLOWING, OUTBOX, RELATIONS};
use crate::heads::load_head;
use crate::kept::Kept;
use crate::key::{Key, Only};
use crate::rows::RelationKey;
use crate::sheet::Piece;

/// The accounts in memory.
pub type AccountSheets = Kept<AccountId, AccountSheet>;

/// An account with its numbers. Cheap to clone.
#[derive(Debug, Clone)]
pub struct AccountSheet(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    account: Account,
    counts: Counts,
    /// In order.
    blocks: Vec<AccountId>,
    piece: Piece<()>,
}

impl AccountSheet {
    /// Its numbers.
    pub fn counts(&self) -> Counts {
        self.0.counts
    }

    /// Whether it blocks `other`.
    pub(crate) fn blocks(&self, other: AccountId) -> bool {
        self.0.blocks.binary_search(&other).is_ok()
    }

    pub(crate) fn piece(&self) -> &Piece<()> {
        &self.0.piece
    }
}

impl Deref for AccountSheet {
    type Target = Account;

    fn deref(&self) -> &Account {
        &self.0.account
    }
}

impl Borrow<Account> for AccountSheet {
    fn borrow(&self) -> &Account {
        &self.0.account
    }
}

impl PartialEq for AccountSheet {
    fn eq(&self, other: &Self) -> bool {
        self.0.account == other.0.account && self.0.counts == other.0.counts
    }
}

impl Eq for AccountSheet {}

/// The sheet of an account, if there is one with that id.
pub async fn load_account_sheet(cx: &Context, id: AccountId) -> Result<Option<AccountSheet>, Failure> {
    let sheets = &cx.caches().accounts;
    if let Some(sheet) = sheets.find(&id) {
        return Ok(Some(sheet));
    }
    let before = sheets.before(&id);
    let Some(row) = cx.find(&ACCOUNT, &id, &Only).await? else { return Ok(None) };
    let (counts, blocks) = (load_counts(cx, id).await?, load_blocks(cx, id).await?);
    let inner = Inner { account: row.value.account(id), counts, blocks, piece: Piece::default() };
    let sheet = AccountSheet(Arc::new(inner));
    Ok(Some(sheets.keep(&id, sheet, before)))
}

async fn load_counts(cx: &Context, id: AccountId) -> Result<Counts, Failure> {
    Ok(Counts {
        followers: count_followers(cx, id).await?,
        following: cx.count(&FOLLOWING, &id).await?,
        posts: OUTBOX.total_heard(cx, id).await?,
        newest_post: load_head(cx, id).await?.entries.first().map(|entry| entry.id),
    })
}

async fn count_followers(cx: &Context, id: AccountId) -> Result<u64, Failure> {
    let kept = &cx.caches().followers;
    if let Some(count) = kept.find(&id) {
        return Ok(count);
    }
    let before = kept.before(&id);
    Ok(kept.keep(&id, FOLLOWERS.total_heard(cx, id).await?, before))
}

/// Whom an account blocks: its blocks lie side by side.
async fn load_blocks(cx: &Context, id: AccountId) -> Result<Vec<AccountId>, Failure> {
    let mut blocks = Vec::new();
    let lowest = RelationKey::Block(AccountId(0)).to_bytes();
    let mut range = Range { from: Some(lowest), to: Some(after(&RelationKey::Block(AccountId(u64::MAX)).to_bytes())) };
    loop {
        let (page, more) = cx.list(&RELATIONS, &id, &range, Direction::Ascending, limit::SCAN_ROWS_MAX).await?;
        range.from = page.last().map(|row| after(&row.key.to_bytes()));
        blocks.extend(page.into_iter().filter_map(|row| match row.key {
            RelationKey::Block(other) => Some(other),
            _ => None,
        }));
        if !more {
            return Ok(blocks);
        }
    }
}
