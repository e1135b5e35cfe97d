//! Timelines.

pub mod direct;
pub mod home;
pub mod list;
pub mod marked;
pub mod public;
pub mod tag;
