//! Which outboxes changed lately, in order: what was merged of many heads looks at those again that changed, and at no
//! other. Deliberately absent: how they changed.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use kw_domain::id::AccountId;

/// Changes that are remembered. Whoever is further behind looks at everything: that costs about as much.
const CHANGES_MAX: usize = 512;

/// The outboxes that changed lately.
#[derive(Debug, Default)]
pub struct Changed {
    count: AtomicU64,
    latest: Mutex<VecDeque<AccountId>>,
}

impl Changed {
    /// How many changes there were.
    pub fn count(&self) -> u64 {
        self.count.load(Ordering::SeqCst)
    }

    /// Notes that the outbox of `author` changed.
    pub fn note(&self, author: AccountId) {
        let mut latest = self.latest.lock().expect("no holder of this lock panics");
        if latest.len() == CHANGES_MAX {
            latest.pop_front();
        }
        latest.push_back(author);
        self.count.fetch_add(1, Ordering::SeqCst);
    }

    /// Notes that any of them may have changed.
    pub fn note_all(&self) {
        let mut latest = self.latest.lock().expect("no holder of this lock panics");
        latest.clear();
        self.count.fetch_add(CHANGES_MAX as u64 + 1, Ordering::SeqCst);
    }

    /// Those among the authors of the changes after the first `from` that `is_wanted` names, each once; `None` where it is
    /// not known any more. `count` is what [`Self::count`] said: what came later may be among them too.
    pub fn since(&self, from: u64, count: u64, is_wanted: impl Fn(&AccountId) -> bool) -> Option<Vec<AccountId>> {
        if from >= count {
            return Some(Vec::new());
        }
        let latest = self.latest.lock().expect("no holder of this lock panics");
        let missed = usize::try_from(self.count().saturating_sub(from)).ok()?;
        let first = latest.len().checked_sub(missed)?;
        let mut authors: Vec<AccountId> = latest.range(first..).filter(|author| is_wanted(author)).copied().collect();
        authors.sort_unstable();
        authors.dedup();
        Some(authors)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn since(changed: &Changed, from: u64) -> Option<Vec<u64>> {
        let authors = changed.since(from, changed.count(), |author| author.0 != 9)?;
        Some(authors.into_iter().map(|author| author.0).collect())
    }

    #[test]
    fn those_who_changed_since_are_named_once() {
        let changed = Changed::default();
        for author in [1, 2, 9, 2] {
            changed.note(AccountId(author));
        }
        assert_eq!(since(&changed, 0), Some(vec![1, 2]));
        assert_eq!(since(&changed, 1), Some(vec![2]));
        assert_eq!(since(&changed, 4), Some(vec![]));
    }

    #[test]
    fn whoever_is_too_far_behind_is_told_so() {
        let changed = Changed::default();
        for author in 0..CHANGES_MAX as u64 + 1 {
            changed.note(AccountId(author + 10));
        }
        assert_eq!(since(&changed, 0), None);
        assert_eq!(since(&changed, 1).map(|authors| authors.len()), Some(CHANGES_MAX));
        let before = changed.count();
        changed.note_all();
        assert_eq!(since(&changed, before), None);
    }
}
