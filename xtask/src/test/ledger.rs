//! The ledger, verified by programs that are not ours, and ours beside them: a whole one is found whole, and a flipped bit
//! anywhere is found by each.
//!
//! Knows nothing of the formats beyond their file names.

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::failure::{Failure, Outcome, While};
use crate::place::{Places, cargo};
use crate::prepare;
use crate::run::quietly;

/// Hashes of a full tile, and entries of a full bundle.
const WIDTH: u64 = 256;

/// A program that says whether a log is whole, by its exit status: `program arguments… LOG KEY`.
#[derive(Debug)]
pub struct Judge {
    name: &'static str,
    program: PathBuf,
    arguments: Vec<&'static str>,
}

impl Judge {
    /// Go's `note` and `tlog` packages, through a small program. It reads directories and URLs.
    pub fn go(places: &Places) -> Outcome<Self> {
        let go = prepare::go().ok_or_else(|| Failure::new("Debian's Go is not installed"))?;
        let program = places.tools.join("ledger/verify");
        let mut build = Command::new(go);
        build.args(["build", "-o"]).arg(&program).arg(places.ledger_tests().join("verify.go"));
        build.env("GO111MODULE", "off").env("GOFLAGS", "").env("GOPATH", prepare::GO_LIBRARIES);
        build.env_remove("GOROOT").env("GOCACHE", places.tools.join("go-cache"));
        quietly("building the verifier in Go", &mut build)?;
        Ok(Self { name: "Go", program, arguments: Vec::new() })
    }

    /// Our own, from the crate that an auditor would build. It reads directories.
    pub fn ours(places: &Places) -> Outcome<Self> {
        let mut build = cargo();
        build.args(["build", "--quiet", "--profile", "ci", "--package", "kw_ledger", "--example", "busy_log"]);
        quietly("building our verifier", build.current_dir(&places.root))?;
        Ok(Self { name: "ours", program: places.target.join("ci/examples/busy_log"), arguments: vec!["check"] })
    }

    /// Whether it finds `log` whole.
    fn finds_whole(&self, log: &str, key: &str) -> Outcome<Verdict> {
        let mut command = Command::new(&self.program);
        let output = command.args(&self.arguments).args([log, key]).stdin(Stdio::null()).output();
        let output = output.doing(format_args!("asking {}", self.name))?;
        let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        // Anything else than the two verdicts is a program that broke, not a log that did.
        match output.status.code() {
            Some(0) if said.starts_with("WHOLE") => Ok(Verdict { whole: true, said }),
            Some(1) if said.starts_with("BROKEN") => Ok(Verdict { whole: false, said }),
            _ => Err(Failure::new(format!(
                "{} gave no verdict: {said}\n{}",
                self.name,
                String::from_utf8_lossy(&output.stderr)
            ))),
        }
    }
}

struct Verdict {
    whole: bool,
    said: String,
}

/// Writes a busy log of so many entries into `directory`; its public key.
pub fn write_busy_log(writer: &Judge, directory: &Path, entries: u64) -> Outcome<String> {
    if directory.exists() {
        std::fs::remove_dir_all(directory).doing("removing an earlier log")?;
    }
    let mut write = Command::new(&writer.program);
    let key = quietly("writing a busy log", write.arg("write").arg(directory).arg(entries.to_string()))?;
    Ok(key.trim().to_owned())
}

/// Writes the ledger of a server's data directory out, as an auditor gets it; where it is, and its public key.
pub fn export(binary: &Path, data: &Path, directory: &Path) -> Outcome<(PathBuf, String)> {
    if directory.exists() {
        std::fs::remove_dir_all(directory).doing("removing an earlier log")?;
    }
    let command = |arguments: &[&str]| {
        let mut command = Command::new(binary);
        command.arg("ledger").args(arguments).env("KITTIWAKE_DATA", data);
        command
    };
    let said = quietly("verifying the server's ledger", &mut command(&["verify", "--json"]))?;
    let report: serde_json::Value = serde_json::from_str(&said).doing("reading what was verified")?;
    let key = report["key"].as_str().ok_or_else(|| Failure::new("it names no key"))?.to_owned();
    quietly("exporting the server's ledger", command(&["export"]).arg(directory))?;
    Ok((directory.to_owned(), key))
}

