//! Running another program while saying how far it is.
//!
//! What a program says goes to a log file. On a terminal its last line is shown in place; elsewhere a line every minute
//! tells that it is still alive.

use std::fs::File;
use std::io::{BufRead, BufReader, IsTerminal, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use crate::failure::{Failure, Outcome, While};

/// How much a task says while it runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Voice {
    /// Everything that the programs say.
    Loud,
    /// One line that changes in place, or a line a minute.
    Calm,
}

/// How a program ended.
#[derive(Debug)]
pub struct Ended {
    /// Whether it said that all is well.
    pub well: bool,
    /// Everything it said.
    pub said: String,
}

const HEARTBEAT: Duration = Duration::from_secs(60);

/// Runs `command` to its end. `title` is what the progress line calls it; `log` gets everything it says.
pub fn watched(title: &str, mut command: Command, log: &Path, voice: Voice) -> Outcome<Ended> {
    let program = command.get_program().to_string_lossy().into_owned();
    let (reader, writer) = std::io::pipe().doing("making a pipe")?;
    let second = writer.try_clone().doing("making a pipe")?;
    command.stdin(Stdio::null()).stdout(writer).stderr(second).env("NO_COLOR", "1").env("CARGO_TERM_COLOR", "never");
    let mut child = command.spawn().doing(format_args!("starting {program}"))?;
    drop(command); // with it go the last writing ends of the pipe on our side

    let (sender, lines) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(reader).split(b'\n').map_while(Result::ok) {
            if sender.send(String::from_utf8_lossy(&line).into_owned()).is_err() {
                break;
            }
        }
    });
    let said = follow(title, &lines, log, voice)?;
    let status = child.wait().doing(format_args!("waiting for {program}"))?;
    Ok(Ended { well: status.success(), said })
}

/// Runs `command` quietly; what it said becomes the failure's words when it does not end well.
pub fn quietly(doing: &str, command: &mut Command) -> Outcome<String> {
    let output = command.stdin(Stdio::null()).output().doing(doing)?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    if output.status.success() {
        return Ok(said);
    }
    Err(Failure::new(format!("{doing} failed:\n{said}{}", String::from_utf8_lossy(&output.stderr))))
}

/// Seconds and minutes as people say them.
pub fn spoken(time: Duration) -> String {
    match time.as_secs() {
        seconds @ 0..60 => format!("{seconds} s"),
        seconds => format!("{} min {:02} s", seconds / 60, seconds % 60),
    }
}

fn follow(title: &str, lines: &Receiver<String>, log: &Path, voice: Voice) -> Outcome<String> {
    if let Some(folder) = log.parent() {
        std::fs::create_dir_all(folder).doing("making the folder of logs")?;
    }
    let mut file = File::create(log).doing(format_args!("writing {}", log.display()))?;
    let mut progress = Progress::new(title, voice);
    let mut said = String::new();
    loop {
        match lines.recv_timeout(Duration::from_millis(500)) {
            Ok(line) => {
                writeln!(file, "{line}").doing("writing the log")?;
                progress.hear(&line);
                said.push_str(&line);
                said.push('\n');
            }
            Err(RecvTimeoutError::Timeout) => progress.tick(),
            Err(RecvTimeoutError::Disconnected) => break,
        }
    }
    progress.end();
    Ok(said)
}

struct Progress<'a> {
    title: &'a str,
    voice: Voice,
    on_terminal: bool,
    started: Instant,
    last_spoken: Instant,
    last_line: String,
}

impl<'a> Progress<'a> {
    fn new(title: &'a str, voice: Voice) -> Self {
        let now = Instant::now();
        let on_terminal = std::io::stdout().is_terminal();
        Self { title, voice, on_terminal, started: now, last_spoken: now, last_line: String::new() }
    }

    fn hear(&mut self, line: &str) {
        if self.voice == Voice::Loud {
            println!("{line}");
        } else if !line.trim().is_empty() {
            line.trim().clone_into(&mut self.last_line);
            self.tick();
        }
    }

    fn tick(&mut self) {
        let due = if self.on_terminal { Duration::from_millis(100) } else { HEARTBEAT };
        if self.voice == Voice::Loud || self.last_spoken.elapsed() < due {
            return;
        }
        self.last_spoken = Instant::now();
        let line: String = self.last_line.chars().take(80).collect();
        let now = format!("  {:<9}{:>12}  {line}", self.title, spoken(self.started.elapsed()));
        if self.on_terminal {
            print!("\r\x1b[K{now}");
            drop(std::io::stdout().flush());
        } else {
            println!("{now}");
        }
    }

    fn end(&self) {
        if self.on_terminal && self.voice == Voice::Calm {
            print!("\r\x1b[K");
            drop(std::io::stdout().flush());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_spoken_in_minutes_and_seconds() {
        assert_eq!(spoken(Duration::from_millis(59_900)), "59 s");
        assert_eq!(spoken(Duration::from_secs(125)), "2 min 05 s");
    }

    #[test]
    fn both_streams_of_a_program_and_its_end_are_heard() {
        let log = std::env::temp_dir().join(format!("kittiwake-xtask-{}.log", std::process::id()));
        let mut command = Command::new("sh");
        command.args(["-c", "echo out; echo err >&2; exit 3"]);
        let ended = watched("test", command, &log, Voice::Calm).expect("sh runs");
        let logged = std::fs::read_to_string(&log).expect("the log was written");
        drop(std::fs::remove_file(&log));
        assert!(!ended.well);
        assert!(ended.said.contains("out") && ended.said.contains("err"));
        assert_eq!(logged, ended.said);
    }
}
