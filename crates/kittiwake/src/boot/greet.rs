//! What the terminal says when the server is ready: where it is and what to do first. One short block, then silence.

use std::net::SocketAddr;
use std::path::Path;

use kw_app::settings::{Registrations, Settings};

use super::Founding;

/// Prints where the server is and what to do first.
pub fn greet(settings: &Settings, address: SocketAddr, data: &Path, members: u64, founding: &Founding) {
    let origin = settings.origin.as_str().trim_end_matches('/');
    println!();
    println!("  {} is open at {origin}", settings.title);
    println!();
    println!("  {}", first_step(settings, members));
    println!("  Apps: sign in with any Mastodon client; the server's name is {}", settings.domain());
    println!();
    founding.tell();
    println!("  Listening on {address} · data in {} · Ctrl-C stops", data.display());
    if !leads_here(settings, address) {
        println!("  People reach it under {origin} only if that address leads here (a reverse proxy, a name).");
    }
    println!();
}

fn first_step(settings: &Settings, members: u64) -> String {
    let origin = settings.origin.as_str().trim_end_matches('/');
    match (settings.registrations, members) {
        (Registrations::Open, 0) => format!("First: open {origin} and sign up."),
        (Registrations::Approval, 0) => "First: create your own account with `kittiwake account create`, as others \
                                         wait for approval (`kittiwake account approve`)."
            .to_owned(),
        (Registrations::Invitation, 0) => {
            "First: `kittiwake account invite` makes an invitation to sign up with.".to_owned()
        }
        (Registrations::Closed, 0) => "First: `kittiwake account create` makes an account.".to_owned(),
        (_, 1) => "1 member.".to_owned(),
        (_, members) => format!("{members} members."),
    }
}

/// Whether the origin is this very socket.
fn leads_here(settings: &Settings, address: SocketAddr) -> bool {
    let is_local = matches!(settings.origin.host_str(), Some("localhost" | "127.0.0.1" | "[::1]"));
    is_local && settings.origin.port_or_known_default() == Some(address.port())
}
