//! A day in the life: posts and home pages together, at a pace that does not wait for answers.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use crate::bench::client::{get, post};
use crate::bench::load::{Asker, Load, Went, run as ask};
use crate::bench::report::{Report, mebibytes, ms, quantile};
use crate::bench::server::Server;
use crate::bench::{Wanted, colony, process};
use crate::failure::CommandError;

/// An eightieth of what Twitter published: posts and home pages a second.
const POSTS: f64 = 75.0;
const PAGES: f64 = 3_750.0;
/// Of a hundred seconds' work, so much when it only has to be seen that it works.
const QUICK: f64 = 0.01;
/// Who reads and posts.
const MEMBERS: u64 = 1_000;

/// Measures it.
pub async fn run(wanted: &Wanted, report: &mut Report) -> Result<(), CommandError> {
    let kept = colony::crowd(wanted).await?;
    let house = kept.open().await?;
    let members = if wanted.is_quick { 10 } else { MEMBERS };
    let seats = colony::sign_in(&house.cx, &colony::spread(&kept.colony(), members)).await?;
    house.cx.rest().await?;
    drop(house);
    let pages: Vec<Arc<[u8]>> =
        seats.iter().map(|seat| get("/api/v1/timelines/home?limit=20", Some(&seat.token)).into()).collect();
    let read: Asker = Arc::new(move |number| Arc::clone(&pages[number as usize % pages.len()]));
    let write: Asker = Arc::new(move |number| post(&seats[number as usize % seats.len()].token, number).into());
    let scale = if wanted.is_quick { QUICK } else { 1.0 };
    let time = Duration::from_secs(wanted.seconds);
    let load = |ask: &Asker, pace: f64| Load { ask: Arc::clone(ask), pace: Some(pace * scale), connections: 32, time };

    let server = Server::start(kept.directory(), &kept.origin).await?;
    let warm = Load { time: time / 10, ..load(&read, PAGES) };
    ask(server.port(), &warm).await?;
    let (memory, busy) = (process::anonymous_bytes(&server.place())?, server.processor_time()?);
    let (reads, writes) = (load(&read, PAGES), load(&write, POSTS));
    let place = server.place();
    let (read, written, memories) =
        tokio::join!(ask(server.port(), &reads), ask(server.port(), &writes), watch(&place, time));
    let (read, written, memories) = (read?, written?, memories?);
    let busy = server.processor_time()?.saturating_sub(busy);
    let title = format!("A day in the life, {} s", wanted.seconds);
    report.table(&title, &["what", "wanted a second", "answered a second", "median", "p99", "p99.9"]);
    let mut row = |what: &str, pace: f64, went: &Went| {
        let [middle, slow, slowest] = [0.5, 0.99, 0.999].map(|share| ms(quantile(&went.latency, share)));
        let (wanted, answered) = (format!("{:.0}", pace * scale), format!("{:.0}", went.per_second()));
        report.row([what.to_owned(), wanted, answered, middle, slow, slowest]);
    };
    row("home pages", PAGES, &read);
    row("posts", POSTS, &written);
    report.table("The server meanwhile", &["what", "figure"]);
    let memories: Vec<String> = [memory].iter().chain(&memories).map(|bytes| mebibytes(*bytes)).collect();
    report.row(["anonymous memory, before and after each tenth".to_owned(), memories.join(", ")]);
    let cores = busy.as_secs_f64() / read.time.as_secs_f64();
    report.row(["cores in use".to_owned(), format!("{cores:.2}")]);
    Ok(())
}

/// The server's own memory after each tenth of `time`.
async fn watch(place: &Path, time: Duration) -> Result<Vec<u64>, CommandError> {
    let mut seen = Vec::new();
    for _ in 0..10 {
        tokio::time::sleep(time / 10).await;
        seen.push(process::anonymous_bytes(place)?);
    }
    Ok(seen)
}
