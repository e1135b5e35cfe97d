//! Timelines: views computed from outboxes and lists of ids, for one viewer at one moment.
//!
//! Deliberately absent: anything stored per reader. Home is a merge of heads; the rest are lists of ids, read through the
//! visibility check.

pub mod home;
pub mod listing;
mod merge;
pub(crate) mod newest;
pub mod thread;

pub use home::{load_home, load_list};
pub use listing::{Listing, ProfileFilter, load_listing};
pub use thread::{Thread, load_thread};
