//! The outcomes of recent operations, so that a repeated id gets the answer it had.

use std::collections::{HashMap, VecDeque};

use kw_store::{OperationId, Outcome};

/// How many outcomes are remembered: at the highest rate measured (6,300 operations a second) ten seconds of them, twice as
/// long as an operation may wait before it begins.
const OUTCOMES_MAX: usize = 65_536;

/// A bounded memory of outcomes; the oldest is forgotten first.
#[derive(Debug, Default)]
pub struct Outcomes {
    by_id: HashMap<OperationId, Outcome>,
    by_age: VecDeque<OperationId>,
}

impl Outcomes {
    /// The outcome of an operation, if it is still remembered.
    pub fn find(&self, id: OperationId) -> Option<&Outcome> {
        self.by_id.get(&id)
    }

    /// Remembers an outcome.
    pub fn remember(&mut self, id: OperationId, outcome: Outcome) {
        if self.by_id.insert(id, outcome).is_none() {
            self.by_age.push_back(id);
        }
        while self.by_age.len() > OUTCOMES_MAX {
            if let Some(oldest) = self.by_age.pop_front() {
                self.by_id.remove(&oldest);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_outcome_is_forgotten_first() {
        let mut outcomes = Outcomes::default();
        for id in 0..=OUTCOMES_MAX as u128 {
            outcomes.remember(OperationId(id), Outcome::Done);
        }
        assert_eq!(outcomes.find(OperationId(0)), None);
        assert_eq!(outcomes.find(OperationId(1)), Some(&Outcome::Done));
        assert_eq!(outcomes.by_id.len(), OUTCOMES_MAX);
    }
}
