//! `cargo xtask fsck`: the ledger checked by transparency-dev's tessera, a program that others wrote for such logs.
//!
//! It comes through the Go module proxy and needs a newer Go than Debian's, so it is no part of `cargo xtask test`.

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use crate::failure::{Failure, Outcome, While};
use crate::place::Places;
use crate::run::quietly;

const PROGRAM: &str = "github.com/transparency-dev/tessera/cmd/fsck@v1.0.4";
/// How much of each of its lines is shown.
const LINE_CHARS_MAX: usize = 120;
/// The oldest Go that builds it: 1.24.
const GO_MINOR_MIN: u32 = 24;

/// Which log.
#[derive(Debug, Args)]
pub struct Target {
    /// The log: a directory, or the URL under which its `checkpoint` is
    log: String,
    /// Its public key, as a verifier key: name+hash+key
    key: String,
}

/// Fetches fsck where it is missing, and lets it judge the log.
pub fn run(places: &Places, target: &Target) -> Outcome {
    let program = install(&places.tools.join("fsck-1.0.4"))?;
    let key = places.tools.join("fsck.key");
    std::fs::write(&key, target.key.trim()).doing("writing the key to a file")?;
    let mut fsck = Command::new(program);
    // It shows what it found only when asked to, and on a terminal it draws instead.
    fsck.args(["-ui=false", "-v=1", "-N=2", "-storage_url"]).arg(url(&target.log)?).arg("-public_key").arg(&key);
    let output = fsck.output().doing("starting fsck")?;
    let said = String::from_utf8_lossy(&output.stderr);
    // Its exit status is 0 for damaged logs, too: what it says is the verdict.
    if output.status.success() && said.contains("Completed ranges") && !said.contains("fsck failed") {
        println!("fsck finds the ledger whole: {}", target.log);
        return Ok(());
    }
    Err(Failure::new(format!("fsck finds the ledger damaged:\n{}", shortened(&said))))
}

/// It prints whole tiles where they differ; the beginning of a line tells which.
fn shortened(said: &str) -> String {
    let lines: Vec<String> = said.lines().map(|line| line.chars().take(LINE_CHARS_MAX).collect()).collect();
    lines.join("\n")
}

fn install(folder: &Path) -> Outcome<PathBuf> {
    let program = folder.join("fsck");
    if program.is_file() {
        return Ok(program);
    }
    let words = "fsck needs a Go of its own: install one from https://go.dev/dl/ and put it first on PATH.";
    let version = quietly("go version", Command::new("go").args(["env", "GOVERSION"]))
        .map_err(|_| Failure::new(format!("there is no `go` on PATH. {words}")))?;
    if minor(&version).is_none_or(|minor| minor < GO_MINOR_MIN) {
        let found = version.trim();
        return Err(Failure::new(format!("the `go` on PATH is {found}, and 1.{GO_MINOR_MIN} is needed. {words}")));
    }
    println!("fetching and building {PROGRAM}");
    let mut go = Command::new("go");
    quietly(
        "go install",
        go.args(["install", PROGRAM]).env("GOBIN", folder).env("GO111MODULE", "on").env("GOFLAGS", ""),
    )?;
    Ok(program)
}

/// The second number of a Go version: `go1.26.8` is 26.
fn minor(version: &str) -> Option<u32> {
    version.trim().strip_prefix("go1.")?.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// A URL that ends in a slash, as fsck joins paths to it.
fn url(log: &str) -> Outcome<String> {
    if log.starts_with("http://") || log.starts_with("https://") {
        return Ok(format!("{}/", log.trim_end_matches('/')));
    }
    let folder = Path::new(log).canonicalize().doing(format_args!("finding {log}"))?;
    Ok(format!("file://{}/", folder.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_go_are_read() {
        assert_eq!(minor("go1.26.8\n"), Some(26));
        assert_eq!(minor("go1.24rc1"), Some(24));
        assert_eq!(minor("devel"), None);
    }

    #[test]
    fn a_log_is_named_by_a_url_that_ends_in_one_slash() {
        assert_eq!(url("https://ledger.example/ledger").ok().as_deref(), Some("https://ledger.example/ledger/"));
        assert_eq!(url("https://ledger.example/ledger//").ok().as_deref(), Some("https://ledger.example/ledger/"));
        assert!(url("a folder that is not there").is_err());
    }
}
