//! The numbers that a profile tells, counted row by row. To be compared with what was told; no request counts like this.

use kw_domain::id::AccountId;

use crate::buckets::{List, Timed, Window};
use crate::context::Context;
use crate::failure::Failure;
use crate::families::{FOLLOWERS, FOLLOWING, OUTBOX};
use crate::family::Value;

/// Rows read at a time.
const PAGE_ROWS: usize = 1_000;
/// Whom an account follows is never more than this.
const FOLLOWING_MAX: usize = 7_500;

/// What a profile tells in numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Numbers {
    /// Posts and boosts, direct posts left out.
    pub posts: u64,
    /// Those who follow the account.
    pub followers: u64,
    /// Those whom it follows.
    pub following: u64,
}

/// The numbers of an account, by its rows.
pub async fn count_rows(cx: &Context, account: AccountId) -> Result<Numbers, Failure> {
    let following = cx.list_all(&FOLLOWING, &account, FOLLOWING_MAX).await?.len() as u64;
    let posts = count_list(cx, &OUTBOX, account).await?;
    Ok(Numbers { posts, followers: count_list(cx, &FOLLOWERS, account).await?, following })
}

async fn count_list<K: Timed, V: Value>(
    cx: &Context,
    list: &List<AccountId, K, V>,
    account: AccountId,
) -> Result<u64, Failure> {
    let (mut rows, mut below) = (0, None);
    loop {
        let page = list.page(cx, account, &Window { below, ..Window::newest(PAGE_ROWS) }).await?;
        rows += page.len() as u64;
        if page.len() < PAGE_ROWS {
            return Ok(rows);
        }
        below = page.into_iter().next_back().map(|row| row.key);
    }
}
