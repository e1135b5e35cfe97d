//! The server itself.

pub mod show;
