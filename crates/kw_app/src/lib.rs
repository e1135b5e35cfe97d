//! Use cases: load rows, ask the rules, perform one operation. The only crate that names rows.
//!
//! `<noun>/<verb>.rs` is one thing somebody does. Every use case takes a [`Context`](context::Context) and, when it
//! writes, an [`Authority`](authority::Authority). Deliberately absent: HTTP, JSON, HTML, a clock or chance of its own.

pub mod account;
pub mod authority;
pub mod buckets;
mod caches;
mod changed;
mod code;
pub mod colony;
pub mod context;
pub mod credential;
pub mod failure;
pub mod families;
pub mod family;
pub mod feed;
pub mod founding;
pub mod graph;
pub mod heads;
pub mod house;
pub mod invitation;
mod kept;
pub mod key;
pub mod ledger;
pub mod list;
pub mod marker;
pub mod mint;
pub mod notification;
pub mod oauth;
pub mod operation;
pub mod outside;
pub mod picture;
pub mod post;
pub mod relationship;
pub mod rows;
pub mod search;
pub mod secret;
pub mod session;
pub mod settings;
pub mod sheet;
pub mod staff;
pub mod timeline;
mod totals;
mod upkeep;
pub mod view;
pub mod viewer;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod world;
