//! Posting: what a post costs with few followers and with many, how long one takes to be durable, and how many clients get
//! theirs through together.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use kw_domain::id::AccountId;

use crate::bench::ceiling::{Bare, Engine, syncs};
use crate::bench::client::{Connection, post};
use crate::bench::curve::{self, Curve};
use crate::bench::load::{Asker, Load, Went, run as ask};
use crate::bench::report::{Plot, Report, grouped, median, ms, quantile, us};
use crate::bench::server::Server;
use crate::bench::{Wanted, colony};
use crate::failure::CommandError;

/// Followers of the account that few follow.
const FEW: u64 = 100;
/// Connections at the same time, where costs are measured.
const CONNECTIONS: usize = 16;
/// How long one author posts through them: more than some ten thousand at once are nobody's.
const STRETCH: Duration = Duration::from_secs(1);
/// Clients who post at the same time, each as another author.
const CLIENTS: usize = 64;
/// Writes that are synced one after another.
const SYNCS: usize = 500;

struct Side {
    followers: u64,
    server: Server,
    /// As the one whom all follow.
    ask: Asker,
    /// As those who follow, in turns.
    of_many: Asker,
    directory: PathBuf,
    costs: Vec<Duration>,
    rates: Vec<f64>,
}

/// Measures it.
pub async fn run(wanted: &Wanted, report: &mut Report) -> Result<(), CommandError> {
    let few = FEW.min(wanted.followers);
    let mut sides = [side(wanted.place("post-few"), few).await?, side(wanted.place("post"), wanted.followers).await?];
    for side in &sides {
        load(side, &side.ask, (8, STRETCH / 2)).await?;
    }
    let answer =
        Connection::open(sides[0].server.port()).await?.ask_well(&(sides[0].ask)(u64::MAX)).await?.body.to_vec();
    let bare = Bare::start(answer, "application/json").await?;
    let mut of_bare: (Vec<f64>, Vec<Duration>) = (Vec::new(), Vec::new());
    for _ in 0..wanted.runs {
        for side in &mut sides {
            let before = side.server.processor_time()?;
            let went = load(side, &side.ask, (CONNECTIONS, STRETCH)).await?;
            let cost = side.server.processor_time()?.saturating_sub(before);
            side.costs.push(cost / went.requests.max(1) as u32);
            side.rates.push(went.per_second());
        }
        let before = bare.processor_time()?;
        let bytes = Load { ask: Arc::clone(&sides[0].ask), pace: None, connections: CONNECTIONS, time: STRETCH };
        let went = ask(bare.port, &bytes).await?;
        of_bare.1.push(bare.processor_time()?.saturating_sub(before) / went.requests.max(1) as u32);
        of_bare.0.push(went.per_second());
    }
    let title = format!("Posts, acknowledged when on disk, {CONNECTIONS} connections");
    report.table(&title, &["followers", "posts a second", "processor a post", "ratio"]);
    let costs: Vec<Duration> = sides.iter().map(|side| median(&side.costs)).collect();
    for (side, cost) in sides.iter().zip(&costs) {
        let ratio = cost.as_secs_f64() / costs[0].as_secs_f64().max(1e-9);
        report.row([grouped(side.followers), format!("{:.0}", median(&side.rates)), us(*cost), format!("{ratio:.2}")]);
    }
    let (rate, cost) = (median(&of_bare.0), median(&of_bare.1));
    report.row(["a bare server, the same bytes".to_owned(), format!("{rate:.0}"), us(cost), String::new()]);
    let points =
        sides.iter().zip(&costs).map(|(side, cost)| (side.followers as f64, cost.as_secs_f64() * 1e6)).collect();
    report.plots.push(Plot {
        name: "post".to_owned(),
        title: "What a post costs".to_owned(),
        across: "followers".to_owned(),
        up: "microseconds of processor".to_owned(),
        lines: vec![("median".to_owned(), points)],
    });
    durable(wanted, report, &sides[1]).await?;
    let [_, side] = &sides;
    let (ask, best, time) = (&side.of_many, median(&side.rates), Duration::from_secs(wanted.seconds));
    let curve = Curve { name: "post-load", what: "Posts", across: "posts", ask, best, connections: CLIENTS, time };
    curve::measure(report, side.server.port(), &curve).await
}

/// A colony that nobody posted in yet.
async fn side(directory: PathBuf, followers: u64) -> Result<Side, CommandError> {
    if directory.exists() {
        std::fs::remove_dir_all(&directory).map_err(CommandError::io("an earlier colony cannot be removed"))?;
    }
    let kept = colony::celebrity_at(&directory, followers).await?;
    let house = kept.open().await?;
    let author = AccountId(kept.celebrity.unwrap_or_default());
    let token = colony::sign_in(&house.cx, &[author]).await?.remove(0).token;
    let many = colony::sign_in(&house.cx, &colony::spread(&kept.colony(), CLIENTS as u64)).await?;
    house.cx.rest().await?;
    drop(house);
    let server = Server::start(&directory, &kept.origin).await?;
    let ask: Asker = Arc::new(move |number| post(&token, number).into());
    let of_many: Asker = Arc::new(move |number| post(&many[number as usize % many.len()].token, number).into());
    Ok(Side { followers, server, ask, of_many, directory, costs: Vec::new(), rates: Vec::new() })
}

async fn load(side: &Side, asker: &Asker, (connections, time): (usize, Duration)) -> Result<Went, CommandError> {
    ask(side.server.port(), &Load { ask: Arc::clone(asker), pace: None, connections, time }).await
}

async fn durable(wanted: &Wanted, report: &mut Report, side: &Side) -> Result<(), CommandError> {
    let time = Duration::from_secs(wanted.seconds);
    let (mut alone, mut synced, mut together, mut raw) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let place = tempfile::tempdir_in(&wanted.directory).map_err(CommandError::io("no directory can be made"))?;
    let engine = Engine::open(place.path())?;
    for _ in 0..wanted.runs {
        synced.push(median(&syncs(&side.directory, if wanted.is_quick { 20 } else { SYNCS })?));
        alone.push(quantile(&load(side, &side.of_many, (1, time)).await?.latency, 0.5));
        together.push(load(side, &side.of_many, (CLIENTS, time)).await?.per_second());
        raw.push(engine.posts(CLIENTS as u64, time).await?);
    }
    report.table("Durable posts", &["what", "figure", "ceiling in the same run"]);
    let ceiling = format!("one 4 KiB write and fdatasync: {}", ms(median(&synced)));
    report.row(["one client, one post, median".to_owned(), ms(median(&alone)), ceiling]);
    let (ours, theirs) = (median(&together), median(&raw));
    let ceiling = format!("the engine alone, the same rows: {theirs:.0} a second");
    report.row([
        format!("{CLIENTS} clients, each as another author"),
        format!("{ours:.0} a second ({:.0}%)", ours / theirs * 100.0),
        ceiling,
    ]);
    let (got, scanned) = engine.reads(if wanted.is_quick { 100 } else { 20_000 }).await?;
    report.row([
        "reads of the engine".to_owned(),
        format!("a get {:.2} µs", got.as_secs_f64() * 1e6),
        format!("a scan of 20 rows {:.2} µs", scanned.as_secs_f64() * 1e6),
    ]);
    Ok(())
}
