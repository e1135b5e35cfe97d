//! Sheets: an account or a post as it is kept in memory, with its numbers and with what an edge made of it.
//!
//! A sheet is no proof that anybody may see it: views hold it as `Visible`, which only the visibility check makes, and only
//! from there can a piece be had. Nothing in a sheet depends on who looks, on the hour, or on what staff decided: these
//! are asked at every page.

mod account;
mod piece;
mod post;

pub use account::{AccountSheet, AccountSheets, load_account_sheet};
pub use piece::Piece;
pub(crate) use post::Named;
pub use post::{PostSheet, PostSheets, load_post_sheet};
