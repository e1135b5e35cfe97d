//! The client API, one file a verb; and what holds for all of it.

mod post_favourite;
mod warm;
