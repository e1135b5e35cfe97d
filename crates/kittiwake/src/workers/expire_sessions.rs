//! Removes sessions that are over, a few at a time; begins again an hour after it has seen them all.

use std::time::Duration;

use kw_app::context::Context;
use kw_app::session;

use super::{Stop, jittered, report};

const BETWEEN_STEPS: Duration = Duration::from_secs(5);
const BETWEEN_ROUNDS: Duration = Duration::from_secs(3_600);

/// Removes until it is told to stop.
pub async fn run(cx: Context, mut stop: Stop) {
    let (mut place, mut pause) = (None, BETWEEN_STEPS);
    while stop.pause(jittered(&cx, pause)).await {
        let outcome = session::remove_expired(&cx, place.as_deref()).await;
        // After a failure the round begins anew.
        place = outcome.as_ref().ok().cloned().flatten();
        pause = if place.is_some() { BETWEEN_STEPS } else { BETWEEN_ROUNDS };
        report("sessions", outcome.map(|_| ()));
    }
}
