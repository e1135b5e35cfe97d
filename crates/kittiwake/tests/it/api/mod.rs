//! The client API, one file a verb.

mod post_favourite;
