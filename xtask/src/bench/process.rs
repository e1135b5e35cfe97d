//! What a process costs, as Linux counts it in `/proc`.

use std::time::Duration;

use crate::failure::{Failure, Outcome, While};

/// Linux counts processor time in hundredths of a second, whatever the kernel's own clock does.
const TICK: Duration = Duration::from_millis(10);

/// Processor time of the process so far, its own and the kernel's on its behalf.
pub fn processor_time(id: u32) -> Outcome<Duration> {
    let stat = std::fs::read_to_string(format!("/proc/{id}/stat")).doing("reading /proc/…/stat")?;
    ticks(&stat).map(|ticks| TICK * ticks).ok_or_else(|| Failure::new("/proc/…/stat reads differently here"))
}

/// Memory of the process that is in RAM, in bytes.
pub fn resident_bytes(id: u32) -> Outcome<u64> {
    let status = std::fs::read_to_string(format!("/proc/{id}/status")).doing("reading /proc/…/status")?;
    let kibibytes = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
    kibibytes.map(|count| count * 1024).ok_or_else(|| Failure::new("/proc/…/status reads differently here"))
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
