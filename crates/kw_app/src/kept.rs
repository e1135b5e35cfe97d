//! What is kept in memory while it is wanted: a bounded cache whose values are forgotten when what they were read from
//! changes. Deliberately absent: any time after which a value is believed again, or no more. Whoever writes says what
//! changed ([`crate::feed`]), and a value that was read while it changed is not kept.

use std::hash::{BuildHasher, Hash, RandomState};
use std::sync::atomic::{AtomicU64, Ordering};

use quick_cache::sync::Cache;

/// Changes are noted in one of this many counters: two keys that share one only cost each other a read.
const COUNTERS: usize = 4_096;

/// Values by their keys; what they are is cheap to clone.
#[derive(Debug)]
pub struct Kept<K, V> {
    cache: Cache<K, V>,
    changes: Changes<K>,
}

/// The state of a key before its value is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Before(u64);

impl<K: Hash + Eq + Clone, V: Clone> Kept<K, V> {
    /// Room for `entries_max` values.
    pub fn new(entries_max: usize) -> Self {
        Self { cache: Cache::new(entries_max), changes: Changes::default() }
    }

    /// The value of `key`, if it is kept.
    pub fn find(&self, key: &K) -> Option<V> {
        self.cache.get(key)
    }

    /// To be asked before the value of `key` is read.
    pub fn before(&self, key: &K) -> Before {
        self.changes.before(key)
    }

    /// Keeps a value that was read after `before`, unless `key` changed meanwhile.
    pub fn keep(&self, key: &K, value: V, before: Before) -> V {
        self.cache.insert(key.clone(), value.clone());
        if self.before(key) != before {
            self.cache.remove(key);
        }
        value
    }

    /// Drops the value of `key`, which changed.
    pub fn forget(&self, key: &K) {
        self.changes.note(key);
        self.cache.remove(key);
    }

    /// Drops everything: nobody knows what changed.
    pub fn forget_all(&self) {
        self.changes.note_all();
        self.cache.clear();
    }
}

/// How often keys changed, without the keys.
#[derive(Debug)]
pub struct Changes<K> {
    counters: Box<[AtomicU64]>,
    spread: RandomState,
    keys: std::marker::PhantomData<fn(&K)>,
}

impl<K> Default for Changes<K> {
    fn default() -> Self {
        let counters = (0..COUNTERS).map(|_| AtomicU64::new(0)).collect();
        Self { counters, spread: RandomState::new(), keys: std::marker::PhantomData }
    }
}

impl<K: Hash> Changes<K> {
    /// The state of `key`, which is another after every change.
    pub fn before(&self, key: &K) -> Before {
        Before(self.counter(key).load(Ordering::SeqCst))
    }

    /// Notes that `key` changed.
    pub fn note(&self, key: &K) {
        self.counter(key).fetch_add(1, Ordering::SeqCst);
    }

    /// Notes that every key may have changed.
    pub fn note_all(&self) {
        for counter in &self.counters {
            counter.fetch_add(1, Ordering::SeqCst);
        }
    }

    fn counter(&self, key: &K) -> &AtomicU64 {
        &self.counters[self.spread.hash_one(key) as usize % COUNTERS]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_kept_until_its_key_changes() {
        let kept = Kept::new(10);
        let before = kept.before(&1);
        kept.keep(&1, "one", before);
        assert_eq!(kept.find(&1), Some("one"));
        kept.forget(&1);
        assert_eq!(kept.find(&1), None);
    }

    #[test]
    fn a_value_that_was_read_while_it_changed_is_not_kept() {
        let kept = Kept::new(10);
        let before = kept.before(&1);
        kept.forget(&1);
        assert_eq!(kept.keep(&1, "old", before), "old", "whoever read it goes on with it");
        assert_eq!(kept.find(&1), None);
    }

    #[test]
    fn after_everything_was_forgotten_nothing_older_is_kept() {
        let kept = Kept::new(10);
        let before = kept.before(&2);
        kept.keep(&1, "one", kept.before(&1));
        kept.forget_all();
        kept.keep(&2, "two", before);
        assert_eq!((kept.find(&1), kept.find(&2)), (None, None));
    }

    #[test]
    fn room_is_bounded() {
        let kept = Kept::new(8);
        for key in 0..1_000 {
            kept.keep(&key, (), kept.before(&key));
        }
        assert!((0..1_000).filter(|key| kept.find(key).is_some()).count() <= 8);
    }
}
