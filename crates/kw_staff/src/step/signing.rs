//! What holds for every signed step: the right ledger, a key and a person in power, in time, and the history they saw.

use super::{Asked, Halt};
use crate::entry::{RefusedStep, SignedStep, Subject};
use crate::fold::{Case, Fold, Force, HeldKey, House, Member, Signature};
use crate::policy::question::Mode;
use crate::power::{Power, Tier, Verb};
use crate::refusal::Refusal;
use crate::statement::{Statement, Target};
use crate::step::{change, clock};
use crate::time::Millis;

/// A step that may be judged on its merits.
pub(super) struct Signing<'a> {
    pub(super) fold: &'a Fold,
    pub(super) house: &'a House,
    pub(super) asked: &'a Asked,
    pub(super) statement: &'a Statement,
    pub(super) target: &'a Target,
    pub(super) subject: Subject,
    pub(super) member: &'a Member,
    pub(super) now: Millis,
}

pub(super) fn admit<'a>(fold: &'a Fold, asked: &'a Asked, now: Millis) -> Result<Signing<'a>, Halt> {
    let house = fold.house().ok_or_else(|| Refusal::new("not_founded", "Nobody has founded this staff yet."))?;
    let statement = asked.checked.statement();
    if (&statement.log, &statement.log_key, &statement.founding) != (&house.origin, &house.log_key, &house.founding) {
        return Err(Refusal::new("other_ledger", "This was signed for another ledger than ours.").into());
    }
    let [target] = statement.targets.as_slice() else {
        return Err(
            Refusal::new("one_target", "Name one target. Actions on several are not part of this version.").into()
        );
    };
    let Some((held, member)) = fold.holder(&statement.signer) else {
        return Err(Refusal::new("unknown_key", "This passkey is not enrolled. Sign with one that is.").into());
    };
    let signing = Signing { fold, house, asked, statement, target, subject: Subject::of(target), member, now };
    signing.in_time()?;
    signing.saw_our_history()?;
    signing.with_a_live_key(held)?;
    signing.in_power()?;
    signing.in_a_mode_for_it()?;
    Ok(signing)
}

