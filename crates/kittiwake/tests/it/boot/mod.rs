//! Starting and stopping the real server: what it prints, how it stops, what a kill leaves behind.

mod server;
mod start;

use server::Server;
