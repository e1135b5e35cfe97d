//! Muting a conversation: what is said in it notifies no more.

use kw_domain::id::{ConversationId, PostId};
use kw_domain::relationship::follow::may_relate;

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::RELATIONS;
use crate::operation::Before;
use crate::relationship::touch;
use crate::rows::{RelationKey, RelationRow};
use crate::view::PostView;
use crate::view::post::load_post;
use crate::viewer::Viewer;

/// Mutes the conversation that a post is part of. Repeating it changes nothing.
pub async fn mute(cx: &Context, authority: &Authority, id: PostId) -> Result<PostView, Failure> {
    let reader = authority.acting()?;
    let view = load_post(cx, &Viewer::member(cx, reader).await?, id).await?;
    retry(|| mute_once(cx, authority, view.post.conversation)).await?;
    load_post(cx, &Viewer::member(cx, reader).await?, id).await
}

async fn mute_once(cx: &Context, authority: &Authority, conversation: ConversationId) -> Result<(), Failure> {
    let reader = authority.acting()?;
    let key = RelationKey::Conversation(conversation);
    if cx.find(&RELATIONS, &reader, &key).await?.is_some() {
        return Ok(());
    }
    may_relate(cx.count(&RELATIONS, &reader).await?)?;
    let mut draft = cx.draft(authority);
    draft.decide(&RELATIONS, (&reader, &key), Before::Absent, &RelationRow::version());
    touch(&mut draft, reader);
    cx.perform(draft).await
}

/// Listens to the conversation again. Repeating it changes nothing.
pub async fn unmute(cx: &Context, authority: &Authority, id: PostId) -> Result<PostView, Failure> {
    let reader = authority.acting()?;
    let view = load_post(cx, &Viewer::member(cx, reader).await?, id).await?;
    retry(|| unmute_once(cx, authority, view.post.conversation)).await?;
    load_post(cx, &Viewer::member(cx, reader).await?, id).await
}

async fn unmute_once(cx: &Context, authority: &Authority, conversation: ConversationId) -> Result<(), Failure> {
    let reader = authority.acting()?;
    let key = RelationKey::Conversation(conversation);
    let Some(row) = cx.find(&RELATIONS, &reader, &key).await? else { return Ok(()) };
    let mut draft = cx.draft(authority);
    draft.decide_gone(&RELATIONS, (&reader, &key), row.stamp);
    touch(&mut draft, reader);
    cx.perform(draft).await
}
