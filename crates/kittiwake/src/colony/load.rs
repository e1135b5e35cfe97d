//! Loading: rows are made on one thread and written on another; what a process that was killed left off is gone on with.

use std::path::Path;
use std::sync::mpsc::sync_channel;
use std::thread;

use indicatif::ProgressBar;
use kw_app::colony::{self, Colony, Part};
use kw_store::bulk::Run;
use kw_store::{Clock, SystemClock};
use kw_store_sqlite::{Bulk, DATABASE};
use serde::Serialize;

use crate::boot::{LOAD, Unfinished};
use crate::failure::CommandError;

/// Runs that are made ahead of those that are being written.
const RUNS_AHEAD: usize = 3;
/// Changes with every start of the machine: <https://www.kernel.org/doc/html/latest/admin-guide/sysctl/kernel.html#random>.
const BOOT: &str = "/proc/sys/kernel/random/boot_id";

/// What a load wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Loaded {
    /// Rows, without those that count others.
    pub rows: u64,
    /// Rows that count others.
    pub counts: u64,
    /// In how many milliseconds, until all of it is on the disk.
    pub took_ms: u64,
    /// By how many bytes the database has grown.
    pub bytes: u64,
    /// How many of them are of rows that count others, by their share of what was handed over.
    pub count_bytes: u64,
}

/// What a row takes in the database besides its bytes: lengths, kinds, its place in a page, and the family.
const ROW_BYTES: u64 = 10;
/// A stamp; rows that count have none.
const STAMP_BYTES: u64 = 8;

/// Rows and their bytes, as handed over.
#[derive(Debug, Clone, Copy, Default)]
struct Sum {
    rows: u64,
    bytes: u64,
}

/// Loads a part of a colony into the databases of `directory`, or goes on with it.
///
/// Nothing is synced before the end. So what was begun before the machine itself was started again is not gone on with.
pub fn load(directory: &Path, colony: Colony, part: Part, bar: &ProgressBar) -> Result<Loaded, CommandError> {
    let boot = std::fs::read_to_string(BOOT).unwrap_or_default();
    let mark = format!("{LOAD}{part:?} {colony:?} {}", boot.trim());
    match Unfinished::find(directory)? {
        Some(other) if other != mark => {
            return Err(CommandError::said(format!(
                "{} holds half of something else, or the machine was started again in the midst of it. Remove the directory, \
                 and begin anew",
                directory.display()
            )));
        }
        Some(_) => {}
        None => Unfinished::begin(directory, &mark)?,
    }
    let size = || std::fs::metadata(directory.join(DATABASE)).map_or(0, |meta| meta.len());
    let (before, began) = (size(), SystemClock.now_millis());
    let mut bulk = Bulk::open(directory, DATABASE)?;
    let (rows, counts) = write(&mut bulk, colony, part, bar)?;
    bulk.finish()?;
    Unfinished::end(directory)?;
    let (took_ms, bytes) = (SystemClock.now_millis() - began, size().saturating_sub(before));
    let share = counts.bytes as f64 / (counts.bytes + rows.bytes).max(1) as f64;
    let count_bytes = (bytes as f64 * share) as u64;
    Ok(Loaded { rows: rows.rows, counts: counts.rows, took_ms, bytes, count_bytes })
}

fn add(run: &Run, rows: &mut Sum, counts: &mut Sum) {
    for row in (0..run.len()).map(|at| run.row(at)) {
        let (sum, stamp) = if row.key.is_empty() { (&mut *counts, 0) } else { (&mut *rows, STAMP_BYTES) };
        sum.rows += 1;
        sum.bytes += ROW_BYTES + stamp + (row.partition.len() + row.key.len() + row.value.len()) as u64;
    }
}

fn write(bulk: &mut Bulk, colony: Colony, part: Part, bar: &ProgressBar) -> Result<(Sum, Sum), CommandError> {
    thread::scope(|scope| {
        let (sender, made) = sync_channel::<Run>(RUNS_AHEAD);
        let bar_of_maker = bar.clone();
        scope.spawn(move || {
            let (runs, at_least) = colony::runs(colony, part);
            bar_of_maker.set_length(at_least);
            for run in runs {
                // Whoever writes has stopped, and says why.
                if sender.send(run).is_err() {
                    break;
                }
            }
        });
        let (mut rows, mut counts) = (Sum::default(), Sum::default());
        for run in made {
            bulk.load(&run)?;
            add(&run, &mut rows, &mut counts);
            bar.set_position(rows.rows + counts.rows);
        }
        Ok((rows, counts))
    })
}
