//! What a process or a thread costs, as Linux counts it in `/proc`; and what the machine is.

use std::path::Path;
use std::time::Duration;

use crate::failure::CommandError;

/// Linux counts processor time in hundredths of a second, whatever the kernel's own clock does.
const TICK: Duration = Duration::from_millis(10);

/// Processor time so far, its own and the kernel's on its behalf, of what has its accounts in `place`: `/proc/ID`, or
/// `/proc/self/task/ID` for one thread of ours.
pub fn processor_time(place: &Path) -> Result<Duration, CommandError> {
    let stat = read(&place.join("stat"))?;
    ticks(&stat).map(|ticks| TICK * ticks).ok_or_else(|| CommandError::said("/proc/…/stat reads differently here"))
}

/// Memory that is the process's own and in RAM, in bytes: not files, which the system can let go.
pub fn anonymous_bytes(place: &Path) -> Result<u64, CommandError> {
    let status = read(&place.join("status"))?;
    let kibibytes = status
        .lines()
        .find_map(|line| line.strip_prefix("RssAnon:")?.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
    kibibytes.map(|count| count * 1_024).ok_or_else(|| CommandError::said("/proc/…/status reads differently here"))
}

/// The machine in a few words.
pub fn machine() -> String {
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let info = |file: &str, name: &str| {
        let text = std::fs::read_to_string(file).unwrap_or_default();
        text.lines().find_map(|line| Some(line.strip_prefix(name)?.trim_start_matches([' ', '\t', ':']).to_owned()))
    };
    let processor = info("/proc/cpuinfo", "model name").unwrap_or_else(|| "processor unknown".to_owned());
    let kibibytes = info("/proc/meminfo", "MemTotal").and_then(|text| text.split(' ').next()?.parse::<u64>().ok());
    format!("{cores} cores ({processor}), {} GiB", kibibytes.unwrap_or_default() >> 20)
}

fn read(path: &Path) -> Result<String, CommandError> {
    std::fs::read_to_string(path).map_err(CommandError::io(format!("{} cannot be read", path.display())))
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