/// Demands that every judge finds the log at `log`, a directory or a URL, whole.
pub fn demand_whole(judges: &[Judge], log: &str, key: &str) -> Outcome {
    for judge in judges {
        let verdict = judge.finds_whole(log, key)?;
        if !verdict.whole {
            return Err(Failure::new(format!("{} finds {log} damaged: {}", judge.name, verdict.said)));
        }
    }
    Ok(())
}

/// Flips single bits, `flips(kind)` of them in the files of each kind, and demands that every judge finds each; how many
/// they were. The log is left as it was.
pub fn demand_flips_found(
    judges: &[Judge],
    directory: &Path,
    key: &str,
    flips: impl Fn(Kind) -> usize,
) -> Outcome<usize> {
    let log = directory.to_string_lossy().into_owned();
    let mut found = 0;
    let mut chance = Chance(0x6b69_7474_6977_616b);
    for (kind, files) in files_by_kind(directory)? {
        for _ in 0..flips(kind) {
            let file = &files[chance.below(files.len())];
            let whole = std::fs::read(file).doing(format_args!("reading {}", file.display()))?;
            let bit = chance.below(whole.len() * 8);
            let mut damaged = whole.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            std::fs::write(file, &damaged).doing("damaging a file")?;
            let verdicts: Vec<_> = judges.iter().map(|judge| judge.finds_whole(&log, key)).collect();
            std::fs::write(file, &whole).doing("mending a file")?;
            for (judge, verdict) in judges.iter().zip(verdicts) {
                if verdict?.whole {
                    let words = format!("{} overlooks bit {bit} of {} ({kind})", judge.name, file.display());
                    return Err(Failure::new(words));
                }
            }
            found += 1;
        }
    }
    Ok(found)
}

/// What a file of a log is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The signed checkpoint.
    Checkpoint,
    /// Hashes of this level of tiles.
    Tile(u32),
    /// Entries.
    Bundle,
}

impl fmt::Display for Kind {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Checkpoint => out.write_str("checkpoint"),
            Self::Tile(level) => write!(out, "tile of level {level}"),
            Self::Bundle => out.write_str("entries"),
        }
    }
}

/// The files that the checkpoint implies, by kind. Partial ones of earlier sizes stay on disk, and nobody reads them.
fn files_by_kind(directory: &Path) -> Outcome<Vec<(Kind, Vec<PathBuf>)>> {
    let checkpoint = std::fs::read_to_string(directory.join("checkpoint")).doing("reading the checkpoint")?;
    let size: u64 = checkpoint.lines().nth(1).unwrap_or_default().parse().doing("reading the size of the log")?;
    let mut kinds = vec![(Kind::Checkpoint, vec![directory.join("checkpoint")])];
    kinds.push((Kind::Bundle, files_of("entries", size, directory)));
    for level in 0.. {
        let count = size >> (8 * level);
        if count == 0 {
            break;
        }
        kinds.push((Kind::Tile(level), files_of(&level.to_string(), count, directory)));
    }
    Ok(kinds)
}

/// The files below `tile/<folder>` when it holds `count` items.
fn files_of(folder: &str, count: u64, directory: &Path) -> Vec<PathBuf> {
    let name = |index: u64| {
        let mut name = format!("{:03}", index % 1000);
        let mut rest = index / 1000;
        while rest > 0 {
            name = format!("x{:03}/{name}", rest % 1000);
            rest /= 1000;
        }
        let width = count - index * WIDTH;
        if width < WIDTH { format!("{name}.p/{width}") } else { name }
    };
    (0..count.div_ceil(WIDTH)).map(|index| directory.join("tile").join(folder).join(name(index))).collect()
}

/// Reproducible chance: splitmix64.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((mixed ^ (mixed >> 31)) % bound as u64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_of_a_log_are_those_of_its_size() {
        let named = |folder, count| -> Vec<_> {
            let files = files_of(folder, count, Path::new("log"));
            files.into_iter().map(|file| file.to_string_lossy().into_owned()).collect()
        };
        assert_eq!(named("entries", 300), ["log/tile/entries/000", "log/tile/entries/001.p/44"]);
        assert_eq!(named("0", 512), ["log/tile/0/000", "log/tile/0/001"]);
        assert_eq!(named("0", 1_234_068 * 256).last().map(String::as_str), Some("log/tile/0/x001/x234/067"));
    }
}
