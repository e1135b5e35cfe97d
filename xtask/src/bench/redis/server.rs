//! A Redis of our own: Debian's `redis-server` on a socket in a directory that goes with it, without persistence and without a
//! port. Its clients are `redis-cli`, which comes with it.
//!
//! Redis's own client costs little, and nobody has to trust ours. `redis-benchmark` sends one command again and again, not several
//! about the same timeline; a client library would be compiled with every first `cargo xtask` for this alone.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::mix::{Script, Writing};
use crate::failure::{Failure, Outcome, While};
use crate::run::quietly;

/// Linux counts processor time in hundredths of a second, whatever the kernel's own clock does.
const TICK: Duration = Duration::from_millis(10);
const START_MAX: Duration = Duration::from_secs(10);

/// A server that is running; killed, and its directory removed, when its value goes out of scope.
#[derive(Debug)]
pub struct Redis {
    child: Child,
    folder: PathBuf,
}

/// How long something took: on the clock, and of the server's processor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Took {
    /// From when the clients started until the last of them had its last answer.
    pub time: Duration,
    /// Of the server's processor.
    pub busy: Duration,
}

impl Redis {
    /// Starts one, and waits until it answers.
    pub fn start() -> Outcome<Self> {
        // The path of a socket has 108 bytes at most, so it is not in the repository's own folder.
        let folder = std::env::temp_dir().join(format!("kittiwake-redis-{}", std::process::id()));
        std::fs::create_dir_all(&folder).doing(format_args!("making {}", folder.display()))?;
        let log = File::create(folder.join("log")).doing("opening the log of redis-server")?;
        let mut command = Command::new("redis-server");
        command.args(["--port", "0", "--save", "", "--appendonly", "no", "--daemonize", "no"]);
        command.arg("--dir").arg(&folder).arg("--unixsocket").arg(socket(&folder));
        let child = command.stdin(Stdio::null()).stdout(log).spawn();
        let child = child
            .inspect_err(|_| drop(std::fs::remove_dir_all(&folder)))
            .doing("starting redis-server (on Debian: apt install redis-server)")?;
        let mut redis = Self { child, folder };
        let began = Instant::now();
        while !redis.ask(&["PING"]).is_ok_and(|said| said.trim() == "PONG") {
            let ended = redis.child.try_wait().doing("looking after redis-server")?;
            if ended.is_some() || began.elapsed() > START_MAX {
                let said = std::fs::read_to_string(redis.folder.join("log")).unwrap_or_default();
                return Err(Failure::new(format!("redis-server did not start:\n{said}")));
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        Ok(redis)
    }

    /// Asks one thing.
    pub fn ask(&self, words: &[&str]) -> Outcome<String> {
        quietly("redis-cli", self.client().args(words))
    }

    /// One figure of what Redis tells about itself.
    pub fn info(&self, section: &str, name: &str) -> Outcome<String> {
        let said = self.ask(&["INFO", section])?;
        let line = said.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
        line.map(|line| line.trim().to_owned()).ok_or_else(|| Failure::new(format!("INFO {section} has no {name}")))
    }

    /// Bytes that it has allocated for data.
    pub fn memory_bytes(&self) -> Outcome<u64> {
        self.info("memory", "used_memory")?.parse().doing("reading used_memory")
    }

    /// Has as many clients as there are scripts send them at the same time.
    pub fn perform(&self, scripts: Vec<Script>, writing: Writing) -> Outcome<Took> {
        let mut files = Vec::new();
        for (number, script) in scripts.into_iter().enumerate() {
            let file = self.folder.join(format!("commands-{number}"));
            std::fs::write(&file, &script.bytes).doing(format_args!("writing {}", file.display()))?;
            files.push(file);
        }
        let (began, busy) = (Instant::now(), self.processor_time()?);
        let mut clients = Vec::new();
        for file in &files {
            let said = File::create(file.with_extension("said")).doing("opening a file")?;
            let mut client = self.client();
            if writing == Writing::Protocol {
                client.arg("--pipe");
            }
            let commands = File::open(file).doing("opening commands")?;
            clients.push(client.stdin(commands).stdout(said).spawn().doing("starting redis-cli")?);
        }
        let mut ended_well = true;
        for mut client in clients {
            ended_well &= client.wait().doing("waiting for redis-cli")?.success();
        }
        let took = Took { time: began.elapsed(), busy: self.processor_time()?.saturating_sub(busy) };
        if ended_well { Ok(took) } else { Err(Failure::new("redis-cli had errors to tell")) }
    }

    fn client(&self) -> Command {
        let mut command = Command::new("redis-cli");
        command.arg("-s").arg(socket(&self.folder));
        command
    }

    /// Of the server so far, its own and the kernel's on its behalf.
    fn processor_time(&self) -> Outcome<Duration> {
        let place = format!("/proc/{}/stat", self.child.id());
        let stat = std::fs::read_to_string(&place).doing(format_args!("reading {place}"))?;
        let ticks = ticks(&stat).ok_or_else(|| Failure::new(format!("{place} reads differently here")))?;
        Ok(TICK * ticks)
    }
}

impl Drop for Redis {
    fn drop(&mut self) {
        // It may have ended by itself, and what is left of its directory does no harm.
        drop(self.child.kill());
        drop(self.child.wait());
        drop(std::fs::remove_dir_all(&self.folder));
    }
}

fn socket(folder: &Path) -> PathBuf {
    folder.join("socket")
}

/// Fields 14 and 15, counted behind the command, which may hold spaces and brackets.
fn ticks(stat: &str) -> Option<u32> {
    let mut fields = stat.rsplit_once(") ")?.1.split(' ').skip(11);
    Some(fields.next()?.parse::<u32>().ok()? + fields.next()?.parse::<u32>().ok()?)
}

#[cfg(test)]
mod tests {
    use super::ticks;

    #[test]
    fn times_stand_behind_whatever_the_command_is_called() {
        let stat = "12 (a ) b) S 1 12 12 0 -1 4194560 100 0 0 0 250 17 0 0 20 0 9 0 1000 1 1";
        assert_eq!(ticks(stat), Some(267));
    }
}
