//! Home pages: warm beside a bare server that sends the same bytes, cold, for readers who follow thousands, and far back.

mod hidden;

use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::bench::ceiling::Bare;
use crate::bench::client::{Connection, get};
use crate::bench::curve::{self, Curve};
use crate::bench::load::{Asker, Load, run as ask};
use crate::bench::report::{Report, median, ms, quantile, share, us};
use crate::bench::server::Server;
use crate::bench::{Wanted, colony, load};
use crate::failure::CommandError;

/// Whom an ordinary reader follows.
const FOLLOWED: u64 = 400;
/// Whom one with many follows.
const FOLLOWED_MANY: u64 = 5_000;
/// Readers who take turns.
const READERS: u64 = 20;
/// Those who read once after a start.
const COLD_READERS: u64 = 100;
const CONNECTIONS: usize = 16;
const HOME: &str = "/api/v1/timelines/home?limit=20";
/// Pages that are turned, one after another.
const DEEP_PAGES: usize = 50;

/// Measures it.
pub async fn run(wanted: &Wanted, report: &mut Report) -> Result<(), CommandError> {
    let kept = colony::crowd(wanted).await?;
    let (plan, house) = (kept.colony(), kept.open().await?);
    let of_quick = |count: u64, quick: u64| if wanted.is_quick { quick } else { count };
    let followed = colony::spread(&plan, of_quick(FOLLOWED, 40));
    let mut tokens = Vec::new();
    for number in 0..of_quick(READERS, 2) {
        tokens.push(colony::reader(&house.cx, &format!("home_{number}"), &followed).await?.token);
    }
    let many = colony::spread(&plan, of_quick(FOLLOWED_MANY, 100));
    let many = colony::reader(&house.cx, "home_many", &many).await?.token;
    let cold = colony::sign_in(&house.cx, &colony::spread(&plan, of_quick(COLD_READERS, 5))).await?;
    let hidden = hidden::prepare(&house.cx, &plan, (&followed, tokens.len())).await?;
    house.cx.rest().await?;
    drop(house);

    let server = Server::start(kept.directory(), &kept.origin).await?;
    let mut times = Vec::new();
    let mut connection = Connection::open(server.port()).await?;
    for seat in &cold {
        times.push(look(&mut connection, HOME, &seat.token).await?);
    }
    let page = connection.ask_well(&get(HOME, Some(&tokens[0]))).await?.body.to_vec();
    let bare = Bare::start(page.clone(), "application/json").await?;
    let best = warm(wanted, report, (&server, &bare), (&tokens, page.len())).await?;
    hidden::measure(wanted, report, &server, [&tokens, &hidden]).await?;
    report.table("Home pages that are not warm", &["what", "median", "p99"]);
    let mut row = |what: &str, times: &[Duration]| {
        report.row([what.to_owned(), ms(median(times)), ms(share(times, 0.99))]);
    };
    row("first pages of members after a start, one each", &times);
    row("the very first page", &times[..1]);
    let mut of_many = Vec::new();
    for _ in 0..DEEP_PAGES {
        of_many.push(look(&mut connection, HOME, &many).await?);
    }
    row(&format!("a reader who follows {}", of_quick(FOLLOWED_MANY, 100)), &of_many);
    row(&format!("{DEEP_PAGES} pages, one after another"), &deep(&mut connection, &tokens[0]).await?);
    let (ask, time) = (&asker(&tokens), Duration::from_secs(wanted.seconds));
    let connections = 4 * CONNECTIONS;
    let curve = Curve { name: "home", what: "Home pages", across: "pages", ask, best, connections, time };
    curve::measure(report, server.port(), &curve).await
}

fn asker(tokens: &[String]) -> Asker {
    let requests: Vec<Arc<[u8]>> = tokens.iter().map(|token| get(HOME, Some(token)).into()).collect();
    Arc::new(move |number| Arc::clone(&requests[number as usize % requests.len()]))
}