impl Signing<'_> {
    /// The signature as a case keeps it.
    pub(super) const fn signature(&self) -> Signature {
        Signature { person: self.member.person.id, key: self.statement.signer }
    }

    /// The step as the ledger records it.
    pub(super) fn step(&self) -> SignedStep {
        SignedStep {
            statement: self.statement.clone(),
            assertion: self.asked.checked.assertion().clone(),
            words: self.asked.words.clone().filter(|_| self.statement.step == Verb::Propose),
            document: self.asked.document.clone().filter(|_| self.statement.step == Verb::Propose),
        }
    }

    /// Refused unless this statement says the same as the action's proposal, and was signed by somebody who had seen it.
    pub(super) fn same_as(&self, matter: &[u8; 32], index: u64) -> Result<(), Refusal> {
        if change::matter(self.statement) != *matter {
            return Err(Refusal::new(
                "other_words",
                "This says something else than the action's proposal. Load the page again and read it anew.",
            ));
        }
        if self.statement.seen.size <= index {
            return Err(Refusal::new("not_seen", "You signed before this was in the ledger. Load the page again."));
        }
        Ok(())
    }

    /// The open action that the statement names.
    pub(super) fn open_case(&self) -> Result<&Case, Refusal> {
        self.fold.case(self.statement.action).ok_or_else(|| {
            let sentence = match self.fold.force(self.statement.action) {
                Some(_) => "This is in force already. It can be undone, and the account restored.",
                None if self.fold.is_closed(self.statement.action) => {
                    "This action is closed. Propose it again if it is still needed."
                }
                None => "There is no such action.",
            };
            Refusal::new("not_open", sentence)
        })
    }

    /// The effect in force of the action that the statement names.
    pub(super) fn force(&self) -> Result<&Force, Refusal> {
        let force = self.fold.force(self.statement.action).filter(|force| force.holds_at(self.now));
        force.ok_or_else(|| {
            Refusal::new("not_in_force", "This is not in force, so there is nothing to undo or confirm.")
        })
    }

    /// The account must be there for what pushes an action on.
    pub(super) fn target_exists(&self) -> Result<(), Refusal> {
        if self.subject.account_id().is_some() && !self.asked.around.target_exists {
            return Err(Refusal::new("target_gone", "There is no such account any more."));
        }
        Ok(())
    }

    /// Nobody stops what is about themselves.
    pub(super) fn is_about_signer(&self) -> bool {
        self.subject.as_one_matter(&self.statement.effect) == Subject::person(self.member.person.id)
    }

    fn in_time(&self) -> Result<(), Refusal> {
        if self.now > self.statement.valid_until {
            return Err(Refusal::new("too_late", "This signature has expired. Sign again."));
        }
        if self.statement.valid_until.since(self.now) > clock::VALID_MS {
            return Err(Refusal::new(
                "valid_too_long",
                "This signature is meant to be valid for more than a day. Sign again.",
            ));
        }
        Ok(())
    }

    fn saw_our_history(&self) -> Result<(), Refusal> {
        let seen = &self.statement.seen;
        if seen.size == 0 || seen.size > self.fold.size() || self.asked.around.seen_root != Some(seen.root) {
            return Err(Refusal::new(
                "other_history",
                "You were shown another history than this ledger's. Tell your colleagues before you sign anything.",
            ));
        }
        Ok(())
    }

    fn with_a_live_key(&self, held: &HeldKey) -> Result<(), Halt> {
        let counter = self.asked.checked.counter();
        // Sent twice by an impatient hand, it is no sign of a copy.
        if counter > 0 && counter == held.counter {
            return Err(Refusal::new("used_already", "This signature was used already. Load the page again.").into());
        }
        if counter < held.counter {
            return Err(self.recorded("key_copied"));
        }
        if !held.is_live() {
            return Err(self.ended("key_ended"));
        }
        Ok(())
    }

    fn in_power(&self) -> Result<(), Halt> {
        let person = &self.member.person;
        if self.now < person.starts {
            return Err(Refusal::new("not_begun", "Your time has not begun yet. Come back on your first day.").into());
        }
        let why = why_ended(self.member, self.statement.power, self.now).filter(|why| *why != LEAVING || self.pushes());
        if why == Some(POWERS_ENDED) {
            return Err(self.ended(POWERS_ENDED));
        }
        if !self.member.decides() {
            return Err(
                Refusal::new("reads_only", "Auditors read everything and decide nothing. Ask a colleague.").into()
            );
        }
        match why {
            Some(why) => Err(self.ended(why)),
            None => Ok(()),
        }
    }

    fn in_a_mode_for_it(&self) -> Result<(), Refusal> {
        let is_way_back = matches!(self.statement.power, Power::Restore | Power::StepUp)
            || matches!(self.statement.step, Verb::Cancel | Verb::Undo);
        if self.fold.mode(self.now) == Mode::Stalled && !is_way_back {
            return Err(Refusal::new(
                "stalled",
                "Fewer than two people are left, so only bringing back, stepping up and cancelling are possible.",
            ));
        }
        Ok(())
    }

    /// Whether the step brings an action nearer to its effect.
    const fn pushes(&self) -> bool {
        matches!(self.statement.step, Verb::Propose | Verb::Approve | Verb::Confirm | Verb::Fire)
    }

    /// Refused at once; recorded where it is about somebody or something notable or protected.
    fn ended(&self, code: &'static str) -> Halt {
        let (_, tier) = self.fold.target(&self.subject).unwrap_or((0, Tier::Ordinary));
        if tier > Tier::Ordinary { self.recorded(code) } else { Halt::Refused(recorded_refusal(code)) }
    }

    fn recorded(&self, code: &'static str) -> Halt {
        Halt::Recorded(Box::new(RefusedStep { step: self.step(), code: code.to_owned() }))
    }
}

const POWERS_ENDED: &str = "powers_ended";
const LEAVING: &str = "leaving";

/// Why somebody's signature does not push an action on any more: the code of the refusal. None while their powers last.
pub(super) fn why_ended(member: &Member, power: Power, now: Millis) -> Option<&'static str> {
    let person = &member.person;
    if person.ends.is_some_and(|ends| ends <= now) {
        return Some(POWERS_ENDED);
    }
    (ends_early(power) && person.has_leaving_limits_at(now)).then_some(LEAVING)
}

/// Whether a power ends 14 days before its holder's employment does: what hides and what changes.
pub(super) const fn ends_early(power: Power) -> bool {
    !matches!(power, Power::Restore | Power::StepUp)
}

/// The sentences of refusals that may be recorded.
pub(super) fn recorded_refusal(code: &str) -> Refusal {
    match code {
        "key_copied" => Refusal::new(
            "key_copied",
            "This passkey looks copied: its counter did not grow. It was not used, and your colleagues are told.",
        ),
        "key_ended" => Refusal::new("key_ended", "This passkey has been ended. It cannot sign any more."),
        "leaving" => Refusal::new(
            "leaving",
            "Your last day is less than 14 days away, so you can no longer hide or change anything. Ask a colleague.",
        ),
        _ => Refusal::new("powers_ended", "Your powers have ended with your time here. Ask a colleague."),
    }
}
