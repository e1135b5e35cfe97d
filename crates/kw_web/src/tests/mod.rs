//! The edge's tests: requests to a whole server in memory, as clients and browsers send them.

mod accounts;
mod bad_input;
mod entities;
mod instance;
mod limits;
mod notifications;
mod oauth;
mod posts;
pub mod staff;
mod standing;
mod timelines;
mod tokens;
mod world;
