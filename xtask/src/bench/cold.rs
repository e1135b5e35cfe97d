//! How long a newcomer's first build takes, and how many crates it is of.

use std::time::{Duration, Instant};

use crate::failure::{Failure, Outcome, While};
use crate::place::{Places, cargo};
use crate::run::quietly;

/// A build of the program from nothing, into a folder of its own that is removed afterwards.
pub fn build(places: &Places) -> Outcome<Duration> {
    let folder = places.output.join("cold");
    remove(&folder)?;
    let started = Instant::now();
    let mut command = cargo();
    command.args(["build", "--release", "--package", "kittiwake", "--target-dir"]).arg(&folder);
    let built = command.current_dir(&places.root).status().doing("running cargo build")?.success();
    let took = started.elapsed();
    remove(&folder)?;
    if built { Ok(took) } else { Err(Failure::new("kittiwake does not build")) }
}

/// The crates that are compiled for the program, ours included.
pub fn crates(places: &Places) -> Outcome<usize> {
    let mut tree = cargo();
    tree.args(["tree", "--package", "kittiwake", "--edges", "normal,build", "--prefix", "none", "--format", "{p}"]);
    let said = quietly("cargo tree", tree.current_dir(&places.root))?;
    // A line ends in `(*)` where its dependencies were listed before.
    let names = said.lines().filter_map(|line| Some(line.trim_end_matches(" (*)")).filter(|name| !name.is_empty()));
    Ok(names.collect::<std::collections::BTreeSet<_>>().len())
}

fn remove(folder: &std::path::Path) -> Outcome {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(Failure::new(format!("{}: {error}", folder.display())))
        }
        _ => Ok(()),
    }
}
