//! The command line, by the real binary: what it says, and what it refuses.

mod account;
mod bench;
mod config;
pub mod run;
mod staff;
mod transfer;

use run::Command;
