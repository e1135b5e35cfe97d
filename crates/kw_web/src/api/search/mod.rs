//! Finding accounts, posts and tags.

pub mod find;
pub mod tag;
