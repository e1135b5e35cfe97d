//! Client applications.

pub mod register;
pub mod verify_credentials;
