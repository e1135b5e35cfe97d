//! Denying and cancelling: any one person stops what has not taken effect.

use super::signing::Signing;
use super::{Halt, clock, effect};
use crate::entry::{Record, Turn};
use crate::fold::State;
use crate::power::Power;
use crate::refusal::Refusal;

/// One of those asked says no: the next attempt needs one more person, and not the one who said no.
pub(super) fn deny(signing: &Signing<'_>) -> Result<Vec<Record>, Halt> {
    let case = signing.open_case()?;
    if case.state != State::Proposed {
        return Err(
            Refusal::new("decided", "Everybody needed has agreed to this by now. You can cancel it instead.").into()
        );
    }
    if case.signers.first().is_some_and(|first| first.person == signing.member.person.id) {
        return Err(Refusal::new("own_proposal", "This is your own proposal. Cancel it instead.").into());
    }
    stop(signing, Turn::Denied)
}

/// Takes an action back before it takes effect, without a mark on the next one.
pub(super) fn cancel(signing: &Signing<'_>) -> Result<Vec<Record>, Halt> {
    stop(signing, Turn::Cancelled)
}

fn stop(signing: &Signing<'_>, turn: Turn) -> Result<Vec<Record>, Halt> {
    let case = signing.open_case()?;
    signing.same_as(&case.matter, case.index)?;
    if signing.now > clock::deadline(case) {
        return Err(Refusal::new("expired", "This expired. There is nothing to stop.").into());
    }
    let takes = matches!(case.power, Power::RosterNarrow | Power::KeyEnd);
    if takes && signing.is_about_signer() {
        return Err(Refusal::new("about_yourself", "This is about you, so others have to decide.").into());
    }
    let outcome = effect::outcome(signing.fold, signing.statement.action, case, turn);
    Ok(vec![Record::Step(Box::new(signing.step())), Record::Outcome(outcome)])
}
