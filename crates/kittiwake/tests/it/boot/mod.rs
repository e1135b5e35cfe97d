//! Starting and stopping the real server: what it prints, how it stops, what a kill leaves behind.

pub mod server;
mod start;

use server::Server;
