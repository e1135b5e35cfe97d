//! Follows the feed, so that an event which the bus lost reaches the caches after all.

use std::time::Duration;

use kw_app::context::Context;
use kw_app::feed::Tail;

use super::{Stop, report};

const EVERY: Duration = Duration::from_secs(1);

/// Follows the feed until it is told to stop.
pub async fn run(cx: Context, mut stop: Stop) {
    let mut tail = Tail::from(cx.now());
    while stop.pause(EVERY).await {
        report("feed", tail.advance(&cx).await);
    }
}
