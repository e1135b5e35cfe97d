//! `cargo xtask bench`: builds the program as it is released, has it measure itself with `kittiwake bench`, and puts what it
//! says into BENCHMARKS.md.
//!
//! What is measured and how is the program's own business, so that a stranger can repeat it without this repository. Only the
//! build from nothing is timed here.

mod cold;
mod report;

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::Value;

use crate::failure::{Failure, Outcome, While};
use crate::place::{Places, cargo};

/// Every scenario but the soak, in the order of BENCHMARKS.md.
const SCENARIOS: [&str; 8] = ["standing", "post", "home", "day", "memory", "start", "load", "followers"];

/// What to measure.
#[derive(Debug, Args)]
pub struct Plan {
    /// Scenarios; all of them but the soak, which takes an hour, when none is named
    scenarios: Vec<String>,
    /// Followers of the account that many follow
    #[arg(long, default_value_t = 1_000_000)]
    followers: u64,
    /// Seconds of each stretch of load; as the scenario has it, unless said
    #[arg(long)]
    seconds: Option<u64>,
    /// Also time a build from nothing, which takes some minutes
    #[arg(long)]
    cold: bool,
    /// Put the tables into BENCHMARKS.md, and the plots beside the other pictures
    #[arg(long)]
    write: bool,
}

/// Measures.
pub fn run(places: &Places, plan: &Plan) -> Outcome {
    let mut measured = Vec::new();
    if plan.cold {
        let (took, crates) = (cold::build(places)?, cold::crates(places)?);
        let words = format!("A build from nothing: {} s, {crates} crates · `cargo xtask bench --cold`", took.as_secs());
        println!("{words}");
        measured.push(("build".to_owned(), words));
    }
    let program = build(places)?;
    let named = plan.scenarios.iter().map(String::as_str);
    let scenarios: Vec<&str> = if plan.scenarios.is_empty() { SCENARIOS.to_vec() } else { named.collect() };
    for scenario in scenarios {
        measured.push((scenario.to_owned(), measure(places, plan, (&program, scenario))?));
    }
    if plan.write { write(&places.root.join("BENCHMARKS.md"), &measured) } else { Ok(()) }
}

fn build(places: &Places) -> Outcome<PathBuf> {
    let mut command = cargo();
    command.args(["build", "--release", "--package", "kittiwake"]);
    if command.current_dir(&places.root).status().doing("running cargo build")?.success() {
        Ok(places.target.join("release/kittiwake"))
    } else {
        Err(Failure::new("kittiwake does not build"))
    }
}

fn measure(places: &Places, plan: &Plan, (program, scenario): (&Path, &str)) -> Outcome<String> {
    let folder = places.output.join("bench");
    std::fs::create_dir_all(&folder).doing("making a folder")?;
    let json = folder.join(format!("{scenario}.json"));
    let mut command = std::process::Command::new(program);
    command.args(["bench", scenario, "--followers", &plan.followers.to_string()]);
    if let Some(seconds) = plan.seconds {
        command.args(["--seconds", &seconds.to_string()]);
    }
    command.arg("--dir").arg(folder.join("colonies")).arg("--json").arg(&json);
    if plan.write {
        command.arg("--svg").arg(places.root.join("docs/pictures/bench"));
    }
    if !command.status().doing("running kittiwake bench")?.success() {
        return Err(Failure::new(format!("kittiwake bench {scenario} failed")));
    }
    let text = std::fs::read_to_string(&json).doing("reading a report")?;
    let report: Value = serde_json::from_str(&text).map_err(|error| Failure::new(format!("{scenario}: {error}")))?;
    Ok(report::words(&report))
}

fn write(path: &Path, measured: &[(String, String)]) -> Outcome {
    let mut text = std::fs::read_to_string(path).doing("reading BENCHMARKS.md")?;
    for (scenario, words) in measured {
        let lost = || Failure::new(format!("BENCHMARKS.md has lost the marks of `{scenario}`"));
        text = report::replace(&text, scenario, words).ok_or_else(lost)?;
    }
    std::fs::write(path, text).doing("writing BENCHMARKS.md")
}
