//! The steps of an action that a member of staff could sign now. Which those are the rules say, by being asked about each;
//! no list of them is written down here.

use kw_domain::refusal::Refusal;
use kw_staff::power::Verb;
use kw_staff::step::Surroundings;
use kw_staff::step::rehearse::{Unsigned, rehearse};

use crate::context::Context;
use crate::failure::Failure;
use crate::staff::action::{Action, Stage};
use crate::staff::draft::{self, Draft};
use crate::staff::house::{moment, to_domain};
use crate::staff::session::StaffMember;
use crate::staff::submit::target_exists;

/// What somebody could sign, and why not more.
#[derive(Debug, Clone)]
pub struct Moves {
    /// The steps, ready to be signed, the likeliest first.
    pub drafts: Vec<Draft>,
    /// Why the step that the action waits for is not theirs to sign.
    pub why_not: Option<Refusal>,
}

/// The steps of `action` that `member` could sign now.
pub async fn list(cx: &Context, member: &StaffMember, action: &Action) -> Result<Moves, Failure> {
    let mut moves = Moves { drafts: Vec::new(), why_not: None };
    for (place, verb) in verbs(action.stage).iter().enumerate() {
        let draft = draft::step(cx, member, &action.proposal, *verb);
        match try_out(cx, &draft).await? {
            Ok(()) => moves.drafts.push(draft),
            Err(refusal) if place == 0 => moves.why_not = Some(refusal),
            Err(_) => {}
        }
    }
    Ok(moves)
}

/// The verbs that mean anything at a stage, the likeliest first.
const fn verbs(stage: Stage) -> &'static [Verb] {
    match stage {
        Stage::Proposed(_) => &[Verb::Approve, Verb::Deny, Verb::Cancel],
        Stage::Scheduled { by_itself: false, .. } => &[Verb::Fire, Verb::Cancel, Verb::Approve],
        Stage::Scheduled { by_itself: true, .. } => &[Verb::Cancel],
        Stage::InForce(_) => &[Verb::Undo, Verb::Confirm],
        Stage::Done(_) | Stage::Over(..) => &[],
    }
}

async fn try_out(cx: &Context, draft: &Draft) -> Result<Result<(), Refusal>, Failure> {
    let target_exists = target_exists(cx, &draft.statement).await?;
    let now = moment(cx.now());
    Ok(cx.ledger().read(|log| {
        let seen_root = log.root_at(draft.statement.seen.size).map(|root| *root.as_bytes());
        let around = Surroundings { seen_root, target_exists };
        let step = Unsigned { statement: draft.statement.clone(), words: None, document: None, around };
        rehearse(log.fold(), &step, now).map_err(to_domain)
    }))
}
