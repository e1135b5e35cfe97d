//! Changing what a post says.

use kw_domain::id::{AccountId, PostId};
use kw_domain::notification::Kind;
use kw_domain::post::write::{Written, read_words};
use kw_domain::post::{Body, Post, Visibility};
use kw_domain::refusal::Refusal;
use kw_domain::time::Millis;

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::{DIRECT, EDIT, POST};
use crate::feed::{Change, Event};
use crate::key::Only;
use crate::notification::{Notice, write};
use crate::operation::{Before, Draft};
use crate::post::mentions::find_named;
use crate::post::own::{Own, ensure_no_tags, ensure_tags, entry_of, load_own};
use crate::post::step_up;
use crate::rows::{BodyRow, EditRow, PostRow};
use crate::view::PostView;
use crate::view::post::load_post;
use crate::viewer::Viewer;

/// How often a post can be changed.
pub(crate) const EDITS_MAX: usize = 500;

/// What a post shall say from now on. For whom it is cannot be changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// The text, as it came in.
    pub text: String,
    /// The content warning; empty for none.
    pub spoiler_text: String,
    /// Pictures are covered.
    pub sensitive: bool,
    /// A language tag in any usual form.
    pub language: Option<String>,
}

/// Changes what one of one's own posts says. Saying the same again changes nothing.
///
/// One operation, decided by the author's entry, whose number of edits goes up: what the post said before is kept, and
/// whom it names only now is told. Those who boosted or favourited it are not: the operation would grow with their
/// number, and the post shows that it was changed.
pub async fn edit(cx: &Context, authority: &Authority, id: PostId, edited: &Edited) -> Result<PostView, Failure> {
    let author = authority.acting()?;
    retry(|| edit_once(cx, authority, author, id, edited)).await?;
    load_post(cx, &Viewer::member(cx, author).await?, id).await
}

async fn edit_once(
    cx: &Context,
    authority: &Authority,
    author: AccountId,
    id: PostId,
    edited: &Edited,
) -> Result<(), Failure> {
    let Own { post: before, shelf, place, entry } = load_own(cx, author, id).await?;
    let edits = entry.value.edits;
    let body = read_body(cx, author, edited).await?;
    if body == before.body {
        return Ok(());
    }
    step_up::check(cx, authority)?;
    if edits as usize >= EDITS_MAX {
        let sentence = format!("This post was changed {EDITS_MAX} times, which is as often as can be.");
        return Err(Refusal::invalid("status", "edits_full", sentence).into());
    }
    // Versions are told apart by their moments, so no two edits share one.
    let at = cx.now().max(last_change(&before).plus_ms(1));
    let after = Post { body, edited_at: Some(at), ..before.clone() };

    let mut draft = cx.draft(authority);
    let changed = entry_of(&after, edits + 1);
    draft.decide(&shelf.rows, (&place, &id), Before::Is(entry.stamp), &changed);
    draft.ensure(&POST, (&id, &Only), &PostRow::of(&after));
    let kept = EditRow { since: last_change(&before).0, body: BodyRow::of(&before.body) };
    draft.ensure(&EDIT, (&id, &at.0), &kept);
    ensure_moved(cx, &mut draft, &before, &after).await?;
    notify_newly_named(cx, &mut draft, &before, &after).await?;
    cx.perform(draft).await
}

/// Since when a post says what it says.
fn last_change(post: &Post) -> Millis {
    post.edited_at.unwrap_or(post.created_at)
}

async fn read_body(cx: &Context, author: AccountId, edited: &Edited) -> Result<Body, Failure> {
    let written = Written {
        text: edited.text.clone(),
        spoiler_text: edited.spoiler_text.clone(),
        sensitive: edited.sensitive,
        language: edited.language.clone(),
    };
    let words = read_words(&written, cx.settings().post_characters_max)?;
    let viewer = Viewer::member(cx, author).await?;
    let mentions = find_named(cx, &viewer, &words.names).await?;
    Ok(Body { mentions, ..words.body })
}

/// What is in `new` and not in `old`.
fn added<'a, T: PartialEq>(old: &[T], new: &'a [T]) -> Vec<&'a T> {
    new.iter().filter(|it| !old.contains(it)).collect()
}

/// Moves the post between the lists of tags, and of a direct post between the lists of those it names.
async fn ensure_moved(cx: &Context, draft: &mut Draft, before: &Post, after: &Post) -> Result<(), Failure> {
    if after.visibility == Visibility::Public {
        ensure_tags(cx, draft, after, &added(&before.body.tags, &after.body.tags)).await?;
        ensure_no_tags(cx, draft, after.id, &added(&after.body.tags, &before.body.tags)).await?;
    }
    if after.visibility != Visibility::Direct {
        draft.tell(Event::outbox(after.author, after.id, Change::Edited));
        return Ok(());
    }
    let entry = entry_of(after, 0);
    for named in added(&before.body.mentions, &after.body.mentions) {
        if *named != after.author {
            DIRECT.ensure(cx, draft, *named, &after.id, &entry).await?;
        }
    }
    for named in added(&after.body.mentions, &before.body.mentions) {
        if *named != after.author {
            DIRECT.ensure_gone(cx, draft, *named, &after.id).await?;
        }
    }
    Ok(())
}

async fn notify_newly_named(cx: &Context, draft: &mut Draft, before: &Post, after: &Post) -> Result<(), Failure> {
    for named in added(&before.body.mentions, &after.body.mentions) {
        let at = last_change(after);
        let notice = Notice { to: *named, kind: Kind::Mention, from: after.author, post: Some(after), at };
        write(cx, draft, &notice).await?;
    }
    Ok(())
}
