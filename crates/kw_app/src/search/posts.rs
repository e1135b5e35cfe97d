//! Posts by address, and one's own.

use kw_domain::id::PostId;
use kw_domain::text::fold::fold_for_search;
use kw_domain::visibility::Surface;

use crate::buckets::Window;
use crate::context::Context;
use crate::failure::Failure;
use crate::families::OUTBOX;
use crate::search::{Slice, own_path};
use crate::view::PostView;
use crate::view::post::{load_items, load_post};
use crate::viewer::Viewer;

/// One's own newest entries that are looked through.
const OWN_SCAN_MAX: usize = 400;

/// The post at an address of this server; or, for `from:me` and further words, one's own posts with all of them.
pub(super) async fn search_posts(
    cx: &Context,
    viewer: &Viewer,
    query: &str,
    slice: Slice,
) -> Result<Vec<PostView>, Failure> {
    if let Some(id) = own_path(cx, query).and_then(post_in) {
        return match load_post(cx, viewer, id).await {
            Ok(view) => Ok(slice.of(vec![view])),
            Err(Failure::Refused(_)) => Ok(Vec::new()),
            Err(failure) => Err(failure),
        };
    }
    let mut words: Vec<&str> = query.split_whitespace().collect();
    let every = words.len();
    words.retain(|word| *word != "from:me");
    match viewer.id {
        Some(author) if words.len() < every => {
            let words: Vec<String> = words.into_iter().map(fold_for_search).collect();
            let window = Window::newest(OWN_SCAN_MAX);
            let rows = OUTBOX.page(cx, author, &window).await?;
            let own: Vec<PostId> =
                rows.into_iter().filter(|row| row.value.subject.is_none()).map(|row| row.key).collect();
            let mut found = Vec::new();
            for some in own.chunks(slice.limit.max(1)) {
                if found.len() >= slice.end() {
                    break;
                }
                let items = load_items(cx, viewer, some, Surface::Direct).await?;
                found.extend(items.into_iter().flatten().map(|item| item.post).filter(|view| has_all(view, &words)));
            }
            Ok(slice.of(found))
        }
        _ => Ok(Vec::new()),
    }
}

fn has_all(view: &PostView, words: &[String]) -> bool {
    let body = &view.post.body;
    let text = fold_for_search(&format!("{} {}", body.spoiler_text, body.text));
    words.iter().all(|word| text.contains(word.as_str()))
}

/// The post in `/@handle/id`.
fn post_in(path: &str) -> Option<PostId> {
    let (handle, id) = path.strip_prefix("/@")?.split_once('/')?;
    if handle.is_empty() { None } else { id.parse().ok() }
}
