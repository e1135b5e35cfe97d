//! The rules of the network: who may see, do and say what. Pure functions over plain values.
//!
//! Deliberately absent: I/O, async, serde, a clock, randomness, HTTP, HTML pages, rows. Rules cannot fail; they allow,
//! decide or refuse with a [`Refusal`](refusal::Refusal), whose sentence is fit to be shown to anyone.

pub mod account;
pub mod backlink;
pub mod client;
pub mod handle;
pub mod id;
pub mod language;
pub mod notification;
pub mod post;
pub mod refusal;
pub mod relationship;
pub mod scope;
pub mod sign_up;
pub mod text;
pub mod time;
pub mod timeline;
pub mod visibility;
