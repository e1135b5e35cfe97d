//! Finding accounts, posts and tags by what somebody types.
//!
//! Accounts and tags are found by how they begin. Posts are found by their address, or among one's own: there is no
//! index of words.

mod accounts;
mod posts;
mod tags;

#[cfg(test)]
mod tests;

pub use accounts::{Among, search_accounts};
pub use tags::{TagDay, TagView, load_tag, search_tags};

use crate::context::Context;
use crate::failure::Failure;
use crate::view::{AccountView, PostView};
use crate::viewer::Viewer;

/// What somebody looks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// Everything.
    All,
    /// Accounts.
    Accounts,
    /// Posts.
    Posts,
    /// Tags.
    Tags,
}

/// Which part of what is found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slice {
    /// How many are passed over, of each sort.
    pub offset: usize,
    /// How many at most, of each sort.
    pub limit: usize,
}

impl Slice {
    const fn end(self) -> usize {
        self.offset.saturating_add(self.limit)
    }

    fn of<T>(self, found: Vec<T>) -> Vec<T> {
        found.into_iter().skip(self.offset).take(self.limit).collect()
    }
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// Accounts.
    pub accounts: Vec<AccountView>,
    /// Posts.
    pub posts: Vec<PostView>,
    /// Tags.
    pub tags: Vec<TagView>,
}

/// What `query` finds: a name or its beginning, a tag or its beginning, the address of an account or a post here, or
/// `from:me` for one's own newest posts.
pub async fn search(
    cx: &Context,
    viewer: &Viewer,
    query: &str,
    wanted: Wanted,
    slice: Slice,
) -> Result<Found, Failure> {
    let query = query.trim();
    let mut found = Found::default();
    if query.is_empty() {
        return Ok(found);
    }
    if matches!(wanted, Wanted::All | Wanted::Accounts) {
        found.accounts = search_accounts(cx, viewer, query, Among::All, slice).await?;
    }
    if matches!(wanted, Wanted::All | Wanted::Posts) {
        found.posts = posts::search_posts(cx, viewer, query, slice).await?;
    }
    if matches!(wanted, Wanted::All | Wanted::Tags) {
        found.tags = search_tags(cx, query, slice).await?;
    }
    Ok(found)
}

/// The path of an address on this server, from its first slash on; none for any other text.
fn own_path<'q>(cx: &Context, query: &'q str) -> Option<&'q str> {
    if query.starts_with("/@") {
        return Some(query);
    }
    let origin = cx.settings().origin.as_str().trim_end_matches('/');
    let path = query.strip_prefix(origin)?;
    let path = path.split(['?', '#']).next().unwrap_or_default();
    path.starts_with("/@").then(|| path.trim_end_matches('/'))
}
