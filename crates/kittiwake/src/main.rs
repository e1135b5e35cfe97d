//! The `kittiwake` binary: reads the configuration, opens the data directory, and serves, or does one thing and ends.
//!
//! It decides nothing about the network: rules are in `kw_domain`, use cases in `kw_app`, pages and the client API in
//! `kw_web`. Configuration picks the engine.

mod bench;
mod boot;
mod cli;
mod clock;
mod colony;
mod config;
mod demo;
mod failure;
mod outside;
mod password;
mod replay;
mod workers;

use std::process::ExitCode;

use clap::Parser;

use cli::Outcome;

/// Faster than the system's for many small, short-lived rows, and it gives memory back.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match cli::run(cli::Cli::parse()) {
        Ok(Outcome::Well) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("kittiwake: {error}");
            ExitCode::from(error.status())
        }
    }
}
