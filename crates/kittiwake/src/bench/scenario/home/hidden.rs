//! Home of readers one in a hundred of whose authors is hidden, beside that of readers none of whose is.

use std::time::Duration;

use kw_app::colony::Colony;
use kw_app::context::Context;
use kw_app::staff::rules;
use kw_app::staff::understudy::about;
use kw_domain::id::AccountId;
use kw_staff::power::Power;

use super::{CONNECTIONS, asker};
use crate::bench::cast::Cast;
use crate::bench::colony;
use crate::bench::load::{Load, run as ask};
use crate::bench::report::{Report, median, ms, quantile, us};
use crate::bench::server::Server;
use crate::bench::{Wanted, load};
use crate::failure::CommandError;

/// One of so many authors is hidden.
const ONE_IN: usize = 100;

/// So many readers who follow as many as the others do, one in a hundred of them hidden: their tokens. Staff are founded at the
/// first time, and what they hid stays hidden.
pub async fn prepare(
    cx: &Context,
    plan: &Colony,
    (followed, readers): (&[AccountId], usize),
) -> Result<Vec<String>, CommandError> {
    let mut followed = followed.to_vec();
    let every = ONE_IN.min(followed.len());
    // Neighbours take the places of some, so that whom the other readers follow stays seen.
    let neighbours: Vec<AccountId> = (0..followed.len() / every)
        .map(|at| plan.account((at * every) as u64 * plan.members / followed.len() as u64 + 1))
        .collect();
    for (at, neighbour) in neighbours.iter().enumerate() {
        followed[at * every] = *neighbour;
    }
    let mut tokens = Vec::with_capacity(readers);
    for number in 0..readers {
        tokens.push(colony::reader(cx, &format!("home_hidden_{number}"), &followed).await?.token);
    }
    if rules::load(cx).await?.is_none() {
        let cast = Cast::found(cx).await?;
        for neighbour in &neighbours {
            let signed = async |deed: crate::bench::cast::Deed<'_>| Ok((deed.await?.action, ()));
            cast.decide(cx, &about(Power::TakeDown, *neighbour, None), signed, async |_| ()).await?;
        }
    }
    Ok(tokens)
}

/// Both in turns.
pub async fn measure(
    wanted: &Wanted,
    report: &mut Report,
    server: &Server,
    tokens: [&[String]; 2],
) -> Result<(), CommandError> {
    let time = Duration::from_secs(wanted.seconds);
    let mut sides = [(Vec::new(), Vec::new(), Vec::new()), (Vec::new(), Vec::new(), Vec::new())];
    let loads = tokens.map(|tokens| Load { ask: asker(tokens), pace: None, connections: CONNECTIONS, time });
    for load in &loads {
        ask(server.port(), &Load { time: Duration::from_millis(500), ..load.clone() }).await?;
    }
    for _ in 0..wanted.runs {
        for (load, (rates, costs, slow)) in loads.iter().zip(&mut sides) {
            let before = server.processor_time()?;
            let went = ask(server.port(), load).await?;
            costs.push(load::each(server.processor_time()?.saturating_sub(before), &went));
            rates.push(went.per_second());
            slow.push(quantile(&went.latency, 0.99));
        }
    }
    let columns = ["authors who are hidden", "pages a second", "processor a page", "ratio", "p99, unpaced"];
    report.table("Home, warm, with hidden authors", &columns);
    let first = median(&sides[0].1).as_secs_f64().max(1e-9);
    for (name, (rates, costs, slow)) in ["none", "1%"].into_iter().zip(&sides) {
        let ratio = median(costs).as_secs_f64() / first;
        let (rate, cost, slow) = (format!("{:.0}", median(rates)), us(median(costs)), ms(median(slow)));
        report.row([name.to_owned(), rate, cost, format!("{ratio:.2}"), slow]);
    }
    Ok(())
}
