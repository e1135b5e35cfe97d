//! What is measured, one file a scenario.

pub mod day;
pub mod followers;
pub mod home;
pub mod load;
pub mod memory;
pub mod post;
pub mod soak;
pub mod standing;
pub mod start;
