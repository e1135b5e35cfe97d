//! Private notes about people.

use kw_domain::id::AccountId;
use kw_domain::refusal::Refusal;
use kw_domain::relationship::follow::may_relate;
use kw_domain::text::{clean, length};

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

/// How long a note may be, in characters and in bytes.
const NOTE_CHARS_MAX: usize = 2_000;
const NOTE_BYTES_MAX: usize = 16 * 1024;

/// Writes a note about an account that its writer alone sees; an empty one takes it away.
pub async fn note(
    cx: &Context,
    authority: &Authority,
    target: AccountId,
    text: &str,
) -> Result<RelationshipView, Failure> {
    let reader = authority.acting()?;
    load_target(cx, &Viewer::member(cx, reader).await?, target).await?;
    let text = clean::body(text);
    if length::graphemes(&text) > NOTE_CHARS_MAX || text.len() > NOTE_BYTES_MAX {
        let sentence = format!("This note is longer than {NOTE_CHARS_MAX} characters.");
        return Err(Refusal::invalid("comment", "too_long", sentence).into());
    }
    if text.is_empty() {
        retry(|| end(cx, authority, RelationKey::Note(target))).await?;
    } else {
        retry(|| note_once(cx, authority, target, &text)).await?;
    }
    load_relationship(cx, reader, target).await
}

async fn note_once(cx: &Context, authority: &Authority, target: AccountId, text: &str) -> Result<(), Failure> {
    let reader = authority.acting()?;
    let key = RelationKey::Note(target);
    let note = cx.find(&RELATIONS, &reader, &key).await?;
    if note.is_none() {
        may_relate(cx.count(&RELATIONS, &reader).await?)?;
    }
    let row = RelationRow { text: text.to_owned(), ..RelationRow::version() };
    let mut draft = cx.draft(authority);
    draft.decide(&RELATIONS, (&reader, &key), Before::of(note.as_ref()), &row);
    touch(&mut draft, reader);
    cx.perform(draft).await
}
