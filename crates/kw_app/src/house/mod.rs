//! The server itself, as its operator sees it: what it is, and whether all its rows are as they should be.

mod find_origin;

pub use find_origin::find_origin;
