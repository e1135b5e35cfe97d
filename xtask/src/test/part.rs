//! The parts of `cargo xtask test`: what each needs, and the command behind it.

use std::path::{Path, PathBuf};
use std::process::Command;

use clap::ValueEnum;

use super::instructions;
use super::ledger::{self, Judge, Kind};
use super::tally::{self, Tally};
use crate::failure::{Failure, Outcome, While};
use crate::place::{self, Places};
use crate::prepare::{self, Need};
use crate::run::{Ended, Voice, quietly, watched};
use crate::server::{self, PASSWORD, Site};

/// A part of the tests, in the order in which they run: what fails fastest comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Formatting
    Fmt,
    /// Lints
    Clippy,
    /// House rules
    Tidy,
    /// Unit, property, model, simulation and integration tests
    Rust,
    /// Instructions of six fixed requests, compared with what they took before
    Instructions,
    /// A busy ledger, verified by Go's packages and by ours, whole and with single bits flipped
    Ledger,
    /// Real clients against the real server
    Clients,
    /// The pages in a real browser
    Browser,
    /// The evening replayed by the real binary, with 100,000 followers; its ledgers verified by Go's packages
    Replay,
    /// kill -9 of the real server under load, five times
    Crash,
}

/// Lines of a failed part's log that are shown.
const LINES_SHOWN: usize = 60;
/// Entries of a log whose tiles have three levels.
const LARGE_LOG_ENTRIES: u64 = 66_000;
/// Followers of the account in the evening replayed.
const REPLAY_FOLLOWERS: &str = "100000";
/// Who exists before clients come.
const HANDLES: [&str; 4] = ["ada", "ben", "cleo", "dora"];

impl Part {
    /// What it is called on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fmt => "fmt",
            Self::Clippy => "clippy",
            Self::Tidy => "tidy",
            Self::Rust => "rust",
            Self::Instructions => "instructions",
            Self::Ledger => "ledger",
            Self::Clients => "clients",
            Self::Browser => "browser",
            Self::Replay => "replay",
            Self::Crash => "crash",
        }
    }

    /// What must be installed for it.
    pub fn need(self) -> Option<Need> {
        match self {
            Self::Fmt | Self::Clippy => Some(Need::Checkers),
            Self::Instructions => Some(Need::Counter),
            Self::Ledger | Self::Replay => Some(Need::Go),
            Self::Clients => Some(Need::Clients),
            Self::Browser => Some(Need::Browser),
            Self::Rust => Some(Need::Solver),
            Self::Tidy | Self::Crash => None,
        }
    }

    /// Runs it to its end.
    pub fn run(self, places: &Places, voice: Voice) -> Outcome<Tally> {
        match self {
            Self::Fmt => self.program(places, voice, cargo(places, &["fmt", "--all", "--check"])),
            Self::Clippy => {
                let arguments = ["clippy", "--profile", "ci", "--workspace", "--all-targets", "--", "-D", "warnings"];
                self.program(places, voice, cargo(places, &arguments))
            }
            Self::Tidy => self.program(places, voice, ourselves(places, &["tidy"])?),
            Self::Rust => self.program(places, voice, cargo(places, &["test", "--profile", "ci", "--workspace"])),
            Self::Instructions => Ok(Tally { tests: instructions::check(places)? }),
            Self::Ledger => check_ledger(places),
            Self::Clients => self.clients(places, voice),
            Self::Browser => self.browser(places, voice),
            Self::Replay => self.replay(places, voice),
            Self::Crash => self.program(places, voice, ourselves(places, &["crash", "--rounds", "5"])?),
        }
    }

    fn program(self, places: &Places, voice: Voice, command: Command) -> Outcome<Tally> {
        let log = places.output.join(format!("{}.log", self.name()));
        judge(&watched(self.name(), command, &log, voice)?, &log)
    }

    fn clients(self, places: &Places, voice: Voice) -> Outcome<Tally> {
        let binary = server::build(places)?;
        let mut tests = 0;
        for script in ["toot", "mastodon_py"] {
            let site = Site::new(&binary, &places.output.join("clients").join(script))?;
            site.create_accounts(&HANDLES)?;
            let (_server, _) = site.start()?;
            let mut python = Command::new(places.python());
            python
                .arg(places.client_tests().join(format!("test_{script}.py")))
                .env("KITTIWAKE_URL", site.origin())
                .env("KITTIWAKE_PASSWORD", PASSWORD)
                .env("PYTHONDONTWRITEBYTECODE", "1");
            let log = places.output.join(format!("clients-{script}.log"));
            tests += judge(&watched(self.name(), python, &log, voice)?, &log)?.tests;
        }
        Ok(Tally { tests })
    }

    fn replay(self, places: &Places, voice: Voice) -> Outcome<Tally> {
        let mut command = Command::new(server::build(places)?);
        let stage = places.output.join("replay");
        command.args(["replay", "--followers", REPLAY_FOLLOWERS, "--html"]).arg(places.output.join("evening.html"));
        command.arg("--dir").arg(&stage);
        let played = self.program(places, voice, command)?;
        let judged = check_played(places, &stage)?;
        Ok(Tally { tests: played.tests + judged })
    }

    fn browser(self, places: &Places, voice: Voice) -> Outcome<Tally> {
        let binary = server::build(places)?;
        let site = Site::new(&binary, &places.output.join("browser"))?;
        site.create_accounts(&HANDLES)?;
        let (_server, _) = site.start()?;
        let mut node = browser_script(places, &["--test", "--test-reporter=spec", "--test-concurrency=1"])?;
        for script in test_scripts(places)? {
            node.arg(script);
        }
        node.env("KITTIWAKE_URL", site.origin())
            .env("KITTIWAKE_BINARY", &binary)
            .env("KITTIWAKE_GALLERY", gallery(places)?)
            .env("KITTIWAKE_PASSWORD", PASSWORD)
            .env("KITTIWAKE_OUTPUT", places.output.join("screenshots"));
        self.program(places, voice, node)
    }
}

