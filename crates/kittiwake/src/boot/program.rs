//! Which program starts, with which configuration: what the ledger records of a start, so that whoever reads it later knows
//! what was running when.

use std::fs::File;
use std::io;

use kw_staff::entry::Started;
use sha2::{Digest, Sha256};

use crate::config::Config;

/// The version, the hash of the binary, and the hash of the configuration as it is shown, without its secrets. A binary
/// that cannot be read, as when it was replaced while it ran, has the hash of nothing.
pub fn what_starts(config: &Config) -> Started {
    Started {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        binary: hash_of_binary().unwrap_or_else(|_| Sha256::digest(b"").into()),
        configuration: Sha256::digest(format!("{config:?}")).into(),
    }
}

fn hash_of_binary() -> io::Result<[u8; 32]> {
    let mut hash = Sha256::new();
    io::copy(&mut File::open(std::env::current_exe()?)?, &mut hash)?;
    Ok(hash.finalize().into())
}
