//! The real server, as a process of its own on a directory of its own, killed when its value goes out of scope.
//!
//! It is built with the `ci` profile, so with debug assertions. Rate limits are raised, because one machine plays everybody.

use std::fs::File;
use std::io::Write;
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::failure::{Failure, Outcome, While};
use crate::place::{Places, cargo};

/// The password of every account that tests make.
pub const PASSWORD: &str = "a colony of sixteen words is too long";

/// One machine plays everybody, so every limit is raised as far as it goes.
const RATE_LIMIT_FACTOR: &str = "1000000";

const START_LIMIT: Duration = Duration::from_secs(60);

/// Where a server listens and keeps its data.
#[derive(Debug, Clone)]
pub struct Site {
    binary: PathBuf,
    data: PathBuf,
    port: u16,
    log: PathBuf,
}

/// A server that is running.
#[derive(Debug)]
pub struct Server {
    child: Child,
}

/// Builds the program and says where it is.
pub fn build(places: &Places) -> Outcome<PathBuf> {
    let mut command = cargo();
    command.args(["build", "--quiet", "--profile", "ci", "--package", "kittiwake"]).current_dir(&places.root);
    let status = command.status().doing("running cargo build")?;
    let binary = places.target.join("ci/kittiwake");
    if status.success() { Ok(binary) } else { Err(Failure::new("kittiwake does not build")) }
}

/// A port that nobody listens on.
pub fn free_port() -> Outcome<u16> {
    let free = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).doing("looking for a free port")?;
    Ok(free.local_addr().doing("looking for a free port")?.port())
}

impl Site {
    /// An empty site below `folder`, which is removed first if it exists.
    pub fn new(binary: &Path, folder: &Path) -> Outcome<Self> {
        if folder.exists() {
            std::fs::remove_dir_all(folder).doing(format_args!("removing {}", folder.display()))?;
        }
        std::fs::create_dir_all(folder).doing(format_args!("making {}", folder.display()))?;
        let port = free_port()?;
        Ok(Self { binary: binary.into(), data: folder.join("data"), port, log: folder.join("server.log") })
    }

    /// Where the site is for a browser.
    pub fn origin(&self) -> String {
        format!("http://localhost:{}", self.port)
    }

    /// The folder with its data.
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// What the server says, in a file.
    pub fn log(&self) -> &Path {
        &self.log
    }

    /// Makes accounts on a site that is not running.
    pub fn create_accounts(&self, handles: &[&str]) -> Outcome {
        for handle in handles {
            let mut command = self.command(&["account", "create", handle, "--password-stdin"]);
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
            let mut child = command.spawn().doing("starting kittiwake account create")?;
            if let Some(mut input) = child.stdin.take() {
                writeln!(input, "{PASSWORD}").doing("handing over a password")?;
            }
            let output = child.wait_with_output().doing("waiting for kittiwake account create")?;
            if !output.status.success() {
                let why = String::from_utf8_lossy(&output.stderr);
                return Err(Failure::new(format!("kittiwake account create {handle} failed: {why}")));
            }
        }
        Ok(())
    }

    /// Starts the server and waits until it answers. Says how long that took.
    pub fn start(&self) -> Outcome<(Server, Duration)> {
        self.start_as(&["serve"])
    }

    /// The same with other arguments than `serve`.
    pub fn start_as(&self, arguments: &[&str]) -> Outcome<(Server, Duration)> {
        let log = File::options().create(true).append(true).open(&self.log).doing("opening the server's log")?;
        let second = log.try_clone().doing("opening the server's log")?;
        let started = Instant::now();
        let mut command = self.command(arguments);
        let child = command.stdin(Stdio::null()).stdout(log).stderr(second).spawn().doing("starting kittiwake")?;
        let mut server = Server { child };
        let health = format!("http://127.0.0.1:{}/health", self.port);
        while ureq::get(&health).call().is_err() {
            let ended = server.child.try_wait().doing("looking after kittiwake")?;
            if ended.is_some() || started.elapsed() > START_LIMIT {
                let said = std::fs::read_to_string(&self.log).unwrap_or_default();
                return Err(Failure::new(format!("kittiwake did not start:\n{said}")));
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        Ok((server, started.elapsed()))
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(&self.binary);
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("KITTIWAKE_")) {
            command.env_remove(name); // what the developer's own server is told is not for this one
        }
        command
            .args(arguments)
            .env("KITTIWAKE_LISTEN", format!("127.0.0.1:{}", self.port))
            .env("KITTIWAKE_ORIGIN", self.origin())
            .env("KITTIWAKE_DATA", &self.data)
            .env("KITTIWAKE_RATE_LIMIT_FACTOR", RATE_LIMIT_FACTOR);
        command
    }
}

impl Server {
    /// `kill -9`, and nothing else.
    pub fn kill(mut self) -> Outcome {
        self.child.kill().doing("killing kittiwake")?;
        self.child.wait().doing("burying kittiwake").map(drop)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
