//! The server itself: which it is, whether all its rows are as they should be, how much is in it.

mod census;
mod count_rows;
mod examine;
mod find_origin;
mod pointers;

pub use census::{Census, CensusWalk, census, count_some};
pub use count_rows::{Numbers, count_rows};
pub use examine::{Examination, Finding, compare_counts, examine};
pub use find_origin::find_origin;
