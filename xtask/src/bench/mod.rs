//! `cargo xtask bench`: builds the program as it is released, has it measure itself with `kittiwake bench`, and puts what it
//! says into BENCHMARKS.md.
//!
//! What is measured and how is the program's own business, so that a stranger can repeat it without this repository. Only the
//! build from nothing is timed here, and the peer that is no part of the program: Redis.

mod cold;
mod redis;
mod report;

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;
use serde_json::Value;

use crate::failure::{Failure, Outcome, While};
use crate::place::{Places, cargo};
use crate::prepare::{self, Need};
use crate::server;

/// Every scenario but the soak, in the order of BENCHMARKS.md.
const SCENARIOS: [&str; 9] = ["standing", "post", "home", "day", "memory", "start", "load", "followers", REDIS];
/// The one that the program knows nothing of.
const REDIS: &str = "redis";

/// What to measure.
#[derive(Debug, Args)]
pub struct Plan {
    /// Scenarios; all of them but the soak, which takes an hour, when none is named
    scenarios: Vec<String>,
    /// Followers of the account that many follow
    #[arg(long, default_value_t = 1_000_000)]
    followers: u64,
    /// Members of the crowd; as the program has it, unless said
    #[arg(long)]
    members: Option<u64>,
    /// Seconds of each stretch of load; as the scenario has it, unless said
    #[arg(long)]
    seconds: Option<u64>,
    /// Stretches of each kind; as the scenario has it, unless said
    #[arg(long)]
    runs: Option<u64>,
    /// Where colonies are made, and kept for the next time; below `target/`, unless said
    #[arg(long)]
    dir: Option<PathBuf>,
    /// Also time a build from nothing, which takes some minutes
    #[arg(long)]
    cold: bool,
    /// Few of everything, by the build that tests use: to see that it works, not to measure
    #[arg(long)]
    quick: bool,
    /// Put the tables into BENCHMARKS.md, and the plots beside the other pictures
    #[arg(long, conflicts_with = "quick")]
    write: bool,
}

/// Measures.
pub fn run(places: &Places, plan: &Plan) -> Outcome {
    let named = plan.scenarios.iter().map(String::as_str);
    let scenarios: Vec<&str> = if plan.scenarios.is_empty() { SCENARIOS.to_vec() } else { named.collect() };
    if scenarios.contains(&REDIS) {
        prepare::ensure(places, &[Need::Redis])?;
    }
    let mut measured = Vec::new();
    if plan.cold {
        let (took, crates) = (cold::build(places)?, cold::crates(places)?);
        let words = format!("A build from nothing: {} s, {crates} crates · `cargo xtask bench --cold`", took.as_secs());
        println!("{words}");
        measured.push(("build".to_owned(), words));
    }
    let program = if plan.quick { server::build(places)? } else { build(places)? };
    for scenario in scenarios {
        let report = if scenario == REDIS {
            beside_redis(places, plan, &program)?
        } else {
            measure(places, plan, (&program, scenario))?
        };
        measured.push((scenario.to_owned(), report::words(&report)));
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

fn measure(places: &Places, plan: &Plan, (program, scenario): (&Path, &str)) -> Outcome<Value> {
    let mut command = Command::new(program);
    command.args(["bench", scenario, "--followers", &plan.followers.to_string()]);
    let said = [("--members", plan.members), ("--seconds", plan.seconds), ("--runs", plan.runs)];
    for (name, number) in said.into_iter().filter_map(|(name, number)| Some((name, number?))) {
        command.args([name, &number.to_string()]);
    }
    command.arg("--dir").arg(plan.dir.clone().unwrap_or_else(|| colonies(places, plan, "colonies")));
    if plan.write {
        command.arg("--svg").arg(places.root.join("docs/pictures/bench"));
    }
    report_of(places, plan, scenario, command)
}

/// Redis, and what Kittiwake's posts and pages cost in the same run, on colonies that are small enough for it.
fn beside_redis(places: &Places, plan: &Plan, program: &Path) -> Outcome<Value> {
    let ours = |scenario: &str| {
        let mut command = Command::new(program);
        command.args([
            "bench",
            scenario,
            "--followers",
            "100000",
            "--members",
            "20000",
            "--runs",
            "3",
            "--seconds",
            "3",
        ]);
        command.arg("--dir").arg(colonies(places, plan, "beside-redis"));
        report_of(places, plan, scenario, command)
    };
    let ours = redis::Ours { post: ours("post")?, home: ours("home")? };
    let size = if plan.quick {
        redis::Size { timelines: 50, posts: 2, runs: 1 }
    } else {
        redis::Size { timelines: 2_000, posts: 50, runs: 5 }
    };
    let report = redis::measure(size, &ours)?;
    println!("{}", report::words(&report));
    Ok(report)
}

/// Where colonies are kept; quick ones are others.
fn colonies(places: &Places, plan: &Plan, name: &str) -> PathBuf {
    places.output.join("bench").join(if plan.quick { format!("{name}-quick") } else { name.to_owned() })
}

/// Has the program measure itself, and reads its report.
fn report_of(places: &Places, plan: &Plan, scenario: &str, mut command: Command) -> Outcome<Value> {
    let folder = places.output.join("bench");
    std::fs::create_dir_all(&folder).doing("making a folder")?;
    let json = folder.join(format!("{scenario}.json"));
    command.arg("--json").arg(&json);
    if plan.quick {
        command.arg("--quick");
    }
    if !command.status().doing("running kittiwake bench")?.success() {
        return Err(Failure::new(format!("kittiwake bench {scenario} failed")));
    }
    let text = std::fs::read_to_string(&json).doing("reading a report")?;
    serde_json::from_str(&text).map_err(|error| Failure::new(format!("{scenario}: {error}")))
}

fn write(path: &Path, measured: &[(String, String)]) -> Outcome {
    let mut text = std::fs::read_to_string(path).doing("reading BENCHMARKS.md")?;
    for (scenario, words) in measured {
        let lost = || Failure::new(format!("BENCHMARKS.md has lost the marks of `{scenario}`"));
        text = report::replace(&text, scenario, words).ok_or_else(lost)?;
    }
    std::fs::write(path, text).doing("writing BENCHMARKS.md")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_is_a_place_in_the_page_for_every_scenario() {
        let page = include_str!("../../../BENCHMARKS.md");
        for scenario in SCENARIOS {
            assert!(report::replace(page, scenario, "").is_some(), "{scenario}");
        }
    }
}
