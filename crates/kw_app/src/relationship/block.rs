//! Blocking somebody, and letting them be again.

use kw_domain::id::{AccountId, RelationId};
use kw_domain::refusal::Refusal;
use kw_domain::relationship::follow::may_relate;

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::RELATIONS;
use crate::operation::Before;
use crate::relationship::load::{RelationshipView, load_relationship};
use crate::relationship::sever::{Severed, sever};
use crate::relationship::{load_target, touch};
use crate::rows::{RelationKey, RelationRow};
use crate::viewer::Viewer;

/// How often a block looks again for a follow that began while it was made.
const LOOKS_MAX: usize = 4;

/// Blocks an account: follows and requests between the two end in both directions. Repeating it changes nothing.
///
/// One operation, decided by the blocker's row. A follow that began meanwhile is found by looking again; one that begins
/// after that finds the block itself.
pub async fn block(cx: &Context, authority: &Authority, target: AccountId) -> Result<RelationshipView, Failure> {
    let reader = authority.acting()?;
    if reader == target {
        return Err(Refusal::forbidden().into());
    }
    load_target(cx, &Viewer::member(cx, reader).await?, target).await?;
    for _ in 0..LOOKS_MAX {
        if retry(|| block_once(cx, authority, target)).await? == Severed::Nothing {
            break;
        }
    }
    load_relationship(cx, reader, target).await
}

async fn block_once(cx: &Context, authority: &Authority, target: AccountId) -> Result<Severed, Failure> {
    let reader = authority.acting()?;
    let key = RelationKey::Block(target);
    let block = cx.find(&RELATIONS, &reader, &key).await?;
    let mut draft = cx.draft(authority);
    let row = if let Some(block) = &block {
        block.value.clone()
    } else {
        may_relate(cx.count(&RELATIONS, &reader).await?)?;
        RelationRow::plain(RelationId(cx.mint_id().await?))
    };
    draft.decide(&RELATIONS, (&reader, &key), Before::of(block.as_ref()), &row);
    let ours = sever(cx, &mut draft, reader, target).await?;
    let theirs = sever(cx, &mut draft, target, reader).await?;
    let is_severed = [ours, theirs].contains(&Severed::Something);
    if block.is_some() && !is_severed {
        return Ok(Severed::Nothing);
    }
    touch(&mut draft, reader);
    if theirs == Severed::Something {
        touch(&mut draft, target);
    }
    cx.perform(draft).await?;
    // Also when nothing was there to end: something may have begun since it was looked for.
    Ok(Severed::Something)
}

/// Blocks an account no longer. What the block ended does not come back. Repeating it changes nothing.
pub async fn unblock(cx: &Context, authority: &Authority, target: AccountId) -> Result<RelationshipView, Failure> {
    let reader = authority.acting()?;
    retry(|| end(cx, authority, RelationKey::Block(target))).await?;
    load_relationship(cx, reader, target).await
}

/// Deletes a relation of the reader's own that stands alone.
pub(crate) async fn end(cx: &Context, authority: &Authority, key: RelationKey) -> Result<(), Failure> {
    let reader = authority.acting()?;
    let Some(row) = cx.find(&RELATIONS, &reader, &key).await? else { return Ok(()) };
    let mut draft = cx.draft(authority);
    draft.decide_gone(&RELATIONS, (&reader, &key), row.stamp);
    touch(&mut draft, reader);
    cx.perform(draft).await
}
