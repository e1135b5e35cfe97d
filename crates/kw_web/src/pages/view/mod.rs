//! From views of the use cases to the plain structs of the pages: accounts, posts, notifications, text.
//!
//! What comes in here went through the visibility check. Addresses are paths, so that a page stays within the address
//! that it was asked at. Deliberately absent: loading and deciding.

pub mod account;
pub mod ledger;
pub mod notification;
pub mod post;
pub mod profile;
pub mod text;

use kw_domain::time::Millis;

/// A moment as pages take it.
pub const fn ms(at: Millis) -> i64 {
    at.0 as i64
}
