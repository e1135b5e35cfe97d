//! `kittiwake ledger show`: entries as they can be read by whoever has the data directory.

use kw_app::ledger::shelf::Shelf;
use kw_ledger::Leaf;
use kw_staff::entry::leaf::Openings;
use serde::Serialize;
use serde_json::Value;

use crate::cli::{Form, FormArgument, Outcome, block_on, print_json};
use crate::config::Config;
use crate::failure::CommandError;

/// Entries that are read at a time.
const AT_A_TIME: u64 = 256;

/// Which entries.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// One entry, by its number; without it all of them, oldest first.
    #[arg(value_name = "INDEX")]
    index: Option<u64>,
    #[command(flatten)]
    form: FormArgument,
}

/// One entry.
#[derive(Debug, Serialize)]
struct Line {
    index: u64,
    /// What its leaf tells everybody.
    leaf: Value,
    /// What it is about, what happened, and what is for few; null where it was erased or never was.
    target: Value,
    body: Value,
    private: Value,
}

/// Prints entries.
pub fn run(config: &Config, arguments: &Arguments) -> Result<Outcome, CommandError> {
    let shelf = super::open(config)?;
    block_on(async {
        let size = shelf.checkpoint().await?.map_or(0, |(size, _)| size);
        let (from, to) = match arguments.index {
            Some(index) if index >= size => {
                return Err(CommandError::said(format!("there is no entry {index}: the ledger has {size}")));
            }
            Some(index) => (index, index + 1),
            None => (0, size),
        };
        let mut at = from;
        while at < to {
            let until = to.min((at / AT_A_TIME + 1) * AT_A_TIME);
            print(&shelf, at..until, arguments.form.form()).await?;
            at = until;
        }
        Ok(Outcome::Well)
    })
}

async fn print(shelf: &Shelf, range: std::ops::Range<u64>, form: Form) -> Result<(), CommandError> {
    let leaves = shelf.leaves(range.clone()).await?;
    for (index, bytes) in range.zip(&leaves) {
        let line = line(index, bytes, shelf.openings(index).await?);
        match form {
            Form::Json => print_json(&line),
            Form::Text => print_text(&line, bytes),
        }
    }
    Ok(())
}

fn line(index: u64, leaf: &[u8], openings: Openings) -> Line {
    let json = |bytes: &[u8]| serde_json::from_slice(bytes).unwrap_or(Value::Null);
    let Openings { target, body, private } = openings;
    let [target, body, private] =
        [target, body, private].map(|shown| shown.map_or(Value::Null, |shown| json(shown.opening.bytes())));
    Line { index, leaf: json(leaf), target, body, private }
}

fn print_text(line: &Line, bytes: &[u8]) {
    let leaf = Leaf::from_bytes(bytes);
    let (kind, moment) = leaf.map_or_else(
        |error| (format!("no leaf ({error})"), String::new()),
        |leaf| (leaf.kind.clone(), utc(leaf.time_ms)),
    );
    println!("{:>6}  {moment}  {kind}", line.index);
    for (name, part) in [("target", &line.target), ("body", &line.body), ("private", &line.private)] {
        if !part.is_null() {
            println!("        {name}: {part}");
        }
    }
}

/// A moment as people write it, in UTC. The days are counted in the calendar of a year that begins in March, so that the leap
/// day is its last.
fn utc(time_ms: u64) -> String {
    let seconds = time_ms / 1_000;
    let days = seconds / 86_400 + 719_468;
    let era = days / 146_097;
    let day_of_era = days % 146_097;
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = era * 400 + year_of_era + u64::from(month <= 2);
    let (hour, minute, second) = (seconds / 3_600 % 24, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_are_written_as_everybody_writes_them() {
        for (time_ms, words) in [
            (0, "1970-01-01 00:00:00Z"),
            (951_782_400_000, "2000-02-29 00:00:00Z"),
            (1_509_667_199_000, "2017-11-02 23:59:59Z"),
            (1_795_435_200_000, "2026-11-23 12:00:00Z"),
        ] {
            assert_eq!(utc(time_ms), words);
        }
    }
}
