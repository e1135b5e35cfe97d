//! Closes staff's actions whose time is over, follows what other nodes append to the ledger, moves full bundles, takes
//! snapshots, and records each day what was counted.
//!
//! Nobody waits for it: an effect ends at its moment by being read, and an expired proposal cannot be completed.

use std::time::Duration;

use kw_app::context::Context;
use kw_app::failure::Failure;
use kw_app::ledger::append::tick;
use kw_app::ledger::seal::seal;
use kw_app::ledger::{note, snapshot};

use super::{Stop, report};

const EVERY: Duration = Duration::from_millis(500);

/// Does so until it is told to stop.
pub async fn run(cx: Context, mut stop: Stop) {
    while stop.pause(EVERY).await {
        report("ledger", round(&cx).await);
    }
}

async fn round(cx: &Context) -> Result<(), Failure> {
    cx.ledger().follow(cx).await?;
    tick(cx).await?;
    note::census(cx).await?;
    seal(cx).await?;
    snapshot::take(cx).await
}
