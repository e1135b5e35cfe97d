//! `cargo xtask screenshots`: every page of a lively colony in all sizes, themes and languages.
//!
//! The pictures are for people to look at; what can be asserted about pages is in the browser tests.

use crate::failure::{Failure, Outcome};
use crate::place::Places;
use crate::prepare::{self, Need};
use crate::run::{Voice, watched};
use crate::server::{self, Site};
use crate::test::{browser_script, gallery};

/// Starts the demonstration and photographs it into `target/screenshots`.
pub fn run(places: &Places) -> Outcome {
    prepare::ensure(places, &[Need::Browser])?;
    let binary = server::build(places)?;
    let site = Site::new(&binary, &places.output.join("screenshots-site"))?;
    let (_server, _) = site.start_as(&["demo"])?;
    let folder = places.target.join("screenshots");
    let mut node = browser_script(places, &[])?;
    node.arg(places.browser_tests().join("screenshots.mjs"))
        .env("KITTIWAKE_URL", site.origin())
        .env("KITTIWAKE_GALLERY", gallery(places)?)
        .env("KITTIWAKE_PASSWORD", "")
        .env("KITTIWAKE_SAID", site.log())
        .env("KITTIWAKE_OUTPUT", &folder);
    let ended = watched("pictures", node, &places.output.join("screenshots.log"), Voice::Loud)?;
    if !ended.well {
        return Err(Failure::new("the pictures could not be taken"));
    }
    println!("The pictures are in {}", folder.display());
    Ok(())
}
