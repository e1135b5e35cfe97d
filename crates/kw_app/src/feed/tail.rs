//! Tailing the feed, so that an event which the bus lost reaches the caches after all.
//!
//! An operation may become visible some seconds after the stamp that it carries. The cursor therefore stays behind, and
//! what lies above it is read again each time and heard once.

use std::collections::BTreeSet;

use kw_domain::time::Millis;
use kw_store::{Direction, Range, limit};

use crate::context::Context;
use crate::failure::Failure;
use crate::families::FEED;
use crate::feed::minute_of;
use crate::key::Key;

/// How far the cursor stays behind, in milliseconds: longer than an operation may wait before it is begun, and a second
/// for doing it.
const BEHIND_MS: u64 = limit::NOT_AFTER_MS + 1_000;
/// Rows heard in one round at most; the next round goes on.
const ROUND_ROWS_MAX: usize = 20_000;

/// A place in the feed: the stamp of an operation and half of its id.
type Place = (u64, u64);

/// How far the feed was followed.
#[derive(Debug)]
pub struct Tail {
    /// Everything below was heard and is not looked at again, in milliseconds since 1970.
    cursor_ms: u64,
    /// What was heard at or above the cursor.
    heard: BTreeSet<Place>,
}

impl Tail {
    /// Follows what may become visible from `now` on.
    pub const fn from(now: Millis) -> Self {
        Self { cursor_ms: now.0.saturating_sub(BEHIND_MS), heard: BTreeSet::new() }
    }

    /// Hears what is new, then moves the cursor. A node that cannot hear does not go by what it remembers.
    pub async fn advance(&mut self, cx: &Context) -> Result<(), Failure> {
        let heard = self.hear(cx).await;
        if heard.is_err() {
            cx.forget_all();
        }
        heard
    }

    async fn hear(&mut self, cx: &Context) -> Result<(), Failure> {
        let now_ms = cx.now().0;
        let mut place = (self.cursor_ms * 1_000, 0);
        let mut rows = 0;
        // A stamp may run ahead of the clock by a moment.
        for minute in minute_of(self.cursor_ms)..=minute_of(now_ms + BEHIND_MS) {
            loop {
                let range = Range { from: Some(place.to_bytes()), to: None };
                let (page, more) = cx.list(&FEED, &minute, &range, Direction::Ascending, limit::SCAN_ROWS_MAX).await?;
                rows += page.len();
                for row in page {
                    place = (row.key.0, row.key.1.saturating_add(1));
                    if self.heard.insert(row.key) {
                        row.value.events.iter().for_each(|event| cx.hear(event));
                    }
                }
                if rows > ROUND_ROWS_MAX {
                    // Behind by more than a round: go on from here, without passing what may still be under way.
                    self.move_to((place.0 / 1_000).min(now_ms.saturating_sub(BEHIND_MS)));
                    return Ok(());
                }
                if !more {
                    break;
                }
            }
        }
        self.move_to(now_ms.saturating_sub(BEHIND_MS));
        Ok(())
    }

    fn move_to(&mut self, cursor_ms: u64) {
        self.cursor_ms = self.cursor_ms.max(cursor_ms);
        self.heard = self.heard.split_off(&(self.cursor_ms * 1_000, 0));
    }
}