/// Logs that somebody wrote with the same crate as the server, judged by strangers.
fn check_ledger(places: &Places) -> Outcome<Tally> {
    let judges = [Judge::go(places)?, Judge::ours(places)?];
    let [_, ours] = &judges;
    let mut tests = 0;
    // The large one is there for its higher tiles; what damages the others is found quicker in a small one.
    let in_high_tiles = |kind| if matches!(kind, Kind::Tile(1 | 2)) { 4 } else { 0 };
    let logs: [(u64, &dyn Fn(Kind) -> usize); 3] = [(0, &|_| 0), (5_000, &|_| 12), (LARGE_LOG_ENTRIES, &in_high_tiles)];
    for (entries, flips) in logs {
        let directory = places.output.join("ledger").join(entries.to_string());
        let key = ledger::write_busy_log(ours, &directory, entries)?;
        ledger::demand_whole(&judges, &directory.to_string_lossy(), &key)?;
        tests += judges.len() * (1 + ledger::demand_flips_found(&judges, &directory, &key, flips)?);
    }
    Ok(Tally { tests })
}

/// The ledgers of the evening, judged by strangers; how many judgements those were.
fn check_played(places: &Places, stage: &Path) -> Outcome<usize> {
    const FLIPS: usize = 6;
    let judges = [Judge::go(places)?, Judge::ours(places)?];
    let binary = server::build(places)?;
    let mut tests = 0;
    for evening in ["as-in-2017", "with-kittiwake"] {
        let (log, key) = ledger::export(&binary, &stage.join(evening), &places.output.join("ledger").join(evening))?;
        ledger::demand_whole(&judges, &log.to_string_lossy(), &key)?;
        tests += judges.len() * (1 + ledger::demand_flips_found(&judges, &log, &key, |_| FLIPS)?);
    }
    Ok(tests)
}

/// Renders the sample of every page, in every language, into a folder.
pub fn gallery(places: &Places) -> Outcome<PathBuf> {
    let folder = places.output.join("gallery");
    let mut render =
        cargo(places, &["run", "--quiet", "--profile", "ci", "--package", "kw_html", "--example", "gallery", "--"]);
    quietly("rendering the samples", render.arg(&folder))?;
    Ok(folder)
}

/// Node with what browser scripts read from their environment: where the libraries are, and the browser.
pub fn browser_script(places: &Places, arguments: &[&str]) -> Outcome<Command> {
    let chromium = prepare::chromium().ok_or_else(|| Failure::new("no Chromium: name one with CHROMIUM=/path"))?;
    let mut node = Command::new("node");
    node.args(arguments).env("KITTIWAKE_TOOLS", places.browser_tools()).env("CHROMIUM", chromium);
    Ok(node)
}

fn test_scripts(places: &Places) -> Outcome<Vec<PathBuf>> {
    let folder = std::fs::read_dir(places.browser_tests()).doing("looking for browser tests")?;
    let files = folder.filter_map(|entry| Some(entry.ok()?.path()));
    let mut scripts: Vec<_> = files.filter(|path| path.to_string_lossy().ends_with(".test.mjs")).collect();
    scripts.sort();
    Ok(scripts)
}

fn cargo(places: &Places, arguments: &[&str]) -> Command {
    let mut command = place::cargo();
    command.args(arguments).current_dir(&places.root);
    command
}

fn ourselves(places: &Places, arguments: &[&str]) -> Outcome<Command> {
    let mut command = Command::new(std::env::current_exe().doing("finding ourselves")?);
    command.args(arguments).current_dir(&places.root);
    Ok(command)
}

/// A tally when it ended well, else the end of what it said.
fn judge(ended: &Ended, log: &Path) -> Outcome<Tally> {
    if ended.well {
        return Ok(tally::read(&ended.said));
    }
    let lines: Vec<_> = ended.said.lines().collect();
    let end = lines[lines.len().saturating_sub(LINES_SHOWN)..].join("\n");
    Err(Failure::new(format!("{end}\n  All of it: {}", log.display())))
}
