//! Posts: writing, reading, changing, deleting them, and what members do with them.

pub mod boost;
pub mod context;
pub mod create;
pub mod delete;
pub mod edit;
pub mod history;
pub mod list;
pub mod mark;
pub mod people;
pub mod show;
pub mod source;
