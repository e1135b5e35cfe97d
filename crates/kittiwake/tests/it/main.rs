//! The one integration binary: what clients, browsers and operators see of the whole server.
//!
//! `world` is a server without sockets or disks, in which tests speak the client API; `cli` and `boot` run the real binary.
//! Each folder rhymes with the code that it tests.

mod api;
mod boot;
mod cli;
mod coverage;
mod ledger;
mod replay;
mod sim;
mod standing;
mod world;
