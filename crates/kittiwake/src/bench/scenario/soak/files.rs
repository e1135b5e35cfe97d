//! The files of the colony that is soaked: a copy, what takes room in it, and what is left once all that goes by itself is gone.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use kw_domain::time::Millis;
use kw_store::{Clock, ManualClock, SystemClock};
use kw_store_sqlite::{OpenOptions, Passing, SqliteStore};

use crate::cli::progress;
use crate::failure::CommandError;

/// Later than anything that expires: notifications stay longest, for 90 days, and a day more on disk.
const LATER_MS: u64 = 100 * Millis::DAY;

/// What takes room in `network.db`, while nobody has it open.
#[derive(Debug, Default)]
pub struct Room {
    /// Bytes of the file.
    pub bytes: u64,
    /// Bytes of pages in use.
    pub used_bytes: u64,
    /// Rows that are collected one day, by family.
    pub passing: BTreeMap<u16, Passing>,
}

impl Room {
    /// Looks at a directory at a moment, or now.
    pub fn of(directory: &Path, moment: Option<Millis>) -> Result<Self, CommandError> {
        Self::look(&open(directory, moment)?)
    }

    fn look(store: &SqliteStore) -> Result<Self, CommandError> {
        let room = store.room()?;
        Ok(Self { bytes: room.bytes, used_bytes: room.bytes - room.free_bytes, passing: store.list_passing()? })
    }

    /// Rows that are collected one day.
    pub fn passing_rows(&self) -> u64 {
        self.passing.values().map(|passing| passing.deleted_rows + passing.expiring_rows).sum()
    }
}

/// Lets it be so late that everything that goes by itself has gone, and collects it as the server does.
pub async fn collect(directory: &Path) -> Result<Room, CommandError> {
    let store = open(directory, Some(Millis(SystemClock.now_millis() + LATER_MS)))?;
    let bar = progress::of_rows();
    bar.set_length(store.list_passing()?.values().map(|it| it.deleted_rows + it.expiring_rows).sum());
    bar.set_message("collected");
    loop {
        let removed = store.collect().await?;
        bar.inc(removed as u64);
        if removed == 0 {
            break;
        }
    }
    bar.finish_and_clear();
    Room::look(&store)
}

/// Copies a colony that nobody has open into a directory of its own.
pub fn copy(from: &Path, to: &Path) -> Result<(), CommandError> {
    let trouble = || CommandError::io(format!("{} cannot be made ready", to.display()));
    if to.exists() {
        fs::remove_dir_all(to).map_err(trouble())?;
    }
    fs::create_dir_all(to).map_err(trouble())?;
    #[cfg(unix)]
    fs::set_permissions(to, std::os::unix::fs::PermissionsExt::from_mode(0o700)).map_err(trouble())?;
    for entry in fs::read_dir(from).map_err(trouble())? {
        let path = entry.map_err(trouble())?.path();
        let is_kept = path.extension().is_some_and(|kind| kind == "db" || kind == "json");
        if let Some(name) = path.file_name().filter(|_| is_kept) {
            fs::copy(&path, to.join(name)).map_err(trouble())?;
        }
    }
    Ok(())
}

fn open(directory: &Path, moment: Option<Millis>) -> Result<SqliteStore, CommandError> {
    let clock: Arc<dyn Clock> = match moment {
        Some(moment) => Arc::new(ManualClock::at_micros(moment.0 * 1_000)),
        None => Arc::new(SystemClock),
    };
    Ok(SqliteStore::open(OpenOptions::new(directory, clock))?)
}
