//! What somebody tried whose powers had ended, and was refused before anybody signed: recorded where it was about something
//! notable or protected, so that an attempt shows even when it cost no signature.
//!
//! The server's own word, like a start: nobody signed it. Replay accepts it only where the rules would have refused.

use super::signing::why_ended;
use crate::entry::{Attempt, Record};
use crate::fold::Fold;
use crate::power::Tier;
use crate::refusal::Refusal;
use crate::time::Millis;

/// The entry for an attempt; none where the same was recorded within the hour.
pub(super) fn attempt(fold: &Fold, attempt: &Attempt, now: Millis) -> Result<Vec<Record>, Refusal> {
    let member = fold.member(attempt.person);
    let why = member.and_then(|member| why_ended(member, attempt.power, now));
    let tier = fold.target(&attempt.subject).map_or(Tier::Ordinary, |(_, tier)| tier);
    if why != Some(attempt.code.as_str()) || tier == Tier::Ordinary {
        return Err(Refusal::new("no_attempt", "Only what somebody's ended powers kept them from is recorded so."));
    }
    if fold.has_attempted(attempt, now) { Ok(Vec::new()) } else { Ok(vec![Record::Attempt(attempt.clone())]) }
}
