//! Posts and boosts as they are kept: the row, and the numbers of a post.

use std::borrow::Borrow;
use std::ops::Deref;
use std::sync::Arc;

use kw_domain::id::{AccountId, PostId};
use kw_domain::post::{Post, PostCounts};

use crate::context::Context;
use crate::failure::Failure;
use crate::families::{BOOSTS, LIKES, POST, REPLIES};
use crate::kept::Kept;
use crate::key::Only;
use crate::sheet::Piece;

/// The posts and boosts in memory.
pub type PostSheets = Kept<PostId, PostSheet>;

/// A post with its numbers, or a boost. Cheap to clone.
#[derive(Debug, Clone)]
pub struct PostSheet(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    post: Post,
    boost_of: Option<PostId>,
    counts: PostCounts,
    piece: Piece<Named>,
}

/// The names in what an edge makes of a post: whose they are can change without the post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Named {
    pub author: String,
    pub mentions: Vec<(AccountId, String)>,
}

impl PostSheet {
    /// Of a boost, its subject. A boost says nothing itself.
    pub(crate) fn boost_of(&self) -> Option<PostId> {
        self.0.boost_of
    }

    /// Its numbers; none of a boost.
    pub fn counts(&self) -> PostCounts {
        self.0.counts
    }

    pub(crate) fn piece(&self) -> &Piece<Named> {
        &self.0.piece
    }
}

impl Deref for PostSheet {
    type Target = Post;

    fn deref(&self) -> &Post {
        &self.0.post
    }
}

impl Borrow<Post> for PostSheet {
    fn borrow(&self) -> &Post {
        &self.0.post
    }
}

impl PartialEq for PostSheet {
    fn eq(&self, other: &Self) -> bool {
        self.0.post == other.0.post && self.0.boost_of == other.0.boost_of && self.0.counts == other.0.counts
    }
}

impl Eq for PostSheet {}

/// The sheet of a post or boost, if there is one with that id.
pub async fn load_post_sheet(cx: &Context, id: PostId) -> Result<Option<PostSheet>, Failure> {
    let sheets = &cx.caches().posts;
    if let Some(sheet) = sheets.find(&id) {
        return Ok(Some(sheet));
    }
    let before = sheets.before(&id);
    let Some(row) = cx.find(&POST, &id, &Only).await? else { return Ok(None) };
    let boost_of = row.value.boost_of.map(|(subject, _)| PostId(subject));
    let counts = if boost_of.is_none() { load_counts(cx, id).await? } else { PostCounts::default() };
    let inner = Inner { post: row.value.post(id), boost_of, counts, piece: Piece::default() };
    let sheet = PostSheet(Arc::new(inner));
    Ok(Some(sheets.keep(&id, sheet, before)))
}

async fn load_counts(cx: &Context, id: PostId) -> Result<PostCounts, Failure> {
    Ok(PostCounts {
        replies: REPLIES.total(cx, id).await?,
        boosts: BOOSTS.total(cx, id).await?,
        favourites: LIKES.total(cx, id).await?,
    })
}
