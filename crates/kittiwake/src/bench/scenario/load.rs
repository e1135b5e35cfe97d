//! Loading a colony in bulk: accounts, then follows in both directions, into a fresh directory.

use std::path::Path;

use kw_app::colony::Part;

use crate::bench::report::{Report, grouped, mebibytes};
use crate::bench::{Wanted, colony};
use crate::cli::progress;
use crate::colony::{Kept, Loaded, Wanted as Colony};
use crate::failure::CommandError;

const COLUMNS: [&str; 7] = ["colony", "what", "rows", "took", "a second", "bytes on disk", "bytes a row"];

/// Loads a celebrity's colony and a crowd, each into a directory that is removed afterwards.
pub fn run(wanted: &Wanted, report: &mut Report) -> Result<(), CommandError> {
    report.table("Loading in bulk, into a fresh directory", &COLUMNS);
    let place = wanted.place("load");
    let celebrity = Colony { members: wanted.followers, follows: None, seed: colony::SEED };
    measure(&place, report, ("celebrity", celebrity), &[Part::Accounts, Part::Follows])?;
    let crowd = Colony { members: wanted.members, follows: Some(colony::follows(wanted)), seed: colony::SEED };
    let parts = [Part::Accounts, Part::Follows, Part::Posts { each: colony::POSTS_EACH }];
    measure(&place, report, ("crowd", crowd), &parts)
}

fn measure(
    place: &Path,
    report: &mut Report,
    (name, wanted): (&str, Colony),
    parts: &[Part],
) -> Result<(), CommandError> {
    remove(place)?;
    let begun = tokio::task::block_in_place(|| tokio::runtime::Handle::current().block_on(Kept::begin(place, wanted)));
    let mut kept = begun?;
    for part in parts {
        let bar = progress::of_rows();
        bar.set_message(format!("{name}: {part:?}"));
        let loaded = tokio::task::block_in_place(|| kept.load(*part, &bar))?;
        bar.finish_and_clear();
        if let Some(loaded) = loaded {
            tell(report, name, *part, &loaded);
        }
    }
    remove(place)
}

fn tell(report: &mut Report, colony: &str, part: Part, loaded: &Loaded) {
    let Loaded { rows, counts, took_ms, bytes, count_bytes } = *loaded;
    let per_second = |rows: u64| grouped(rows * 1_000 / took_ms.max(1));
    let what = match part {
        Part::Accounts => format!("{} accounts", grouped(rows / 3)),
        Part::Follows => format!("{} follows, both directions", grouped(rows / 2)),
        Part::Posts { .. } => format!("{} posts", grouped(rows / 4)),
    };
    let per_row = |bytes: u64, rows: u64| format!("{:.1}", bytes as f64 / rows.max(1) as f64);
    let took = format!("{:.1} s", took_ms as f64 / 1_000.0);
    let own = bytes - count_bytes;
    let (colony, rest) = (colony.to_owned(), (per_second(rows), mebibytes(own), per_row(own, rows)));
    report.row([colony.clone(), what, grouped(rows), took, rest.0, rest.1, rest.2]);
    if counts > 0 {
        let what = "counts, loaded with them".to_owned();
        report.row([
            colony,
            what,
            grouped(counts),
            String::new(),
            per_second(counts),
            mebibytes(count_bytes),
            per_row(count_bytes, counts),
        ]);
    }
}

fn remove(place: &Path) -> Result<(), CommandError> {
    match std::fs::remove_dir_all(place) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(CommandError::io(format!("{} cannot be removed", place.display()))(error))
        }
        _ => Ok(()),
    }
}
