//! Deleting a list.

use kw_domain::id::ListId;
use kw_domain::refusal::Refusal;

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::{LIST, LIST_MEMBER};
use crate::graph::members_of;
use crate::relationship::touch;

/// Deletes a list with its members' places on it.
pub async fn delete(cx: &Context, authority: &Authority, id: ListId) -> Result<(), Failure> {
    retry(|| delete_once(cx, authority, id)).await
}

async fn delete_once(cx: &Context, authority: &Authority, id: ListId) -> Result<(), Failure> {
    let owner = authority.acting()?;
    let row = cx.find(&LIST, &owner, &id).await?.ok_or_else(Refusal::missing)?;
    let mut draft = cx.draft(authority);
    draft.decide_gone(&LIST, (&owner, &id), row.stamp);
    for member in members_of(cx, owner, id).await? {
        draft.ensure_gone(&LIST_MEMBER, (&(owner, id), &member));
    }
    touch(&mut draft, owner);
    cx.perform(draft).await
}
