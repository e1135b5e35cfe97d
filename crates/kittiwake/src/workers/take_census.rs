//! Counts what no row holds, a few members at a time: at the start, and every quarter of an hour.

use std::time::Duration;

use kw_app::context::Context;
use kw_app::house::{CensusWalk, count_some};

use super::{Stop, jittered, report};

const BETWEEN_STEPS: Duration = Duration::from_millis(200);
const BETWEEN_ROUNDS: Duration = Duration::from_secs(900);

/// Counts until it is told to stop.
pub async fn run(cx: Context, mut stop: Stop) {
    let (mut walk, mut pause) = (CensusWalk::default(), BETWEEN_STEPS);
    while stop.pause(jittered(&cx, pause)).await {
        let outcome = count_some(&cx, &mut walk).await;
        pause = if matches!(outcome, Ok(false)) { BETWEEN_STEPS } else { BETWEEN_ROUNDS };
        if outcome.is_err() {
            // After a failure the walk begins anew.
            walk = CensusWalk::default();
        }
        report("census", outcome.map(|_| ()));
    }
}
