//! Use cases against the reference model of the store, with a clock that stands still and seeded chance.

mod account;
mod cost;
mod erase;
mod house;
mod insider;
mod invitation;
mod ledger;
mod mint;
mod oauth;
mod play;
mod rename;
mod second_factor;
mod session;
mod staff;
pub mod world;
