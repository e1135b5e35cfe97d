//! The server under load: this program, as a process of its own on the directory of a colony.

use std::fs::File;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use url::Url;

use super::client::{Connection, get};
use super::process;
use crate::boot;
use crate::failure::CommandError;

/// One machine plays everybody.
const RATE_LIMIT_FACTOR: &str = "1000000";
/// How long a start may take.
const START_MAX: Duration = Duration::from_secs(120);

/// A server that is running; killed when its value goes out of scope.
#[derive(Debug)]
pub struct Server {
    child: Child,
    port: u16,
    /// From its start to its first answer.
    pub first_answer: Duration,
}

impl Server {
    /// Starts one on `directory`, and waits for its first answer.
    pub async fn start(directory: &Path, origin: &Url) -> Result<Self, CommandError> {
        let port = boot::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, 0))).await?.address.port();
        let log_path = directory.join("server.log");
        let log = File::create(&log_path).map_err(CommandError::io("the server's log cannot be written"))?;
        let program = std::env::current_exe().map_err(CommandError::io("this program cannot be found"))?;
        let mut command = Command::new(program);
        for (name, _) in std::env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("KITTIWAKE_")) {
            command.env_remove(name);
        }
        command
            .arg("serve")
            .env("KITTIWAKE_LISTEN", format!("127.0.0.1:{port}"))
            .env("KITTIWAKE_ORIGIN", origin.as_str())
            .env("KITTIWAKE_DATA", directory)
            .env("KITTIWAKE_RATE_LIMIT_FACTOR", RATE_LIMIT_FACTOR);
        let second = log.try_clone().map_err(CommandError::io("the server's log cannot be written"))?;
        let began = Instant::now();
        let child = command.stdin(Stdio::null()).stdout(log).stderr(second).spawn();
        let child = child.map_err(CommandError::io("the server cannot be started"))?;
        let mut server = Self { child, port, first_answer: Duration::ZERO };
        while !answers(port).await {
            if began.elapsed() > START_MAX || server.child.try_wait().is_ok_and(|ended| ended.is_some()) {
                let said = std::fs::read_to_string(&log_path).unwrap_or_default();
                return Err(CommandError::said(format!("the server did not start:\n{said}")));
            }
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        server.first_answer = began.elapsed();
        Ok(server)
    }

    /// Where it listens.
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Where its accounts are kept.
    pub fn place(&self) -> PathBuf {
        Path::new("/proc").join(self.child.id().to_string())
    }

    /// Its processor time so far.
    pub fn processor_time(&self) -> Result<Duration, CommandError> {
        process::processor_time(&self.place())
    }

    /// Kills it.
    pub fn kill(mut self) {
        self.end();
    }

    /// Asks it to stop, and waits until it has.
    pub fn stop(mut self) -> Result<(), CommandError> {
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        asked.map_err(CommandError::io("the server cannot be asked to stop"))?;
        self.child.wait().map(drop).map_err(CommandError::io("the server did not stop"))
    }

    fn end(&mut self) {
        // It may have ended by itself.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

async fn answers(port: u16) -> bool {
    match Connection::open(port).await {
        Ok(mut connection) => connection.ask_well(&get("/health", None)).await.is_ok(),
        Err(_) => false,
    }
}
