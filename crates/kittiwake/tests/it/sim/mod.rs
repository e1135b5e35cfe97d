//! What the network promises, tried at random: against a naive model, and on several nodes over a faulty store.

mod census;
mod checks;
mod life;
mod model;
mod network;
pub mod people;
mod simulation;
pub mod staff;
pub mod town;
mod turns;
