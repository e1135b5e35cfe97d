//! Who is on a list.

use kw_domain::id::{AccountId, ListId};
use kw_domain::refusal::Refusal;

use crate::authority::Authority;
use crate::buckets::Window;
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::{FOLLOWING, LIST, LIST_MEMBER};
use crate::graph::members_of;
use crate::list::MEMBERS_MAX;
use crate::operation::Before;
use crate::relationship::touch;
use crate::view::people::{cut, page_of_accounts};
use crate::view::{AccountView, Page};
use crate::viewer::Viewer;

/// Members that one request may name: deciding rows of one operation share a step.
const NAMED_MAX: usize = 60;

/// The members of a list whom the account follows, newest account first; pages by their ids.
pub async fn list_members(
    cx: &Context,
    authority: &Authority,
    id: ListId,
    window: &Window<u64>,
) -> Result<Page<AccountView>, Failure> {
    let owner = authority.acting()?;
    cx.find(&LIST, &owner, &id).await?.ok_or_else(Refusal::missing)?;
    let viewer = Viewer::member(cx, owner).await?;
    let members = members_of(cx, owner, id).await?;
    let followed = members.into_iter().filter(|member| viewer.graph.follows.contains_key(member));
    let rows = followed.map(|member| (member.0, member)).collect();
    page_of_accounts(cx, &viewer, &cut(rows, window), window).await
}

/// Puts accounts on a list, all of them or none; whom the account does not follow is missing here.
pub async fn add_members(
    cx: &Context,
    authority: &Authority,
    id: ListId,
    members: &[AccountId],
) -> Result<(), Failure> {
    check_named(members)?;
    retry(|| add_once(cx, authority, id, members)).await
}

async fn add_once(cx: &Context, authority: &Authority, id: ListId, members: &[AccountId]) -> Result<(), Failure> {
    let owner = authority.acting()?;
    cx.find(&LIST, &owner, &id).await?.ok_or_else(Refusal::missing)?;
    let follows = cx.find_many(&FOLLOWING, &owner, members).await?;
    if follows.iter().any(Option::is_none) {
        return Err(Refusal::missing().into());
    }
    let place = (owner, id);
    let found = cx.find_many(&LIST_MEMBER, &place, members).await?;
    let mut new: Vec<AccountId> =
        members.iter().zip(&found).filter(|(_, row)| row.is_none()).map(|(member, _)| *member).collect();
    new.sort_unstable();
    new.dedup();
    if new.is_empty() {
        return Ok(());
    }
    if cx.count(&LIST_MEMBER, &place).await? as usize + new.len() > MEMBERS_MAX {
        let sentence = format!("A list has at most {MEMBERS_MAX} members.");
        return Err(Refusal::invalid("account_ids", "list_full", sentence).into());
    }
    let mut draft = cx.draft(authority);
    for member in &new {
        draft.decide(&LIST_MEMBER, (&place, member), Before::Absent, &());
    }
    touch(&mut draft, owner);
    cx.perform(draft).await
}

/// Takes accounts off a list. Whom is not on it stays off it.
pub async fn remove_members(
    cx: &Context,
    authority: &Authority,
    id: ListId,
    members: &[AccountId],
) -> Result<(), Failure> {
    check_named(members)?;
    retry(|| remove_once(cx, authority, id, members)).await
}

async fn remove_once(cx: &Context, authority: &Authority, id: ListId, members: &[AccountId]) -> Result<(), Failure> {
    let owner = authority.acting()?;
    cx.find(&LIST, &owner, &id).await?.ok_or_else(Refusal::missing)?;
    let place = (owner, id);
    let mut members = members.to_vec();
    members.sort_unstable();
    members.dedup();
    let mut draft = cx.draft(authority);
    let found = cx.find_many(&LIST_MEMBER, &place, &members).await?;
    if found.iter().all(Option::is_none) {
        return Ok(());
    }
    for row in found.into_iter().flatten() {
        draft.decide_gone(&LIST_MEMBER, (&place, &row.key), row.stamp);
    }
    touch(&mut draft, owner);
    cx.perform(draft).await
}

fn check_named(members: &[AccountId]) -> Result<(), Refusal> {
    if members.len() > NAMED_MAX {
        let sentence = format!("At most {NAMED_MAX} accounts can be named at once.");
        return Err(Refusal::invalid("account_ids", "too_many", sentence));
    }
    Ok(())
}
