//! Sums of the counts of lists with many buckets: what lies in the past is summed once and kept, and only the newest buckets
//! are asked. A change of a row whose moment lies in the past makes the sum old. So a post or a follow costs the same however
//! many days the account's lists go back to.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use kw_domain::time::Millis;
use quick_cache::sync::Cache;

use crate::rows::Hash;

/// Sums kept in memory: only of lists with many buckets, which few accounts have.
const SUMS_MAX: usize = 10_000;

/// The sums, by the names of the lists.
#[derive(Debug)]
pub struct Totals(Cache<Hash, Arc<Past>>);

/// What a list held before a moment.
#[derive(Debug)]
pub struct Past {
    /// Buckets that end here or sooner are summed.
    pub before: Millis,
    sum: OnceLock<u64>,
    is_old: AtomicBool,
}

impl Default for Totals {
    fn default() -> Self {
        Self(Cache::new(SUMS_MAX))
    }
}

impl Totals {
    /// The list's past, if it was summed.
    pub fn find(&self, list: &Hash) -> Option<Arc<Past>> {
        self.0.get(list).filter(|past| past.sum.get().is_some())
    }

    /// Announces that the list will be summed up to `before`. From here on a change in that past is heard of: it drops what is
    /// announced, and nobody finds what is [`fill`](Past::fill)ed into it afterwards.
    pub fn begin(&self, list: &Hash, before: Millis) -> Arc<Past> {
        let past = Arc::new(Past { before, sum: OnceLock::new(), is_old: AtomicBool::new(false) });
        self.0.insert(*list, Arc::clone(&past));
        past
    }

    /// A row of the list with the moment `at` was written or went.
    pub fn hear(&self, list: &Hash, at: Millis) {
        if let Some(past) = self.0.get(list).filter(|past| at < past.before) {
            past.is_old.store(true, Ordering::SeqCst);
            // Whatever took its place meanwhile goes too: it may have been summed from this one.
            self.0.remove(list);
        }
    }

    /// Drops everything.
    pub fn forget_all(&self) {
        for (_, past) in self.0.iter() {
            past.is_old.store(true, Ordering::SeqCst);
        }
        self.0.clear();
    }
}

impl Past {
    /// The sum, as long as nothing of that past changed.
    pub fn sum(&self) -> Option<u64> {
        self.sum.get().copied().filter(|_| !self.is_old.load(Ordering::SeqCst))
    }

    /// Says what was summed since it was announced.
    pub fn fill(&self, sum: u64) {
        // Whoever announced it is alone in filling it.
        let _alone = self.sum.set(sum);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: Hash = [7; 32];

    #[test]
    fn a_change_in_the_past_makes_a_sum_old_and_one_after_it_does_not() {
        let totals = Totals::default();
        totals.begin(&LIST, Millis(100)).fill(5);
        totals.hear(&LIST, Millis(100));
        let past = totals.find(&LIST).expect("it is kept");
        assert_eq!((past.before, past.sum()), (Millis(100), Some(5)));
        totals.hear(&LIST, Millis(99));
        assert!(totals.find(&LIST).is_none());
        assert_eq!(past.sum(), None, "who still holds it is told");
    }

    #[test]
    fn what_changed_while_it_was_summed_is_not_believed() {
        let totals = Totals::default();
        let past = totals.begin(&LIST, Millis(100));
        assert!(totals.find(&LIST).is_none(), "it is not summed yet");
        totals.hear(&LIST, Millis(50));
        past.fill(5);
        assert!(totals.find(&LIST).is_none());
    }
}
