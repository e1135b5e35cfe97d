//! Reading lists.

use kw_domain::id::{AccountId, ListId};
use kw_domain::refusal::Refusal;

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::Failure;
use crate::families::{LIST, LIST_MEMBER};
use crate::list::{LISTS_MAX, Replies};
use crate::rows::ListRow;

/// A list, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListView {
    /// Which.
    pub id: ListId,
    /// Its name.
    pub title: String,
    /// Whose replies it shows.
    pub replies: Replies,
    /// Whether its members are left out of home.
    pub exclusive: bool,
}

impl ListView {
    pub(super) fn of(id: ListId, row: ListRow) -> Self {
        let replies = Replies::from_word(&row.replies_policy).unwrap_or(Replies::Members);
        Self { id, title: row.title, replies, exclusive: row.exclusive }
    }
}

/// The account's lists, oldest first.
pub async fn list(cx: &Context, authority: &Authority) -> Result<Vec<ListView>, Failure> {
    let rows = cx.list_all(&LIST, &authority.acting()?, LISTS_MAX).await?;
    Ok(rows.into_iter().map(|row| ListView::of(row.key, row.value)).collect())
}

/// One of the account's lists.
pub async fn load(cx: &Context, authority: &Authority, id: ListId) -> Result<ListView, Failure> {
    let row = cx.find(&LIST, &authority.acting()?, &id).await?.ok_or_else(Refusal::missing)?;
    Ok(ListView::of(id, row.value))
}

/// Those of the account's lists that `member` is on.
pub async fn list_with(cx: &Context, authority: &Authority, member: AccountId) -> Result<Vec<ListView>, Failure> {
    let owner = authority.acting()?;
    let mut lists = Vec::new();
    for view in list(cx, authority).await? {
        if cx.find(&LIST_MEMBER, &(owner, view.id), &member).await?.is_some() {
            lists.push(view);
        }
    }
    Ok(lists)
}
