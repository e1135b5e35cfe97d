//! Views: what an edge shows, loaded and checked. Every value in here went through the visibility check (I3).

pub mod account;
pub(crate) mod marks;
pub(crate) mod people;
pub mod post;

pub use account::{AccountView, Shell};
pub use post::{Item, PostView};

/// A page of something, newest first, with the ids that its neighbours are asked for by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page<T> {
    /// What is shown.
    pub items: Vec<T>,
    /// Older things may exist below this id (`max_id` of the next page). `None` at the end.
    pub older: Option<u64>,
    /// Newer things may appear above this id (`min_id` of the previous page).
    pub newer: Option<u64>,
}

impl<T> Page<T> {
    /// Nothing, and nothing to ask for.
    pub const fn empty() -> Self {
        Self { items: Vec::new(), older: None, newer: None }
    }
}
