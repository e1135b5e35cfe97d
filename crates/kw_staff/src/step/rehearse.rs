//! Asking beforehand: whether a step that nobody has signed yet could be taken now. What could not is refused before anybody
//! wastes a signature on it.
//!
//! The same rules answer as when the signed step comes in, and nothing is appended. Deliberately absent: a promise. The
//! ledger may have moved by then.

use super::{Asked, Halt, Surroundings, signed, signing};
use crate::assertion::Checked;
use crate::entry::{Opened, Words};
use crate::fold::Fold;
use crate::refusal::Refusal;
use crate::statement::Statement;
use crate::time::Millis;

/// A step as it would be handed in.
#[derive(Debug, Clone)]
pub struct Unsigned {
    /// What would be signed.
    pub statement: Statement,
    /// A proposal's words.
    pub words: Option<Words>,
    /// A proposed policy's text.
    pub document: Option<String>,
    /// What the server looked up for it.
    pub around: Surroundings,
}

/// Why the step would be refused at `now` if its signer's passkey signed it.
pub fn rehearse(fold: &Fold, step: &Unsigned, now: Millis) -> Result<(), Refusal> {
    let now = now.max(fold.time());
    // A key that counts will have counted one further.
    let counter = fold.key(&step.statement.signer).map_or(0, |held| held.counter);
    let counter = if counter > 0 { counter.saturating_add(1) } else { 0 };
    let asked = Asked {
        checked: Checked::rehearsed(step.statement.clone(), counter),
        words: step.words.clone().map(Opened::Here),
        document: step.document.clone(),
        around: step.around,
    };
    match signed(fold, &asked, now) {
        Ok(_) => Ok(()),
        Err(Halt::Refused(refusal)) => Err(refusal),
        Err(Halt::Recorded(refused)) => Err(signing::recorded_refusal(&refused.code)),
    }
}
