//! Waiting without a clock: before each call of the store, others get a few turns, as many as a seed says. So people on
//! one thread get in each other's way in every order, and the same seed gives the same order.

use std::sync::Mutex;

use kw_store::{
    Bytes, Direction, Family, Operation, Outcome, Page, Partition, Range, Row, SharedStore, Store, StoreFuture,
    SweepPage,
};
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};

/// Turns that others get at most.
const TURNS_MAX: u32 = 5;

/// A store that lets others go first.
#[derive(Debug)]
pub struct TurnStore {
    inner: SharedStore,
    chance: Mutex<StdRng>,
}

impl TurnStore {
    /// Turns round `inner`, decided by `seed`.
    pub fn new(inner: SharedStore, seed: u64) -> Self {
        Self { inner, chance: Mutex::new(StdRng::seed_from_u64(seed)) }
    }

    async fn wait(&self) {
        let turns = self.chance.lock().expect("no holder of this lock panics").random_range(0..=TURNS_MAX);
        for _ in 0..turns {
            tokio::task::yield_now().await;
        }
    }
}

impl Store for TurnStore {
    fn get<'a>(&'a self, partition: &'a Partition, keys: &'a [Bytes]) -> StoreFuture<'a, Vec<Option<Row>>> {
        Box::pin(async move {
            self.wait().await;
            self.inner.get(partition, keys).await
        })
    }

    fn scan<'a>(
        &'a self,
        partition: &'a Partition,
        range: &'a Range,
        direction: Direction,
        rows_max: usize,
    ) -> StoreFuture<'a, Page> {
        Box::pin(async move {
            self.wait().await;
            self.inner.scan(partition, range, direction, rows_max).await
        })
    }

    fn perform<'a>(&'a self, operation: &'a Operation) -> StoreFuture<'a, Outcome> {
        Box::pin(async move {
            self.wait().await;
            self.inner.perform(operation).await
        })
    }

    fn sweep<'a>(&'a self, family: Family, token: Option<&'a [u8]>, rows_max: usize) -> StoreFuture<'a, SweepPage> {
        self.inner.sweep(family, token, rows_max)
    }
}
