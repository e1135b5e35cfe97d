//! Looks whether the pages that profiles link to link back: soon after a profile changed, and of everybody once a day.

use std::collections::BTreeSet;
use std::time::Duration;

use kw_app::account;
use kw_app::buckets::Window;
use kw_app::context::Context;
use kw_app::failure::Failure;
use kw_app::feed::Event;
use kw_domain::id::AccountId;
use kw_domain::time::Millis;
use tokio::sync::broadcast::{Receiver, error::TryRecvError};

use super::{Stop, jittered, report};

const EVERY: Duration = Duration::from_secs(10);
/// Accounts looked at in one round: each may fetch four pages, at five seconds each.
const ROUND_ACCOUNTS_MAX: usize = 20;
/// Changed accounts remembered; what is beyond waits for its day.
const CHANGED_MAX: usize = 10_000;

/// Verifies until it is told to stop. Ends at once where nothing may be fetched.
pub async fn run(cx: Context, mut stop: Stop) {
    if cx.outside().fetcher.is_none() {
        return;
    }
    let mut watch = Watch { heard: cx.bus().listen(), changed: BTreeSet::new(), walk: Walk::from(cx.now()) };
    while stop.pause(jittered(&cx, EVERY)).await {
        tokio::select! {
            outcome = watch.round(&cx) => report("links", outcome),
            () = stop.told() => return,
        }
    }
}

/// Whose links are to be looked at.
#[derive(Debug)]
struct Watch {
    heard: Receiver<Event>,
    changed: BTreeSet<AccountId>,
    walk: Walk,
}

/// A walk through all members, newest first.
#[derive(Debug)]
struct Walk {
    below: Option<AccountId>,
    /// When the walk begins, or began.
    at: Millis,
}

impl Walk {
    const fn from(at: Millis) -> Self {
        Self { below: None, at }
    }
}

impl Watch {
    async fn round(&mut self, cx: &Context) -> Result<(), Failure> {
        self.hear();
        let mut accounts: Vec<_> = self.changed.iter().copied().take(ROUND_ACCOUNTS_MAX).collect();
        if accounts.is_empty() {
            accounts = self.next_members(cx).await?;
        }
        for account in accounts {
            self.changed.remove(&account);
            account::verify_links(cx, account).await?;
        }
        Ok(())
    }

    /// Takes note of what changed since the last round. What was lost on the way waits for the walk.
    fn hear(&mut self) {
        loop {
            match self.heard.try_recv() {
                Ok(Event::Account { account }) if self.changed.len() < CHANGED_MAX => {
                    self.changed.insert(AccountId(account));
                }
                Ok(_) | Err(TryRecvError::Lagged(_)) => {}
                Err(TryRecvError::Empty | TryRecvError::Closed) => return,
            }
        }
    }

    async fn next_members(&mut self, cx: &Context) -> Result<Vec<AccountId>, Failure> {
        if cx.now() < self.walk.at {
            return Ok(Vec::new());
        }
        let window = Window { below: self.walk.below, ..Window::newest(ROUND_ACCOUNTS_MAX) };
        let members = account::list(cx, &window).await?;
        self.walk = match members.last() {
            Some(last) => Walk { below: Some(last.account.id), at: self.walk.at },
            None => Walk::from(self.walk.at.max(cx.now()).plus_ms(Millis::DAY)),
        };
        Ok(members.into_iter().map(|listed| listed.account.id).collect())
    }
}
