//! Deletes what is due: accounts whose owner did not change their mind, sign-ups that nobody confirmed.

use std::time::Duration;

use kw_app::account;
use kw_app::context::Context;

use super::{Stop, jittered, report};

const EVERY: Duration = Duration::from_secs(300);

/// Erases until it is told to stop.
pub async fn run(cx: Context, mut stop: Stop) {
    while stop.pause(jittered(&cx, EVERY)).await {
        report("erasure", account::erase_due(&cx).await.map(|_| ()));
    }
}
