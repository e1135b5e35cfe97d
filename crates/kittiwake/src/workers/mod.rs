//! What the server does by itself: each worker is a small loop with a bound on every round, some jitter, and an ear for
//! the signal to stop. Deliberately absent: anything that is not also correct when it is late, or runs twice.

mod close_actions;
mod erase_accounts;
mod expire_sessions;
mod prepare_profiles;
mod tail_feed;
mod take_census;
mod verify_links;

use std::time::Duration;

use kw_app::context::Context;
use kw_app::failure::Failure;
use tokio::sync::watch;
use tokio::task::JoinSet;

/// The workers of a server that runs.
#[derive(Debug)]
pub struct Workers {
    stop: watch::Sender<bool>,
    running: JoinSet<()>,
}

impl Workers {
    /// Starts all of them.
    pub fn start(cx: &Context) -> Self {
        let (stop, stopped) = watch::channel(false);
        let mut running = JoinSet::new();
        running.spawn(tail_feed::run(cx.clone(), Stop(stopped.clone())));
        running.spawn(close_actions::run(cx.clone(), Stop(stopped.clone())));
        running.spawn(erase_accounts::run(cx.clone(), Stop(stopped.clone())));
        running.spawn(expire_sessions::run(cx.clone(), Stop(stopped.clone())));
        running.spawn(prepare_profiles::run(cx.clone(), Stop(stopped.clone())));
        running.spawn(take_census::run(cx.clone(), Stop(stopped.clone())));
        running.spawn(verify_links::run(cx.clone(), Stop(stopped)));
        Self { stop, running }
    }

    /// Tells them to stop and waits until each has finished its round.
    pub async fn stop(mut self) {
        let _nobody_left = self.stop.send(true);
        while self.running.join_next().await.is_some() {}
    }
}

/// A worker's ear for the signal to stop.
#[derive(Debug)]
struct Stop(watch::Receiver<bool>);

impl Stop {
    /// Waits. `false` when it is time to stop instead.
    async fn pause(&mut self, pause: Duration) -> bool {
        tokio::select! {
            () = tokio::time::sleep(pause) => true,
            () = self.told() => false,
        }
    }

    /// Waits for the signal to stop, without end if there is none.
    async fn told(&mut self) {
        // When the other end is gone there is nobody left to work for.
        let _told = self.0.wait_for(|stop| *stop).await;
    }
}

/// Up to a quarter more than `pause`, so that the workers of several servers drift apart.
fn jittered(cx: &Context, pause: Duration) -> Duration {
    let [byte] = cx.random_bytes::<1>();
    pause + pause * u32::from(byte) / 1_024
}

/// Logs what went wrong in a round; the next one tries again.
fn report(worker: &'static str, outcome: Result<(), Failure>) {
    if let Err(error) = outcome {
        tracing::warn!(worker, %error, "a round failed; the next one tries again");
    }
}
