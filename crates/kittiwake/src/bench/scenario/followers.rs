//! The pages of followers of an account that many follow, from the first to the last; its profile and posts beside those of an
//! account that few follow.

use std::time::{Duration, Instant};

use kw_app::colony::Colony;

use crate::bench::client::{Connection, get};
use crate::bench::report::{Plot, Report, grouped, median, ms, share};
use crate::bench::server::Server;
use crate::bench::{Wanted, colony};
use crate::failure::CommandError;

/// Followers of a page: as many as clients may ask for.
const PAGE: u64 = 80;
/// Every so many pages one is looked at.
const EVERY: u64 = 1_000;
/// How often each is looked at.
const LOOKS: usize = 5;

/// Looks at every thousandth page and the last.
pub async fn run(wanted: &Wanted, report: &mut Report) -> Result<(), CommandError> {
    let kept = colony::celebrity(wanted, wanted.followers).await?;
    let (plan, account) = (kept.colony(), kept.celebrity.unwrap_or_default());
    let server = Server::start(kept.directory(), &kept.origin).await?;
    let mut connection = Connection::open(server.port()).await?;
    let pages = plan.members.div_ceil(PAGE);
    let mut looked = Vec::new();
    let numbers = (0..pages).step_by(EVERY as usize).chain([pages - 1]);
    for page in numbers {
        let path = path_of(&plan, account, page);
        let times = look(&mut connection, &path).await?;
        looked.push((page + 1, median(&times)));
    }
    let title = format!("Pages of {PAGE} of {} followers", grouped(plan.members));
    report.table(&title, &["page", "median time"]);
    let middles: Vec<Duration> = looked.iter().map(|(_, time)| *time).collect();
    let edges = [looked.first(), looked.get(looked.len() / 2), looked.last()];
    for (page, time) in edges.into_iter().flatten() {
        report.row([grouped(*page), ms(*time)]);
    }
    report.row([format!("slowest of {}", looked.len()), ms(share(&middles, 1.0))]);
    report.table("The account's own, beside one that few follow", &["what", "many follow", "few follow"]);
    let few = plan.account(plan.members / 2).0;
    for (what, path) in [("account", ""), ("posts", "/statuses?limit=20")] {
        let of = |id: u64| format!("/api/v1/accounts/{id}{path}");
        let (many, few) = (look(&mut connection, &of(account)).await?, look(&mut connection, &of(few)).await?);
        report.row([what.to_owned(), ms(median(&many)), ms(median(&few))]);
    }
    let points = looked.iter().map(|(page, time)| (*page as f64, time.as_secs_f64() * 1e3)).collect();
    report.plots.push(Plot {
        name: "followers".to_owned(),
        title: "One page of followers".to_owned(),
        across: "page".to_owned(),
        up: "milliseconds".to_owned(),
        lines: vec![("median".to_owned(), points)],
    });
    Ok(())
}

fn path_of(plan: &Colony, account: u64, page: u64) -> String {
    let path = format!("/api/v1/accounts/{account}/followers?limit={PAGE}");
    match plan.members.checked_sub(page * PAGE) {
        Some(below) if page > 0 && below < plan.members => format!("{path}&max_id={}", plan.follow(below)),
        _ => path,
    }
}

async fn look(connection: &mut Connection, path: &str) -> Result<Vec<Duration>, CommandError> {
    let request = get(path, None);
    let mut times = Vec::with_capacity(LOOKS);
    for _ in 0..LOOKS {
        let began = Instant::now();
        connection.ask_well(&request).await?;
        times.push(began.elapsed());
    }
    Ok(times)
}
