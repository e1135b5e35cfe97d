//! `kittiwake load`: a made-up colony in a directory of its own, as fast as the disk takes it.

use std::path::PathBuf;

use kw_app::colony::Part;

use super::{Form, FormArgument, Outcome, block_on, print_json, progress};
use crate::colony::{Kept, Wanted};
use crate::failure::CommandError;

/// What to load.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Begin a colony in an empty directory: its members.
    Accounts {
        #[command(flatten)]
        place: Place,
        /// Members of the colony.
        #[arg(long, value_name = "N", default_value_t = 200_000, value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
        members: u64,
        /// All follow one account, instead of one another.
        #[arg(long)]
        celebrity: bool,
        /// Follows of a member on average, where they follow one another.
        #[arg(long, value_name = "N", default_value_t = 403, conflicts_with = "celebrity")]
        follows: u64,
        /// Another seed makes another colony.
        #[arg(long, default_value_t = 1)]
        seed: u64,
    },
    /// Who follows whom, from both sides and with exact counts.
    Follows {
        #[command(flatten)]
        place: Place,
    },
    /// Posts of each member.
    Posts {
        #[command(flatten)]
        place: Place,
        /// Posts of a member.
        #[arg(long, value_name = "N", default_value_t = 20)]
        each: u64,
    },
}

/// Where.
#[derive(Debug, clap::Args)]
pub struct Place {
    /// The directory of the colony.
    #[arg(long, value_name = "DIR", default_value = "./colony")]
    dir: PathBuf,
    #[command(flatten)]
    form: FormArgument,
}

/// Loads it.
pub fn run(command: Command) -> Result<Outcome, CommandError> {
    let (place, part, mut kept) = match command {
        Command::Accounts { place, members, celebrity, follows, seed } => {
            let wanted = Wanted { members, follows: (!celebrity).then_some(follows), seed };
            let kept = block_on(Kept::begin(&place.dir, wanted))?;
            (place, Part::Accounts, kept)
        }
        Command::Follows { place } => {
            let kept = find(&place)?;
            (place, Part::Follows, kept)
        }
        Command::Posts { place, each } => {
            let kept = find(&place)?;
            (place, Part::Posts { each }, kept)
        }
    };
    let bar = progress::of_rows();
    let loaded = kept.load(part, &bar)?;
    bar.finish_and_clear();
    match (loaded, place.form.form()) {
        (loaded, Form::Json) => print_json(&loaded),
        (Some(loaded), Form::Text) => {
            let per_second = loaded.rows * 1_000 / loaded.took_ms.max(1);
            println!("{} rows in {} ms ({per_second} a second), {} bytes.", loaded.rows, loaded.took_ms, loaded.bytes);
            println!("Look around: KITTIWAKE_DATA={} KITTIWAKE_ORIGIN={} kittiwake", place.dir.display(), kept.origin);
        }
        (None, Form::Text) => println!("All of it is there already."),
    }
    Ok(Outcome::Well)
}

fn find(place: &Place) -> Result<Kept, CommandError> {
    let none = || {
        CommandError::said(format!("{} holds no colony: `kittiwake load accounts` comes first", place.dir.display()))
    };
    Kept::find(&place.dir)?.ok_or_else(none)
}
