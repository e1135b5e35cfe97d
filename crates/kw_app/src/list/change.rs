//! Changing a list.

use kw_domain::id::ListId;
use kw_domain::refusal::Refusal;

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::LIST;
use crate::list::{ListView, Replies, read_title};
use crate::operation::Before;
use crate::relationship::touch;
use crate::rows::ListRow;

/// What is to change; what is left open stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ListChanges {
    /// Its name.
    pub title: Option<String>,
    /// Whose replies it shows.
    pub replies: Option<Replies>,
    /// Whether its members are left out of home.
    pub exclusive: Option<bool>,
}

/// Changes a list. Who is left out of home is part of the owner's graph.
pub async fn change(
    cx: &Context,
    authority: &Authority,
    id: ListId,
    changes: &ListChanges,
) -> Result<ListView, Failure> {
    retry(|| change_once(cx, authority, id, changes)).await
}

async fn change_once(
    cx: &Context,
    authority: &Authority,
    id: ListId,
    changes: &ListChanges,
) -> Result<ListView, Failure> {
    let owner = authority.acting()?;
    let before = cx.find(&LIST, &owner, &id).await?.ok_or_else(Refusal::missing)?;
    let title = changes.title.as_deref().map(read_title).transpose()?;
    let row = ListRow {
        title: title.unwrap_or_else(|| before.value.title.clone()),
        replies_policy: changes.replies.map_or_else(|| before.value.replies_policy.clone(), |it| it.word().to_owned()),
        exclusive: changes.exclusive.unwrap_or(before.value.exclusive),
    };
    if row != before.value {
        let mut draft = cx.draft(authority);
        draft.decide(&LIST, (&owner, &id), Before::Is(before.stamp), &row);
        touch(&mut draft, owner);
        cx.perform(draft).await?;
    }
    Ok(ListView::of(id, row))
}
