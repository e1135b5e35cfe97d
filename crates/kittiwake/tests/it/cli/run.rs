//! Running the real binary in a directory of its own, with nothing of ours in its environment.

use std::io::Write;
use std::path::PathBuf;
use std::process::{self, Stdio};

use tempfile::TempDir;

/// A place to run in: its data directory is `data` until somebody says otherwise.
#[derive(Debug)]
pub struct Command {
    place: TempDir,
    environment: Vec<(String, String)>,
}

/// What a run said and how it ended.
#[derive(Debug)]
pub struct Ran {
    /// Its status.
    pub status: i32,
    /// What it wrote to the standard output.
    pub out: String,
    /// What it wrote to the standard error.
    pub err: String,
}

impl Command {
    /// A new, empty place.
    pub fn new() -> Self {
        Self { place: TempDir::new().expect("a temporary directory can be made"), environment: Vec::new() }
    }

    /// A path in the place.
    pub fn path(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    /// Sets an environment variable for every run from now on.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The process, not yet started.
    pub fn process(&self, arguments: &[&str]) -> process::Command {
        let mut process = process::Command::new(env!("CARGO_BIN_EXE_kittiwake"));
        process.args(arguments).current_dir(self.place.path());
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("KITTIWAKE_")) {
            process.env_remove(name);
        }
        process.envs(self.environment.iter().map(|(name, value)| (name, value)));
        process.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        process
    }

    /// Runs it to its end.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.process(arguments).output().expect("the binary can be run"))
    }

    /// Runs it to its end, with something to read.
    pub fn run_with_input(&self, arguments: &[&str], input: &str) -> Ran {
        let mut child = self.process(arguments).stdin(Stdio::piped()).spawn().expect("the binary can be run");
        let mut stdin = child.stdin.take().expect("its input is a pipe");
        stdin.write_all(input.as_bytes()).expect("it reads its input");
        drop(stdin);
        Ran::of(child.wait_with_output().expect("it ends"))
    }
}

impl Ran {
    fn of(output: process::Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).expect("the binary writes UTF-8");
        Self { status: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }

    /// The standard output; the test fails unless the run ended well.
    pub fn well(self) -> String {
        assert_eq!(self.status, 0, "{}{}", self.out, self.err);
        self.out
    }

    /// The standard error; the test fails unless the run ended with `status`.
    pub fn ended_with(self, status: i32) -> String {
        assert_eq!(self.status, status, "{}{}", self.out, self.err);
        self.err
    }

    /// The standard output as JSON; the test fails unless the run ended well.
    pub fn json(self) -> serde_json::Value {
        let out = self.well();
        serde_json::from_str(&out).unwrap_or_else(|error| panic!("not JSON ({error}): {out}"))
    }
}
