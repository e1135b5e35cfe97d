//! Writing a post.

use kw_domain::id::{AccountId, ConversationId, PostId};
use kw_domain::notification::Kind;
use kw_domain::post::write::{Words, Written, read_words};
use kw_domain::post::{Application, Post, ReplyTo, Visibility};
use kw_domain::refusal::{self, Refusal};
use kw_domain::time::Millis;
use sha2::{Digest, Sha256};

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::{DIRECT, IDEMPOTENCY, LOCAL, NOTIFICATION, POST, REPLIES, TAG, THREAD};
use crate::feed::{Change, Event};
use crate::key::Only;
use crate::notification::{Notice, write};
use crate::operation::{Before, Draft};
use crate::post::mentions::find_named;
use crate::post::own::{counts_as_reply, ensure_local, ensure_tags, entry_of, is_local_news, shelf_of};
use crate::post::step_up;
use crate::rows::{Hash, IdempotencyRow, OwnedRow, PostRow, ThreadRow};
use crate::upkeep::tended;
use crate::view::PostView;
use crate::view::post::load_post;
use crate::viewer::Viewer;

/// How long an idempotency key is remembered, in milliseconds.
const IDEMPOTENCY_MS: u64 = Millis::HOUR;
/// How old an id may be when its operation begins, in milliseconds. Readers by `since_id` count on young ids.
const ID_AGE_MS_MAX: u64 = 1_000;

/// A post to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewPost {
    /// The text, as it came in.
    pub text: String,
    /// The content warning; empty for none.
    pub spoiler_text: String,
    /// For whom.
    pub visibility: Visibility,
    /// A language tag in any usual form.
    pub language: Option<String>,
    /// Pictures are covered.
    pub sensitive: bool,
    /// The post it replies to; of a boost, its subject.
    pub in_reply_to: Option<PostId>,
    /// The client's name for this attempt: within an hour the same name gives the same post.
    pub idempotency_key: Option<String>,
    /// The client it is written with.
    pub application: Option<Application>,
}

/// Posts. A repeated idempotency key answers the first post and changes nothing.
///
/// One operation: the idempotency key decides, or else the author's entry; the post, its thread, its lists and the
/// notifications of those it names follow. Followers who asked to be told of each post are told when they read: nothing
/// is written for each follower.
pub async fn create(cx: &Context, authority: &Authority, new: &NewPost) -> Result<PostView, Failure> {
    let author = authority.acting()?;
    let id = retry(|| create_once(cx, authority, author, new)).await?;
    load_post(cx, &Viewer::member(cx, author).await?, id).await
}

async fn create_once(cx: &Context, authority: &Authority, author: AccountId, new: &NewPost) -> Result<PostId, Failure> {
    let key: Option<Hash> = new.idempotency_key.as_ref().map(|key| Sha256::digest(key).into());
    if let Some(key) = &key
        && let Some(row) = cx.find(&IDEMPOTENCY, &author, key).await?
    {
        return Ok(PostId(row.value.post));
    }
    step_up::check(cx, authority)?;
    let written = Written {
        text: new.text.clone(),
        spoiler_text: new.spoiler_text.clone(),
        sensitive: new.sensitive,
        language: new.language.clone(),
    };
    let words = read_words(&written, cx.settings().post_characters_max)?;
    let post = compose(cx, author, new, words).await?;

    let mut draft = cx.draft(authority);
    decide(cx, &mut draft, &post, key.as_ref()).await?;
    ensure_places(cx, &mut draft, &post).await?;
    notify_named(cx, &mut draft, &post).await?;
    if cx.now().0.saturating_sub(post.id.at().0) > ID_AGE_MS_MAX {
        return Err(Failure::Conflict);
    }
    cx.perform(draft).await?;
    tend(cx, &post).await;
    Ok(post.id)
}

