//! Firing: a scheduled action takes effect with one fresh signature, and everything is judged again.

use super::signing::Signing;
use super::{Halt, clock, effect, judge, propose};
use crate::entry::Record;
use crate::fold::State;
use crate::refusal::Refusal;

pub(super) fn fire(signing: &Signing<'_>) -> Result<Vec<Record>, Halt> {
    let Signing { fold, statement, now, .. } = signing;
    let case = signing.open_case()?;
    signing.same_as(&case.matter, case.index)?;
    let State::Scheduled { from, .. } = case.state else {
        return Err(Refusal::new("not_complete", "Not everybody needed has agreed to this yet.").into());
    };
    if *now < from {
        return Err(Refusal::new("too_soon", "The waiting time is not over yet. Come back later.").into());
    }
    if *now > clock::deadline(case) {
        return Err(Refusal::new("expired", "This did not take effect in time. Propose it again.").into());
    }
    signing.target_exists()?;
    propose::under_our_policy(signing)?;
    propose::signer_may(fold, case, signing.signature(), *now)?;
    if !judge::is_complete(fold, &judge::Matter::of(case), *now) {
        return Err(Refusal::new(
            "not_enough",
            "Somebody who agreed has no powers any more. Another person has to approve this first.",
        )
        .into());
    }
    let mut records = vec![Record::Step(Box::new(signing.step()))];
    records.extend(effect::take(fold, statement.action, case, *now)?);
    Ok(records)
}
