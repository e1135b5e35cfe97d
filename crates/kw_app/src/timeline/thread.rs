//! A post's thread: what it answers, and what answers it.

use std::collections::BTreeMap;

use kw_domain::id::PostId;
use kw_domain::visibility::Surface;

use crate::buckets::Window;
use crate::context::Context;
use crate::failure::Failure;
use crate::families::{POST, THREAD};
use crate::key::Only;
use crate::view::Item;
use crate::view::post::{load_item, load_items};
use crate::viewer::Viewer;

/// A post's thread.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thread {
    /// What it answers, oldest first.
    pub ancestors: Vec<Item>,
    /// The post.
    pub post: Item,
    /// What answers it, as a tree written out depth first, older answers first.
    pub descendants: Vec<Item>,
}

/// How far a thread is followed.
struct Bounds {
    ancestors: usize,
    descendants: usize,
    depth: usize,
}

impl Bounds {
    const VISITOR: Self = Self { ancestors: 40, descendants: 60, depth: 20 };
    const MEMBER: Self = Self { ancestors: 4_096, descendants: 4_096, depth: 4_096 };
}

/// Rows of a conversation that are looked at to find answers.
const CONVERSATION_ROWS_MAX: usize = 10_000;

/// The thread of a post, as far as the viewer may see it; of a boost, its subject's.
pub async fn load_thread(cx: &Context, viewer: &Viewer, id: PostId) -> Result<Thread, Failure> {
    let item = load_item(cx, viewer, id).await?;
    let id = item.post.post.id;
    let post = if item.boosted_by.is_some() { load_item(cx, viewer, id).await? } else { item };
    let bounds = if viewer.id.is_some() { Bounds::MEMBER } else { Bounds::VISITOR };

    let above = ancestors_of(cx, &post, &bounds).await?;
    let below = descendants_of(cx, &post, &bounds).await?;
    // Whom a reader mutes, they do not come upon.
    let is_heard = |item: &Item| !viewer.graph.mutes_at(item.post.author.account.id, cx.now());
    let ancestors = load_items(cx, viewer, &above, Surface::Discovery).await?;
    let descendants = load_items(cx, viewer, &below, Surface::Discovery).await?;
    let ancestors = ancestors.into_iter().flatten().filter(is_heard).collect();
    let descendants = descendants.into_iter().flatten().filter(is_heard).collect();
    Ok(Thread { ancestors, post, descendants })
}

/// Oldest first. A deleted post ends the way up; one that may not be seen is passed by.
async fn ancestors_of(cx: &Context, post: &Item, bounds: &Bounds) -> Result<Vec<PostId>, Failure> {
    let mut ids = Vec::new();
    let mut next = post.post.post.in_reply_to.map(|reply| reply.post);
    while let Some(id) = next.filter(|_| ids.len() < bounds.ancestors) {
        let Some(row) = cx.find(&POST, &id, &Only).await? else { break };
        ids.push(id);
        next = row.value.in_reply_to.map(|(post, _)| PostId(post));
    }
    ids.reverse();
    Ok(ids)
}

async fn descendants_of(cx: &Context, post: &Item, bounds: &Bounds) -> Result<Vec<PostId>, Failure> {
    let post = &post.post.post;
    // Answers are newer than what they answer.
    let window = Window { above: Some(post.id), ..Window::newest(CONVERSATION_ROWS_MAX) };
    let mut answers: BTreeMap<PostId, Vec<PostId>> = BTreeMap::new();
    for row in THREAD.page(cx, post.conversation, &window).await? {
        if let Some(parent) = row.value.parent {
            // Rows come newest first, so the oldest answer is the last of its parent's and the first to be popped.
            answers.entry(PostId(parent)).or_default().push(row.key);
        }
    }
    let mut ids = Vec::new();
    let mut open: Vec<(PostId, usize)> =
        answers.remove(&post.id).unwrap_or_default().into_iter().map(|id| (id, 1)).collect();
    while let Some((id, depth)) = open.pop().filter(|_| ids.len() < bounds.descendants) {
        ids.push(id);
        if depth < bounds.depth {
            open.extend(answers.remove(&id).unwrap_or_default().into_iter().map(|id| (id, depth + 1)));
        }
    }
    Ok(ids)
}
