//! Lists of accounts.

pub mod change;
pub mod members;
pub mod show;