/// Kittiwake and the bare server in turns; how many pages a second Kittiwake gave.
async fn warm(
    wanted: &Wanted,
    report: &mut Report,
    (server, bare): (&Server, &Bare),
    (tokens, page_bytes): (&[String], usize),
) -> Result<f64, CommandError> {
    let time = Duration::from_secs(wanted.seconds);
    let load = Load { ask: asker(tokens), pace: None, connections: CONNECTIONS, time };
    ask(server.port(), &Load { time: Duration::from_millis(500), ..load.clone() }).await?;
    let mut sides = [(Vec::new(), Vec::new(), Vec::new()), (Vec::new(), Vec::new(), Vec::new())];
    for _ in 0..wanted.runs {
        for (side, (rates, costs, slow)) in sides.iter_mut().enumerate() {
            let cost = || if side == 0 { server.processor_time() } else { bare.processor_time() };
            let before = cost()?;
            let went = ask(if side == 0 { server.port() } else { bare.port }, &load).await?;
            costs.push(load::each(cost()?.saturating_sub(before), &went));
            rates.push(went.per_second());
            slow.push(quantile(&went.latency, 0.99));
        }
    }
    let title = format!("Home, warm: 20 posts ({page_bytes} bytes) of {FOLLOWED} followed, {CONNECTIONS} connections");
    report.table(&title, &["server", "pages a second", "processor a page", "pages a second and core", "p99, unpaced"]);
    for (name, (rates, costs, slow)) in ["Kittiwake", "bare, the same bytes"].into_iter().zip(&sides) {
        let cost = median(costs);
        let per_core = 1.0 / cost.as_secs_f64().max(1e-9);
        report.row([
            name.to_owned(),
            format!("{:.0}", median(rates)),
            us(cost),
            format!("{per_core:.0}"),
            ms(median(slow)),
        ]);
    }
    let ratio = median(&sides[0].1).as_secs_f64() / median(&sides[1].1).as_secs_f64().max(1e-9);
    report.row(["ratio".to_owned(), String::new(), format!("{ratio:.1}"), String::new(), String::new()]);
    Ok(median(&sides[0].0))
}

async fn look(connection: &mut Connection, path: &str, token: &str) -> Result<Duration, CommandError> {
    let request = get(path, Some(token));
    let began = Instant::now();
    connection.ask_well(&request).await?;
    Ok(began.elapsed())
}

/// Page after page, as the answers lead.
async fn deep(connection: &mut Connection, token: &str) -> Result<Vec<Duration>, CommandError> {
    let (mut path, mut times) = (HOME.to_owned(), Vec::new());
    for _ in 0..DEEP_PAGES {
        let request = get(&path, Some(token));
        let began = Instant::now();
        let answer = connection.ask_well(&request).await?;
        times.push(began.elapsed());
        let Some(next) = next_of(answer.head) else { break };
        path = next;
    }
    Ok(times)
}

/// The path behind `rel="next"`.
fn next_of(head: &str) -> Option<String> {
    let links = head.lines().find_map(|line| line.strip_prefix("link:").or_else(|| line.strip_prefix("Link:")))?;
    let next = links.split(',').find(|link| link.contains("rel=\"next\""))?;
    let (_, address) = next.split_once('<')?;
    let (address, _) = address.split_once('>')?;
    Some(address[address.find("/api/")?..].to_owned())
}

#[cfg(test)]
mod tests {
    use super::next_of;

    #[test]
    fn the_next_page_is_where_the_answer_leads() {
        let head = "HTTP/1.1 200 OK\r\nlink: <http://localhost:1/api/v1/timelines/home?max_id=7>; rel=\"next\", <http://localhost:1/api/v1/x>; rel=\"prev\"\r\n";
        assert_eq!(next_of(head).as_deref(), Some("/api/v1/timelines/home?max_id=7"));
        assert_eq!(next_of("HTTP/1.1 200 OK\r\n"), None);
    }
}
