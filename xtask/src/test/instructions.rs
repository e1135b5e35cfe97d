//! How many instructions six fixed requests take, compared with what they took before: a server that became slower is
//! found without a stopwatch, whatever else the machine does.
//!
//! Callgrind counts, of the `ci` build, on one thread. What was counted before is kept in a file a compiler version,
//! because each compiles differently. Deliberately absent: time. `cargo xtask bench` measures that.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::failure::{Failure, Outcome, While};
use crate::place::{Places, cargo};
use crate::run::quietly;

/// More instructions than before, in hundredths, are a failure from here on.
const MORE_MAX_PERCENT: u64 = 10;
/// Requests before one is counted, and the one that is: callgrind writes a file for each.
const RUNS_EACH: usize = 3;
/// What to do when more is meant.
const AGAIN: &str = "cargo xtask instructions --write";

/// Instructions by request.
type Counted = BTreeMap<String, u64>;

/// Counts, and compares with what is kept; how many requests were compared.
pub fn check(places: &Places) -> Outcome<usize> {
    let file = kept_in(places)?;
    let counted = count(places)?;
    let kept = std::fs::read_to_string(&file)
        .map_err(|_| Failure::new(format!("nothing is kept in {}. Write it: {AGAIN}", file.display())))?;
    let worse = worse(&read(&kept), &counted);
    if worse.is_empty() { Ok(counted.len()) } else { Err(Failure::new(worse)) }
}

/// Counts, and keeps it.
pub fn write(places: &Places) -> Outcome {
    let (file, counted) = (kept_in(places)?, count(places)?);
    std::fs::create_dir_all(file.parent().unwrap_or(&places.root)).doing("making a folder")?;
    std::fs::write(&file, spoken(&counted)).doing(format_args!("writing {}", file.display()))?;
    print!("{}", spoken(&counted));
    Ok(())
}

/// One file a compiler version.
fn kept_in(places: &Places) -> Outcome<PathBuf> {
    let said = quietly("rustc", Command::new("rustc").arg("--version"))?;
    let version = said.split(' ').nth(1).unwrap_or("unknown");
    Ok(places.root.join("crates/kittiwake/tests/instructions").join(format!("{version}.toml")))
}

fn count(places: &Places) -> Outcome<Counted> {
    let program = build(places)?;
    let folder = places.output.join("instructions");
    match std::fs::remove_dir_all(&folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error).doing("emptying a folder")?,
        _ => std::fs::create_dir_all(&folder).doing("making a folder")?,
    }
    let mut callgrind = Command::new("valgrind");
    callgrind
        .args(["--tool=callgrind", "--toggle-collect=*fixed_requests::measured*"])
        .args(["--dump-after=*fixed_requests::measured*", "--callgrind-out-file=counted"])
        .arg(program)
        .current_dir(&folder);
    let said = quietly("counting instructions", &mut callgrind)?;
    let names: Vec<&str> = said.lines().filter(|line| !line.starts_with("==")).collect();
    let mut counted = Counted::new();
    for (place, name) in names.iter().enumerate() {
        // The files are numbered from 1; the last run of each request is the one that counts.
        let part = folder.join(format!("counted.{}", (place + 1) * RUNS_EACH));
        counted.insert((*name).to_owned(), total_in(&part)?);
    }
    Ok(counted)
}

fn build(places: &Places) -> Outcome<PathBuf> {
    let mut command = cargo();
    command.args(["build", "--quiet", "--profile", "ci", "--package", "kittiwake", "--example", "fixed_requests"]);
    quietly("building the requests", command.current_dir(&places.root))?;
    Ok(places.target.join("ci/examples/fixed_requests"))
}

/// The line of a callgrind file with the sum: <https://valgrind.org/docs/manual/cl-format.html>.
fn total_in(part: &Path) -> Outcome<u64> {
    let text = std::fs::read_to_string(part).doing(format_args!("reading {}", part.display()))?;
    let sum = text.lines().find_map(|line| line.strip_prefix("summary:").or(line.strip_prefix("totals:")));
    let sum = sum.and_then(|sum| sum.trim().parse().ok());
    sum.ok_or_else(|| Failure::new(format!("{} has no sum", part.display())))
}

/// What takes more than before, or was not there before; empty when all is well.
fn worse(kept: &Counted, counted: &Counted) -> String {
    let mut words = String::new();
    for (name, now) in counted {
        let before = kept.get(name).copied().unwrap_or_default();
        if *now > before + before * MORE_MAX_PERCENT / 100 {
            let more = (now - before) * 100 / before.max(1);
            writeln!(words, "{name} takes {now} instructions, {more}% more than {before}").expect("a text grows");
        }
    }
    if !words.is_empty() {
        write!(words, "If that is what it has to take, and you say why: {AGAIN}").expect("a text grows");
    }
    words
}

fn read(kept: &str) -> Counted {
    let lines = kept.lines().filter_map(|line| line.split_once('='));
    lines
        .filter_map(|(name, count)| Some((name.trim().to_owned(), count.trim().replace('_', "").parse().ok()?)))
        .collect()
}

fn spoken(counted: &Counted) -> String {
    let mut words = format!("# Instructions of fixed requests. Written by: {AGAIN}\n");
    for (name, count) in counted {
        writeln!(words, "{name} = {count}").expect("a text grows");
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(count: u64) -> Counted {
        Counted::from([("home".to_owned(), count)])
    }

    #[test]
    fn what_is_kept_reads_as_it_was_written() {
        assert_eq!(read(&spoken(&counted(1_234))), counted(1_234));
        assert_eq!(read("# a word\nhome = 1_234\n"), counted(1_234));
    }

    #[test]
    fn a_tenth_more_is_let_through_and_beyond_it_is_named() {
        assert_eq!(worse(&counted(1_000), &counted(1_100)), "");
        assert_eq!(worse(&counted(1_000), &counted(10)), "");
        assert!(
            worse(&counted(1_000), &counted(1_101)).starts_with("home takes 1101 instructions, 10% more than 1000")
        );
        assert!(worse(&Counted::new(), &counted(5)).contains("home"), "what was not counted before is not let through");
    }
}
