//! How a member posts and reads.

pub mod show;
