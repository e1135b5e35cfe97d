//! Minting ids and stamps, safely across restarts and clocks set back.
//!
//! The moment up to which this node may mint is stored ahead, in `slot`. A start begins at that moment or now, whichever
//! is later, so nothing is minted twice; a run that ends well gives back what it did not use, so that only a kill leaves a
//! gap. One node is slot 0; a cluster leases slots.

use kw_domain::id::TIME_SHIFT;
use kw_domain::time::Millis;
use kw_store::{Stamp, StampClock};
use tokio::sync::Mutex;

use crate::authority::{Authority, Job};
use crate::context::Context;
use crate::failure::Failure;
use crate::families::SLOT;
use crate::key::Only;
use crate::operation::Before;
use crate::rows::SlotRow;

/// How far ahead minting is reserved, in milliseconds. After a kill, ids may run ahead of the clock by this much.
const AHEAD_MS: u64 = 3_000;
/// Slots there are.
pub const SLOTS: u64 = 1 << 10;
const SEQUENCE_BITS: u32 = 6;

/// Mints ids and stamps for one node slot.
#[derive(Debug)]
pub struct Mint {
    slot: u64,
    stamps: StampClock,
    state: std::sync::Mutex<State>,
    reserving: Mutex<()>,
}

#[derive(Debug, Default)]
struct State {
    last_ms: u64,
    sequence: u64,
    until_ms: u64,
}

impl Mint {
    /// A mint for `slot`, which may mint nothing before its first reservation.
    pub fn new(slot: u64) -> Self {
        assert!(slot < SLOTS, "a slot has ten bits");
        Self { slot, stamps: StampClock::default(), state: std::sync::Mutex::default(), reserving: Mutex::new(()) }
    }

    /// Everything minted from now on is above `stamp`.
    pub fn observe(&self, stamp: Stamp) {
        self.stamps.observe(stamp);
    }

    /// A stamp for an operation that begins now.
    pub async fn stamp(&self, cx: &Context) -> Result<Stamp, Failure> {
        let stamp = self.stamps.mint(cx.clock().now_micros());
        self.reserve(cx, stamp.0 / 1_000).await?;
        Ok(stamp)
    }

    /// A new id above `floor`: the clocks of nodes differ a little, and ids run ahead for a moment after a kill.
    pub async fn id(&self, cx: &Context, floor: u64) -> Result<u64, Failure> {
        let id = self.next(cx.clock().now_millis(), floor);
        self.reserve(cx, id >> TIME_SHIFT).await?;
        self.stamps.observe(Stamp((id >> TIME_SHIFT) * 1_000));
        Ok(id)
    }

    /// The number of an id in its millisecond is six bits; when they are used up, the next millisecond begins early.
    fn next(&self, now_ms: u64, floor: u64) -> u64 {
        let mut state = self.state.lock().expect("no holder of this lock panics");
        if now_ms > state.last_ms {
            state.last_ms = now_ms;
            state.sequence = 0;
        } else {
            state.sequence += 1;
            if state.sequence >> SEQUENCE_BITS > 0 {
                state.last_ms += 1;
                state.sequence = 0;
            }
        }
        if self.id_of(&state) <= floor {
            state.last_ms = (floor >> TIME_SHIFT) + 1;
            state.sequence = 0;
        }
        self.id_of(&state)
    }

    const fn id_of(&self, state: &State) -> u64 {
        state.last_ms << TIME_SHIFT | self.slot << SEQUENCE_BITS | state.sequence
    }

    /// Returns when minting at `ms` is covered by what is stored.
    async fn reserve(&self, cx: &Context, ms: u64) -> Result<(), Failure> {
        if self.covers(ms) {
            return Ok(());
        }
        let _one_at_a_time = self.reserving.lock().await;
        if self.covers(ms) {
            return Ok(());
        }
        let until_ms = ms + AHEAD_MS;
        let stored = cx.find(&SLOT, &self.slot, &Only).await?;
        let mut draft = cx.draft(&Authority::system(Job::Housekeeping));
        draft.decide(&SLOT, (&self.slot, &Only), Before::of(stored.as_ref()), &SlotRow { until_ms });
        let stamp = self.stamps.mint(cx.clock().now_micros());
        cx.perform_at(draft, stamp).await?;
        self.state.lock().expect("no holder of this lock panics").until_ms = until_ms;
        Ok(())
    }

    fn covers(&self, ms: u64) -> bool {
        ms <= self.state.lock().expect("no holder of this lock panics").until_ms
    }

    /// Gives back what was reserved and not used, so that the next run begins at its own time. For a run that ends; what
    /// mints afterwards all the same reserves anew.
    pub async fn release(&self, cx: &Context) -> Result<(), Failure> {
        let _one_at_a_time = self.reserving.lock().await;
        let Some(stored) = cx.find(&SLOT, &self.slot, &Only).await? else { return Ok(()) };
        let stamp = self.stamps.mint(cx.clock().now_micros());
        let used_ms = {
            let mut state = self.state.lock().expect("no holder of this lock panics");
            // Whoever minted before this lock is counted; whoever mints after it is no longer covered.
            let used_ms = state.last_ms.max(stamp.0.div_ceil(1_000));
            state.until_ms = state.until_ms.min(used_ms);
            used_ms
        };
        if stored.value.until_ms <= used_ms {
            return Ok(());
        }
        let mut draft = cx.draft(&Authority::system(Job::Housekeeping));
        draft.decide(&SLOT, (&self.slot, &Only), Before::of(Some(&stored)), &SlotRow { until_ms: used_ms });
        cx.perform_at(draft, stamp).await
    }

    /// Begins after everything that an earlier run of this slot may have minted.
    pub async fn resume(&self, cx: &Context) -> Result<(), Failure> {
        if let Some(slot) = cx.find(&SLOT, &self.slot, &Only).await? {
            let until = Millis(slot.value.until_ms);
            self.stamps.observe(Stamp(until.0 * 1_000));
            let mut state = self.state.lock().expect("no holder of this lock panics");
            state.last_ms = state.last_ms.max(until.0);
        }
        Ok(())
    }
}
