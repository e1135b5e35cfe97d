//! The server itself, as its operator sees it: which it is, and whether all its rows are as they should be.

mod examine;
mod find_origin;
mod pointers;

pub use examine::{Examination, Finding, examine};
pub use find_origin::find_origin;
