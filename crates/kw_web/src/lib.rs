//! The HTTP edge: the client API, sign-in of clients, discovery, and the pages.
//!
//! What one request meets, in this order: its id and the guards of every answer ([`layer`](mod@layer)), the row of the one
//! table in [`routes`](mod@routes) that names who may call it, the caller ([`Actor`](actor::Actor)), its rate limits, the
//! handler, a use case of `kw_app`, and a view. Deliberately absent: rules, rows, decisions about visibility. A handler
//! reads parameters, calls one use case and shows what comes back.

pub mod actor;
pub mod address;
mod api;
pub mod desk;
pub mod edge;
pub mod error;
pub mod frame;
mod layer;
mod ledger;
mod limit;
mod media;
mod oauth;
pub mod pages;
pub mod paging;
pub mod params;
pub mod route;
mod routes;
pub mod session;
#[cfg(test)]
mod tests;
mod time;
mod well_known;

pub use edge::{EdgeSettings, Network, Web};
pub use routes::{router, routes};
