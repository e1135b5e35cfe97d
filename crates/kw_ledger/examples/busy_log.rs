//! Writes a log as a busy server would, into a directory, and checks one there. The same words always make the same log.
//!
//! ```text
//! busy_log write DIRECTORY ENTRIES      prints the log's public key
//! busy_log check DIRECTORY KEY          one line, and the exit status
//! ```
//!
//! For tests and for trying other programs on: the key is no secret, and what the entries tell is invented.

use std::path::Path;
use std::process::ExitCode;

use kw_ledger::tile::{BundleAddress, WIDTH, encode_bundle};
use kw_ledger::{Checkpoint, Edge, Hash, Leaf, Opening, Signer, Verifier, audit, leaf_hash};

const ORIGIN: &str = "ledger.example/ledger";
const SEED: [u8; 32] = [7; 32];
const STARTED_MS: u64 = 1_764_000_000_000;

type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let words: Vec<_> = arguments.iter().map(String::as_str).collect();
    let ended = match words[..] {
        ["write", directory, entries] => write(Path::new(directory), entries),
        ["check", directory, key] => check(Path::new(directory), key),
        _ => Err("usage: busy_log write DIRECTORY ENTRIES | busy_log check DIRECTORY KEY".into()),
    };
    match ended {
        Ok(words) => {
            println!("{words}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            println!("BROKEN: {error}");
            ExitCode::FAILURE
        }
    }
}

fn check(directory: &Path, key: &str) -> Outcome<String> {
    let key: Verifier = key.parse()?;
    let read = |path: String| std::fs::read(directory.join(path)).map_err(|error| error.to_string());
    let head = audit::check_published(&key, |resource| read(resource.to_string()))?;
    Ok(format!("WHOLE: {} entries, root {}", head.size, head.root.to_base64()))
}

fn write(directory: &Path, entries: &str) -> Outcome<String> {
    let signer = Signer::new(ORIGIN, &SEED)?;
    let total: u64 = entries.parse()?;
    let mut edge = Edge::new();
    let mut unsealed = Vec::new();
    publish(directory, &edge, 0, &mut unsealed, &signer)?;
    while edge.size() < total {
        let signed = edge.size();
        // Batches of many sizes, as they come when some seconds are busier than others.
        let batch = 1 + u64::from(chance(signed, 0).as_bytes()[0]);
        for index in signed..total.min(signed + batch) {
            let entry = entry(index)?;
            for tile in edge.push(leaf_hash(&entry)) {
                save(directory, &tile.address().to_string(), &tile.encode())?;
            }
            unsealed.push(entry);
        }
        publish(directory, &edge, signed, &mut unsealed, &signer)?;
    }
    Ok(signer.verifier().to_string())
}

/// Writes what a batch changed, the checkpoint last: whoever reads it finds everything that it implies.
fn publish(directory: &Path, edge: &Edge, from: u64, unsealed: &mut Vec<Vec<u8>>, signer: &Signer) -> Outcome<()> {
    for tile in edge.partial_tiles() {
        save(directory, &tile.address().to_string(), &tile.encode())?;
    }
    for address in BundleAddress::between(from, edge.size()) {
        let bundle = &unsealed[..usize::from(address.width)];
        save(directory, &address.to_string(), &encode_bundle(bundle)?)?;
        if u64::from(address.width) == WIDTH {
            unsealed.drain(..usize::from(address.width));
        }
    }
    let checkpoint = Checkpoint::new(ORIGIN, edge.head()).sign(signer)?;
    save(directory, "checkpoint", checkpoint.to_string().as_bytes())
}

fn entry(index: u64) -> Outcome<Vec<u8>> {
    let commit = |field: &str, part: u64, words: String| -> Outcome<Hash> {
        Ok(Opening::new(field, *chance(index, part).as_bytes(), words.into_bytes())?.commitment())
    };
    let is_step = index % 5 != 4;
    let leaf = Leaf {
        action: Some(u128::from(index / 5)),
        policy: Some(Hash::of(&[b"a policy"])),
        target: is_step.then(|| commit("target", 1, format!("account {}", index / 5))).transpose()?,
        body: Some(commit("body", 2, format!("what was signed at {index}"))?),
        ..Leaf::new(STARTED_MS + index * 37, if is_step { "step" } else { "in_force" })
    };
    Ok(leaf.to_bytes()?)
}

/// Reproducible chance: a hash of where it is used.
fn chance(index: u64, part: u64) -> Hash {
    Hash::of(&[&index.to_be_bytes(), &part.to_be_bytes()])
}

fn save(directory: &Path, path: &str, bytes: &[u8]) -> Outcome<()> {
    let file = directory.join(path);
    if let Some(folder) = file.parent() {
        std::fs::create_dir_all(folder)?;
    }
    Ok(std::fs::write(file, bytes)?)
}
