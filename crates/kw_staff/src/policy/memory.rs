//! Remembers answers. Pure memoisation: an answer depends on nothing but its question, so forgetting one only costs time.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

/// Answers remembered at most; then all are forgotten. A house has far fewer open actions.
const ANSWERS_MAX: usize = 4_096;

/// Answers by question, shared by threads.
#[derive(Debug)]
pub(crate) struct Memory<Q, A>(Mutex<HashMap<Q, A>>);

impl<Q: Hash + Eq, A: Clone> Memory<Q, A> {
    pub(crate) fn new() -> Self {
        Self(Mutex::new(HashMap::new()))
    }

    /// The remembered answer to `question`, or the one that `find` finds now.
    pub(crate) fn recall(&self, question: Q, find: impl FnOnce(&Q) -> A) -> A {
        if let Some(answer) = self.answers().get(&question) {
            return answer.clone();
        }
        let answer = find(&question);
        let mut answers = self.answers();
        if answers.len() >= ANSWERS_MAX {
            answers.clear();
        }
        answers.insert(question, answer.clone());
        answer
    }

    // A thread that panicked left whole answers behind, so they can still be used.
    fn answers(&self) -> std::sync::MutexGuard<'_, HashMap<Q, A>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_question_is_answered_once_until_there_are_too_many() {
        let memory = Memory::new();
        let mut found = 0;
        for _ in 0..3 {
            memory.recall(0, |_| found += 1);
        }
        assert_eq!(found, 1);
        for question in 1..=ANSWERS_MAX {
            memory.recall(question, |_| ());
        }
        memory.recall(0, |_| found += 1);
        assert_eq!(found, 2);
    }
}
