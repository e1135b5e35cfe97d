//! Has the policy answered what profiles will ask of it: at the start, and when people or policy changed.

use std::time::Duration;

use kw_app::context::Context;
use kw_app::failure::Failure;
use kw_app::staff::protection::{Known, prepare};

use super::{Stop, jittered, report};

const EVERY: Duration = Duration::from_secs(1);

/// Prepares until it is told to stop.
pub async fn run(cx: Context, mut stop: Stop) {
    let mut known: Option<Known> = None;
    while stop.pause(jittered(&cx, EVERY)).await {
        let (of_round, before) = (cx.clone(), known);
        // A search is work for a processor, and would keep requests waiting.
        let outcome = tokio::task::spawn_blocking(move || prepare(&of_round, before)).await;
        let outcome = outcome.map_err(|error| Failure::Outside(error.to_string()));
        report("profiles", outcome.map(|found| known = found));
    }
}
