//! The first answer: on an empty directory, and with a large colony on disk, after a clean stop and after kill -9.

use std::time::Duration;

use url::Url;

use crate::bench::report::{Report, mebibytes, median, ms, share};
use crate::bench::server::Server;
use crate::bench::{Wanted, colony, process};
use crate::failure::CommandError;

/// Starts the server again and again.
pub async fn run(wanted: &Wanted, report: &mut Report) -> Result<(), CommandError> {
    let kept = colony::celebrity(wanted, wanted.followers).await?;
    let title = format!("First answer, {} followers on disk", crate::bench::report::grouped(wanted.followers));
    report.table(&title, &["after", "starts", "median", "slowest"]);
    Server::start(kept.directory(), &kept.origin).await?.stop()?;
    for (name, is_clean) in [("a clean stop", true), ("kill -9", false)] {
        let mut times: Vec<Duration> = Vec::new();
        for _ in 0..wanted.runs {
            let server = Server::start(kept.directory(), &kept.origin).await?;
            times.push(server.first_answer);
            if is_clean { server.stop()? } else { server.kill() }
        }
        report.row([name.to_owned(), times.len().to_string(), ms(median(&times)), ms(share(&times, 1.0))]);
        // What was killed is found by the next start, which is the first that is measured.
        Server::start(kept.directory(), &kept.origin).await?.kill();
    }
    empty(wanted, report, &kept.origin).await
}

/// The first start of all, which makes the databases.
async fn empty(wanted: &Wanted, report: &mut Report, origin: &Url) -> Result<(), CommandError> {
    let mut times: Vec<Duration> = Vec::new();
    let mut memory = Vec::new();
    for _ in 0..wanted.runs {
        let place = tempfile::tempdir_in(&wanted.directory).map_err(CommandError::io("no directory can be made"))?;
        let server = Server::start(place.path(), origin).await?;
        times.push(server.first_answer);
        memory.push(process::anonymous_bytes(&server.place())?);
        server.stop()?;
    }
    report.table("First answer on an empty directory", &["starts", "median", "slowest", "anonymous memory then"]);
    let slowest = ms(share(&times, 1.0));
    report.row([times.len().to_string(), ms(median(&times)), slowest, mebibytes(median(&memory))]);
    Ok(())
}
