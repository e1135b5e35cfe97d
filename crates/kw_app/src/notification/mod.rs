//! What an account is told: written beside the rows that cause it, checked again when it is read.
//!
//! Posts of those whose every post an account wants to hear of are not written for it: they are found in their authors'
//! outboxes when it reads, under ids that follow from the posts. So a post costs the same however many ask for it.

mod clear;
mod count;
mod dismiss;
mod find;
mod group;
mod list;
mod scan;
mod write;

#[cfg(test)]
mod tests;

pub use clear::clear;
pub use count::{count_unread, count_unread_groups};
pub use dismiss::{dismiss, dismiss_group};
pub use find::find;
pub use group::{GroupView, find_group, list_group_accounts, list_groups};
pub use list::{Kept, NotificationFilter, NotificationView, list};
pub use write::load_policy;
pub(crate) use write::{KEPT_MS, Notice, id_of, unwrite, write};
