//! What the server keeps in memory: idle, with readers, and with millions of followers on disk.

use crate::bench::client::{Connection, get};
use crate::bench::report::{Report, grouped, mebibytes};
use crate::bench::server::Server;
use crate::bench::{Wanted, colony, process};
use crate::failure::CommandError;

/// Readers who open their home page.
const READERS: u64 = 1_000;
/// How often each does.
const ROUNDS: usize = 3;

/// Looks at the server's own memory, which the system cannot take back.
pub async fn run(wanted: &Wanted, report: &mut Report) -> Result<(), CommandError> {
    report.table("Memory that is the server's own", &["when", "anonymous memory"]);
    let crowd = colony::crowd(wanted).await?;
    let house = crowd.open().await?;
    let readers = if wanted.is_quick { 20 } else { READERS };
    let seats = colony::sign_in(&house.cx, &colony::spread(&crowd.colony(), readers)).await?;
    house.cx.rest().await?;
    drop(house);
    let server = Server::start(crowd.directory(), &crowd.origin).await?;
    let idle = process::anonymous_bytes(&server.place())?;
    report.row([format!("idle, a crowd of {} on disk", grouped(wanted.members)), mebibytes(idle)]);
    let mut connection = Connection::open(server.port()).await?;
    for _ in 0..ROUNDS {
        for seat in &seats {
            connection.ask_well(&get("/api/v1/timelines/home?limit=20", Some(&seat.token))).await?;
        }
    }
    let active = process::anonymous_bytes(&server.place())?;
    report.row([format!("after {} of them read home", grouped(readers)), mebibytes(active)]);
    let each = active.saturating_sub(idle) * 1_000 / readers.max(1);
    report.row(["for a thousand active readers".to_owned(), mebibytes(each)]);
    drop(server);

    let kept = colony::celebrity(wanted, wanted.followers).await?;
    let server = Server::start(kept.directory(), &kept.origin).await?;
    report.row([
        format!("idle, {} followers on disk", grouped(wanted.followers)),
        mebibytes(process::anonymous_bytes(&server.place())?),
    ]);
    let mut connection = Connection::open(server.port()).await?;
    let (plan, account) = (kept.colony(), kept.celebrity.unwrap_or_default());
    for page in 0..1_000 {
        let below = plan.follow(plan.members - 1 - page * plan.members / 1_000);
        let path = format!("/api/v1/accounts/{account}/followers?limit=80&max_id={below}");
        connection.ask_well(&get(&path, None)).await?;
    }
    let after = process::anonymous_bytes(&server.place())?;
    report.row(["after 1,000 pages of them".to_owned(), mebibytes(after)]);
    Ok(())
}
