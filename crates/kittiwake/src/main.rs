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
    end_quietly_when_nobody_reads();
    match cli::run(cli::Cli::parse()) {
        Ok(Outcome::Well) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("kittiwake: {error}");
            ExitCode::from(error.status())
        }
    }
}

/// `kittiwake ledger show | head` is no trouble: when whoever reads has seen enough, the rest is not written, and nothing is
/// said about it. Printing knows no other way to tell than a panic.
fn end_quietly_when_nobody_reads() {
    /// What shells expect of a program that was cut off so: 128 and the number of the signal.
    const CUT_OFF: i32 = 128 + 13;
    let otherwise = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        let said = panic.payload().downcast_ref::<String>();
        if said.is_some_and(|said| said.starts_with("failed printing to stdout") && said.contains("Broken pipe")) {
            std::process::exit(CUT_OFF);
        }
        otherwise(panic);
    }));
}
