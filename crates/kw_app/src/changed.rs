//! Which outboxes changed lately, in order, and at which entry: what was merged of many heads looks at those again that
//! changed, and at no other. Deliberately absent: how they changed.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use kw_domain::id::{AccountId, PostId};

/// Changes that are remembered. Whoever is further behind looks at everything: that costs about as much.
const CHANGES_MAX: usize = 512;

/// A change: whose outbox, and the entry that came, went or says something else.
pub type Change = (AccountId, PostId);

/// The outboxes that changed lately.
#[derive(Debug, Default)]
pub struct Changed {
    count: AtomicU64,
    latest: Mutex<VecDeque<Change>>,
}

impl Changed {
    /// How many changes there were.
    pub fn count(&self) -> u64 {
        self.count.load(Ordering::SeqCst)
    }

    /// Notes a change.
    pub fn note(&self, change: Change) {
        let mut latest = self.latest.lock().expect("no holder of this lock panics");
        if latest.len() == CHANGES_MAX {
            latest.pop_front();
        }
        latest.push_back(change);
        self.count.fetch_add(1, Ordering::SeqCst);
    }

    /// Notes that any of them may have changed.
    pub fn note_all(&self) {
        let mut latest = self.latest.lock().expect("no holder of this lock panics");
        latest.clear();
        self.count.fetch_add(CHANGES_MAX as u64 + 1, Ordering::SeqCst);
    }

    /// Those among the changes after the first `from` whose author `is_wanted`: each author once, with the oldest of the
    /// entries; `None` where it is not known any more. `count` is what [`Self::count`] said: what came later may be among
    /// them too.
    pub fn since(&self, from: u64, count: u64, is_wanted: impl Fn(&AccountId) -> bool) -> Option<Vec<Change>> {
        if from >= count {
            return Some(Vec::new());
        }
        let latest = self.latest.lock().expect("no holder of this lock panics");
        let missed = usize::try_from(self.count().saturating_sub(from)).ok()?;
        let first = latest.len().checked_sub(missed)?;
        let mut changes: Vec<Change> = latest.range(first..).filter(|(author, _)| is_wanted(author)).copied().collect();
        changes.sort_unstable();
        changes.dedup_by_key(|(author, _)| *author);
        Some(changes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn since(changed: &Changed, from: u64) -> Option<Vec<(u64, u64)>> {
        let changes = changed.since(from, changed.count(), |author| author.0 != 9)?;
        Some(changes.into_iter().map(|(author, entry)| (author.0, entry.0)).collect())
    }

    #[test]
    fn those_who_changed_since_are_named_once_with_their_oldest_entry() {
        let changed = Changed::default();
        for (author, entry) in [(1, 10), (2, 30), (9, 5), (2, 20), (2, 40)] {
            changed.note((AccountId(author), PostId(entry)));
        }
        assert_eq!(since(&changed, 0), Some(vec![(1, 10), (2, 20)]));
        assert_eq!(since(&changed, 1), Some(vec![(2, 20)]));
        assert_eq!(since(&changed, 4), Some(vec![(2, 40)]));
        assert_eq!(since(&changed, 5), Some(vec![]));
    }

    #[test]
    fn whoever_is_too_far_behind_is_told_so() {
        let changed = Changed::default();
        for author in 0..=CHANGES_MAX as u64 {
            changed.note((AccountId(author + 10), PostId(1)));
        }
        assert_eq!(since(&changed, 0), None);
        assert_eq!(since(&changed, 1).map(|changes| changes.len()), Some(CHANGES_MAX));
        let before = changed.count();
        changed.note_all();
        assert_eq!(since(&changed, before), None);
    }
}
