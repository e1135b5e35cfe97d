//! What people do with posts: write, change, delete, boost and mark them.
//!
//! Reading posts is [`crate::view::post`]'s and [`crate::timeline`]'s.

mod bookmark;
mod boost;
mod create;
mod delete;
mod edit;
mod favourite;
mod history;
mod mark;
mod mentions;
mod mute;
mod own;
mod people;
mod pin;
pub mod step_up;

#[cfg(test)]
mod tests;

pub use bookmark::{bookmark, unbookmark};
pub use boost::{boost, unboost};
pub use create::{NewPost, create};
pub use delete::delete;
pub use edit::{Edited, edit};
pub use favourite::{favourite, unfavourite};
pub use history::{Source, Version, history, source};
pub use mute::{mute, unmute};
pub(crate) use own::tag_shelf;
pub use people::{list_boosted_by, list_favourited_by};
pub use pin::{pin, unpin};

pub(crate) use boost::unboost_once;
pub(crate) use delete::delete_once;
pub(crate) use mark::unmark_once;
pub(crate) use own::find_row;
