//! What a reader did with the posts of a page. Those of the last pages are kept, so that a reader who comes again costs no
//! read; a favourite, boost, bookmark or pin of theirs drops them.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use kw_domain::id::{AccountId, PostId};
use kw_domain::post::Marks;

use crate::context::Context;
use crate::failure::Failure;
use crate::families::MARK;
use crate::kept::Kept;
use crate::rows::MarkKind;

/// Posts of which a reader's marks are kept; some pages.
const KNOWN_MAX: usize = 200;
/// The kinds of marks, in the order in which they are asked for.
const KINDS: [MarkKind; 4] = [MarkKind::Favourite, MarkKind::Boost, MarkKind::Bookmark, MarkKind::Pin];

/// What readers did with the posts that they saw last.
pub type Readers = Kept<AccountId, Arc<Mutex<Known>>>;

/// What one reader did with some posts. Muted conversations are no marks; they are asked of the reader's graph.
pub type Known = HashMap<PostId, Marks>;

/// What `reader` did with `posts`, in their order.
pub async fn load_marks(cx: &Context, reader: AccountId, posts: &[PostId]) -> Result<Vec<Marks>, Failure> {
    let readers = &cx.caches().marks;
    let known = readers.find(&reader).unwrap_or_else(|| {
        let before = readers.before(&reader);
        readers.keep(&reader, Arc::default(), before)
    });
    let missing = missing_of(&known, posts);
    // What changes from here on drops `known` out of the cache: what is read now is true for this page at least.
    let read = if missing.is_empty() { Known::new() } else { read_marks(cx, reader, &missing).await? };
    let mut known = known.lock().expect("no holder of this lock panics");
    let marks = posts.iter().map(|id| known.get(id).or_else(|| read.get(id)).copied().unwrap_or_default()).collect();
    if known.len() + read.len() > KNOWN_MAX {
        known.clear();
    }
    known.extend(read);
    Ok(marks)
}

fn missing_of(known: &Mutex<Known>, posts: &[PostId]) -> Vec<PostId> {
    let known = known.lock().expect("no holder of this lock panics");
    posts.iter().copied().filter(|id| !known.contains_key(id)).collect()
}

async fn read_marks(cx: &Context, reader: AccountId, posts: &[PostId]) -> Result<Known, Failure> {
    let mut by_place: BTreeMap<_, Vec<(PostId, MarkKind)>> = BTreeMap::new();
    for id in posts {
        let (_, bucket) = MARK.place(cx, reader, &(*id, MarkKind::Favourite)).await?;
        by_place.entry(bucket).or_default().extend(KINDS.map(|kind| (*id, kind)));
    }
    let mut marks: Known = posts.iter().map(|id| (*id, Marks::default())).collect();
    for (bucket, keys) in by_place {
        let found = cx.find_many(&MARK.rows, &(reader, bucket), &keys).await?;
        for (id, kind) in found.into_iter().flatten().map(|row| row.key) {
            let mark = marks.entry(id).or_default();
            match kind {
                MarkKind::Favourite => mark.favourited = true,
                MarkKind::Boost => mark.boosted = true,
                MarkKind::Bookmark => mark.bookmarked = true,
                MarkKind::Pin => mark.pinned = true,
            }
        }
    }
    Ok(marks)
}
