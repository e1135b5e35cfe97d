//! Confirming: a break-glass stands to the end its proposal named, once people agree who could have proposed that.

use super::signing::Signing;
use super::{Halt, judge};
use crate::entry::{Outcome, Record, Turn};
use crate::power::Power;
use crate::refusal::Refusal;

pub(super) fn confirm(signing: &Signing<'_>) -> Result<Vec<Record>, Halt> {
    let Signing { fold, statement, now, .. } = signing;
    let force = signing.force()?;
    signing.same_as(&force.matter, force.index)?;
    if force.power != Power::BreakGlass || force.ends >= force.until {
        return Err(
            Refusal::new("stands_already", "Only a break-glass that would end earlier can be confirmed.").into()
        );
    }
    signing.target_exists()?;
    let human = signing.member.person.tag;
    let is_same_human = |person| fold.member(person).is_some_and(|member| member.person.tag == human);
    if force.signers.iter().any(|signature| is_same_human(signature.person)) {
        return Err(Refusal::new("same_person", "You did this yourself. Another person has to confirm it.").into());
    }
    let signers: Vec<_> = force.signers.iter().copied().chain([signing.signature()]).collect();
    let effect = crate::statement::Effect { until: force.until, ..Default::default() };
    let power = judge::confirmed_power(force);
    let matter = judge::Matter { power, subject: &signing.subject, effect: &effect, undo_needs: 1, signers: &signers };
    if !judge::is_complete(fold, &matter, *now) {
        return Err(Refusal::new(
            "not_enough",
            "The two of you cannot hide this account for so long. Propose a take-down instead.",
        )
        .into());
    }
    let outcome = Outcome {
        action: statement.action,
        turn: Turn::Confirmed,
        power: force.power,
        subject: signing.subject.clone(),
        tier: fold.account(force.account).tier,
        moment: force.until,
        by_itself: false,
    };
    Ok(vec![Record::Step(Box::new(signing.step())), Record::Outcome(outcome)])
}