/// The post, with an id of its own and whom it names.
async fn compose(cx: &Context, author: AccountId, new: &NewPost, words: Words) -> Result<Post, Failure> {
    let viewer = Viewer::member(cx, author).await?;
    let parent = match new.in_reply_to {
        Some(id) => Some(load_parent(cx, &viewer, id).await?),
        None => None,
    };
    let mut body = words.body;
    body.mentions = find_named(cx, &viewer, &words.names).await?;
    let id = PostId(cx.mint_id_above(parent.as_ref().map_or(0, |parent| parent.post.id.0)).await?);
    let conversation = match &parent {
        Some(parent) => parent.post.conversation,
        None => ConversationId(cx.mint_id().await?),
    };
    Ok(Post {
        id,
        author,
        created_at: id.at(),
        edited_at: None,
        body,
        visibility: new.visibility,
        in_reply_to: parent.map(|parent| ReplyTo { post: parent.post.id, author: parent.post.author }),
        conversation,
        application: new.application.clone(),
    })
}

async fn load_parent(cx: &Context, viewer: &Viewer, id: PostId) -> Result<PostView, Failure> {
    match load_post(cx, viewer, id).await {
        Err(Failure::Refused(_)) => {
            let sentence = "The post you are trying to reply to does not appear to exist.";
            Err(Refusal::new(refusal::Kind::Missing, "no_parent", sentence).into())
        }
        parent => parent,
    }
}

async fn decide(cx: &Context, draft: &mut Draft, post: &Post, key: Option<&Hash>) -> Result<(), Failure> {
    let shelf = shelf_of(post.visibility);
    let entry = entry_of(post, 0);
    if let Some(key) = key {
        let row = IdempotencyRow { post: post.id.0 };
        let until = cx.now().0 + IDEMPOTENCY_MS;
        draft.decide_until(&IDEMPOTENCY, (&post.author, key), Before::Absent, &row, Some(until));
        shelf.ensure(cx, draft, post.author, &post.id, &entry).await?;
    } else {
        let place = shelf.place(cx, post.author, &post.id).await?;
        draft.decide(&shelf.rows, (&place, &post.id), Before::Absent, &entry);
    }
    if post.visibility == Visibility::Direct {
        for named in post.body.mentions.iter().filter(|named| **named != post.author) {
            DIRECT.ensure(cx, draft, *named, &post.id, &entry).await?;
        }
    }
    Ok(())
}

/// The post itself, and every list that it stands in.
async fn ensure_places(cx: &Context, draft: &mut Draft, post: &Post) -> Result<(), Failure> {
    draft.ensure(&POST, (&post.id, &Only), &PostRow::of(post));
    let thread = ThreadRow { author: post.author.0, parent: post.in_reply_to.map(|reply| reply.post.0) };
    THREAD.ensure(cx, draft, post.conversation, &post.id, &thread).await?;
    if let Some(parent) = post.in_reply_to.filter(|_| counts_as_reply(post)) {
        REPLIES.ensure(cx, draft, parent.post, &post.id, &OwnedRow { id: post.author.0 }).await?;
    }
    ensure_local(cx, draft, post).await?;
    if post.visibility == Visibility::Public {
        ensure_tags(cx, draft, post, &post.body.tags.iter().collect::<Vec<_>>()).await?;
    }
    if post.visibility != Visibility::Direct {
        draft.tell(Event::outbox(post.author, post.id, Change::Added));
    }
    Ok(())
}

async fn notify_named(cx: &Context, draft: &mut Draft, post: &Post) -> Result<(), Failure> {
    for named in &post.body.mentions {
        let notice = Notice { to: *named, kind: Kind::Mention, from: post.author, post: Some(post), at: post.id.at() };
        write(cx, draft, &notice).await?;
    }
    Ok(())
}

async fn tend(cx: &Context, post: &Post) {
    tended(shelf_of(post.visibility).tend(cx, post.author, &post.id).await);
    tended(THREAD.tend(cx, post.conversation, &post.id).await);
    if let Some(parent) = post.in_reply_to {
        tended(REPLIES.tend(cx, parent.post, &post.id).await);
    }
    if is_local_news(post) {
        tended(LOCAL.tend(cx, Only, &post.id).await);
    }
    if post.visibility == Visibility::Public {
        for tag in &post.body.tags {
            tended(TAG.tend(cx, tag.clone(), &post.id).await);
        }
    }
    for named in &post.body.mentions {
        let id = crate::notification::id_of(Kind::Mention, post.author, Some(post.id), post.id.at());
        tended(NOTIFICATION.tend(cx, *named, &id).await);
    }
}
