//! A real server in a place of its own, on a port that the system chooses, spoken to over a real socket.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStdout};
use std::thread;
use std::time::Duration;

use crate::cli::run::Command;

/// Half of a test's patience: a start or a stop that takes longer is a failure, whatever the machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// A server that runs.
#[derive(Debug)]
pub struct Server {
    child: Child,
    /// What it has printed so far.
    pub greeting: String,
    /// Where it listens.
    pub address: String,
    // Kept open: a server must not fail because nobody reads what it prints.
    out: BufReader<ChildStdout>,
}

impl Server {
    /// Starts `kittiwake serve` and waits until it says where it listens.
    pub fn start(command: &Command) -> Self {
        let mut child = command.process(&["serve"]).spawn().expect("the binary can be run");
        let out = BufReader::new(child.stdout.take().expect("its output is a pipe"));
        let mut server = Self { child, greeting: String::new(), address: String::new(), out };
        while server.address.is_empty() {
            let mut line = String::new();
            let length = server.out.read_line(&mut line).expect("it writes UTF-8");
            let error = if length == 0 { server.error() } else { String::new() };
            assert!(length > 0, "the server ended before it listened: {error}");
            server.greeting.push_str(&line);
            if let Some(rest) = line.trim().strip_prefix("Listening on ") {
                rest.split(' ').next().unwrap_or_default().clone_into(&mut server.address);
            }
        }
        server
    }

    /// What it wrote to the standard error, once it has ended.
    fn error(&mut self) -> String {
        let mut error = String::new();
        if let Some(stderr) = &mut self.child.stderr {
            stderr.read_to_string(&mut error).expect("it writes UTF-8");
        }
        error
    }

    /// `GET`s a path over a new connection: the status line and everything after it.
    pub fn get(&self, path: &str) -> String {
        let mut stream = TcpStream::connect(&self.address).expect("the server listens");
        stream.set_read_timeout(Some(PATIENCE)).expect("a timeout can be set");
        write!(stream, "GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("it answers");
        answer
    }

    /// Sends a signal by its name and waits for the end; its status, or `None` if the signal ended it.
    pub fn end_with(&mut self, signal: &str) -> Option<i32> {
        self.signal(signal);
        self.wait()
    }

    /// Sends a signal by its name.
    pub fn signal(&self, signal: &str) {
        let sent = std::process::Command::new("kill").args([signal, &self.child.id().to_string()]).status();
        assert!(sent.expect("kill can be run").success());
    }

    /// Waits for the end.
    pub fn wait(&mut self) -> Option<i32> {
        let pause = Duration::from_millis(20);
        let mut waited = Duration::ZERO;
        while waited < PATIENCE {
            if let Some(status) = self.child.try_wait().expect("it can be asked") {
                return status.code();
            }
            thread::sleep(pause);
            waited += pause;
        }
        panic!("the server does not end");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // A test that failed leaves no server behind; one that ended already is no trouble.
        let _ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}
