//! Muting somebody, for a time or for good.

use kw_domain::id::{AccountId, RelationId};
use kw_domain::refusal::Refusal;
use kw_domain::relationship::follow::may_relate;
use kw_domain::time::Millis;

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::RELATIONS;
use crate::operation::Before;
use crate::relationship::block::end;
use crate::relationship::load::{RelationshipView, load_relationship};
use crate::relationship::{load_target, touch};
use crate::rows::{RelationKey, RelationRow};
use crate::viewer::Viewer;

/// What is wanted of a mute.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MuteChoices {
    /// What they do notifies no more.
    pub notifications: bool,
    /// For how long, in milliseconds; none for good.
    pub duration_ms: Option<u64>,
}

/// Mutes an account, who learns nothing of it. A second time changes the choices.
pub async fn mute(
    cx: &Context,
    authority: &Authority,
    target: AccountId,
    choices: MuteChoices,
) -> Result<RelationshipView, Failure> {
    let reader = authority.acting()?;
    if reader == target {
        return Err(Refusal::forbidden().into());
    }
    load_target(cx, &Viewer::member(cx, reader).await?, target).await?;
    retry(|| mute_once(cx, authority, target, choices)).await?;
    load_relationship(cx, reader, target).await
}

async fn mute_once(
    cx: &Context,
    authority: &Authority,
    target: AccountId,
    choices: MuteChoices,
) -> Result<(), Failure> {
    let reader = authority.acting()?;
    let key = RelationKey::Mute(target);
    let mute = cx.find(&RELATIONS, &reader, &key).await?;
    let id = if let Some(mute) = &mute {
        mute.value.id
    } else {
        may_relate(cx.count(&RELATIONS, &reader).await?)?;
        RelationId(cx.mint_id().await?).0
    };
    let row = RelationRow {
        id,
        until: choices.duration_ms.map(|duration_ms| cx.now().plus_ms(duration_ms)).map(|Millis(until)| until),
        notifications: choices.notifications,
        text: String::new(),
    };
    let mut draft = cx.draft(authority);
    draft.decide(&RELATIONS, (&reader, &key), Before::of(mute.as_ref()), &row);
    touch(&mut draft, reader);
    cx.perform(draft).await
}

/// Listens to an account again. Repeating it changes nothing.
pub async fn unmute(cx: &Context, authority: &Authority, target: AccountId) -> Result<RelationshipView, Failure> {
    let reader = authority.acting()?;
    retry(|| end(cx, authority, RelationKey::Mute(target))).await?;
    load_relationship(cx, reader, target).await
}
