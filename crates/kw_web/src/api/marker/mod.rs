//! Where a member stopped reading.

pub mod load;
pub mod save;
