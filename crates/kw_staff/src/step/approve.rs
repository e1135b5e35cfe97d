//! Approving: another person's signature on the same words.

use super::signing::Signing;
use super::{Halt, clock, effect, propose};
use crate::entry::Record;
use crate::fold::State;
use crate::refusal::Refusal;

/// How many people may sign one action. No policy asks for more.
const SIGNERS_MAX: usize = 8;

pub(super) fn approve(signing: &Signing<'_>) -> Result<Vec<Record>, Halt> {
    let Signing { fold, statement, now, .. } = signing;
    let case = signing.open_case()?;
    signing.same_as(&case.matter, case.index)?;
    if *now > clock::deadline(case) {
        return Err(Refusal::new("expired", "This was not completed in time. Propose it again.").into());
    }
    signing.target_exists()?;
    propose::under_our_policy(signing)?;
    let human = signing.member.person.tag;
    let is_same_human = |person| fold.member(person).is_some_and(|member| member.person.tag == human);
    if case.signers.iter().any(|signature| is_same_human(signature.person)) {
        return Err(Refusal::new("same_person", "You signed this already. Another person has to approve it.").into());
    }
    if case.signers.len() >= SIGNERS_MAX {
        return Err(Refusal::new("enough_people", "Eight people signed this already.").into());
    }
    propose::signer_may(fold, case, signing.signature(), *now)?;

    let mut records = vec![Record::Step(Box::new(signing.step()))];
    if case.state == State::Proposed {
        let mut approved = case.clone();
        approved.signers.push(signing.signature());
        records.extend(effect::follow(fold, statement.action, &approved, *now)?);
    }
    Ok(records)
}
