//! The first answer with a large colony on disk, after a clean stop and after kill -9.

use std::time::Duration;

use crate::bench::report::{Report, median, ms, share};
use crate::bench::server::Server;
use crate::bench::{Wanted, colony};
use crate::failure::CommandError;

/// Starts the server again and again.
pub async fn run(wanted: &Wanted, report: &mut Report) -> Result<(), CommandError> {
    let kept = colony::celebrity(&wanted.place("celebrity"), wanted.followers).await?;
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
    Ok(())
}
