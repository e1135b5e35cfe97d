//! What a member of staff could propose about an account, and who else each proposal would take. Found by asking the rules
//! and the policy in force about each, never written down beside them.

use std::collections::BTreeMap;

use kw_domain::refusal::Refusal;
use kw_domain::time::Millis;
use kw_staff::fold::Signature;
use kw_staff::policy::missing::Missing;
use kw_staff::power::{Label, Power, Tier};
use kw_staff::statement::Effect;
use kw_staff::step::{clock, judge};

use crate::context::Context;
use crate::failure::Failure;
use crate::staff::account::Subjected;
use crate::staff::draft::{self, Proposal};
use crate::staff::house::moment;
use crate::staff::rename;
use crate::staff::session::StaffMember;

/// The powers over accounts that are part of this version, the mildest first.
pub const POWERS: [Power; 10] = [
    Power::StepUp,
    Power::Restore,
    Power::Limit,
    Power::BreakGlass,
    Power::TakeDown,
    Power::TierUp,
    Power::TierDown,
    Power::LabelAdd,
    Power::LabelRemove,
    Power::Rename,
];

/// A power, and who beside the reader it would take; or why they cannot propose it.
#[derive(Debug, Clone)]
pub struct Offer {
    /// The power.
    pub power: Power,
    /// Who else.
    pub who: Result<Missing, Refusal>,
}

/// What `member` could propose about `about` now.
pub async fn list(cx: &Context, member: &StaffMember, about: &Subjected) -> Result<Vec<Offer>, Failure> {
    let mut offers = Vec::with_capacity(POWERS.len());
    for power in POWERS {
        let proposal = typical(cx, about, power);
        let who = match draft::propose(cx, member, &proposal).await {
            Ok(draft) => Ok(missing(cx, member, &proposal, &draft.statement.effect)?),
            Err(Failure::Refused(refusal)) => Err(refusal),
            Err(failure) => return Err(failure),
        };
        offers.push(Offer { power, who });
    }
    Ok(offers)
}

/// Whether `member` could step the account up now, alone: what hides nothing.
pub async fn can_step_up(cx: &Context, member: &StaffMember, about: &Subjected) -> Result<bool, Failure> {
    match draft::propose(cx, member, &typical(cx, about, Power::StepUp)).await {
        Ok(_) => Ok(true),
        Err(Failure::Refused(_)) => Ok(false),
        Err(failure) => Err(failure),
    }
}

/// What is missing of a proposal once `member` has signed it.
pub fn missing(cx: &Context, member: &StaffMember, proposal: &Proposal, effect: &Effect) -> Result<Missing, Refusal> {
    let signers = [Signature { person: member.person, key: member.key }];
    let asked = cx.ledger().read(|log| {
        let now = moment(cx.now());
        judge::ask_beside(log.fold(), proposal.power, &proposal.subject, effect, &signers, now)
    });
    Ok(asked.ok_or_else(draft::not_founded)?.missing())
}

/// The longest that a power lasts whose end is not the proposer's to choose, in milliseconds.
pub const fn length_ms(power: Power) -> Option<u64> {
    match power {
        Power::StepUp => Some(clock::STEP_UP_MS),
        Power::BreakGlass => Some(clock::BREAK_GLASS_MS),
        _ => None,
    }
}

/// What a proposer chooses beside the power and its length.
#[derive(Debug, Clone, Copy, Default)]
pub struct Choice<'a> {
    /// The label that is given or taken.
    pub label: Option<Label>,
    /// The handle that the account gets.
    pub handle: &'a str,
}

/// The tier that a change of tier leads to; the label that is left to change; the handle before and after.
pub fn parameters(about: &Subjected, power: Power, choice: Choice<'_>) -> BTreeMap<String, String> {
    if power == Power::Rename {
        return rename::parameters(&about.account.handle, choice.handle).into();
    }
    let next = |up: bool| match (up, about.tier) {
        (true, Tier::Ordinary) | (false, Tier::Protected) => Tier::Notable,
        (true, _) => Tier::Protected,
        (false, _) => Tier::Ordinary,
    };
    let said = match power {
        Power::TierUp => Some(("tier", next(true).word())),
        Power::TierDown => Some(("tier", next(false).word())),
        Power::LabelAdd | Power::LabelRemove => choice.label.map(|label| ("label", label.word())),
        Power::Restore if is_only_stepped_up(about) => Some(("lifts", Power::StepUp.word())),
        _ => None,
    };
    said.map(|(name, word)| (name.to_owned(), word.to_owned())).into_iter().collect()
}

/// Whether a step-up is all that a restore could take back.
fn is_only_stepped_up(about: &Subjected) -> bool {
    let in_force = about.record.iter().filter(|known| known.undone.is_none());
    let mut newest = in_force.filter(|known| known.power.hides() || known.power == Power::StepUp);
    newest.next().is_some_and(|known| known.power == Power::StepUp)
}

fn typical(cx: &Context, about: &Subjected, power: Power) -> Proposal {
    let label = match power {
        Power::LabelRemove => about.labels.first().copied(),
        _ => Label::ALL.iter().copied().find(|label| !about.labels.contains(label)),
    };
    // Any other handle will do to ask who it takes.
    let handle = if about.account.handle == "a" { "b" } else { "a" };
    let length = length_ms(power).or_else(|| power.hides().then_some(Millis::DAY));
    let blank = draft::blank(about.account.id);
    Proposal {
        power,
        until: length.and_then(|length| draft::ends(cx, power, &blank.subject, length)),
        parameters: parameters(about, power, Choice { label, handle }),
        ..blank
    }
}
