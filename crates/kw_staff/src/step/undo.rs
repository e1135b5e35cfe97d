//! Undoing: one person takes back what is in force, unless the action said beforehand that it takes two.

use super::signing::Signing;
use super::{Halt, effect, judge};
use crate::entry::{Outcome, Record, Turn};
use crate::fold::Reach;
use crate::power::Power;
use crate::refusal::Refusal;
use crate::statement::Effect;

pub(super) fn undo(signing: &Signing<'_>) -> Result<Vec<Record>, Halt> {
    let Signing { fold, statement, now, .. } = signing;
    let force = signing.force()?;
    signing.same_as(&force.matter, force.index)?;
    if force.undo_needs > 1 {
        return Err(Refusal::new("undo_by_two", "This said beforehand that undoing it takes two people. Propose to restore the account, and a colleague approves.").into());
    }
    let signers = [signing.signature()];
    let lifting = Effect::default();
    let matter = judge::Matter {
        power: Power::Restore,
        subject: &signing.subject,
        effect: &lifting,
        undo_needs: 1,
        signers: &signers,
    };
    if !judge::is_complete(fold, &matter, *now) {
        return Err(Refusal::new(
            "not_enough",
            "You cannot undo this alone. Propose to restore the account, and a colleague approves.",
        )
        .into());
    }
    let outcome = Outcome {
        action: statement.action,
        turn: Turn::Undone,
        power: force.power,
        subject: signing.subject.clone(),
        tier: fold.account(force.account).tier,
        moment: None,
        by_itself: false,
    };
    let mut records = vec![Record::Step(Box::new(signing.step())), Record::Outcome(outcome)];
    if force.reach > Reach::Clear || force.power == Power::Rename {
        records.extend(effect::stale_of_account(fold, force.account, None, |_| true));
    }
    Ok(records)
}
