//! Making an invitation.

use kw_domain::id::{AccountId, InvitationId};
use kw_domain::refusal::Refusal;
use kw_domain::time::Millis;

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::Failure;
use crate::families::{INVITATION, INVITATION_CODE};
use crate::invitation::list::{InvitationView, list};
use crate::key::Only;
use crate::operation::{Before, Draft};
use crate::rows::{Hash, InvitationRow};
use crate::secret::token;
use crate::session::Member;

/// Invitations one inviter may have at a time.
const INVITATIONS_MAX: usize = 100;
/// People one invitation may bring.
const USES_MAX: u32 = 100;
/// How long an invitation may be good for, in milliseconds.
const LIFE_MS_MAX: u64 = 365 * Millis::DAY;
/// Random bytes of a code: short enough to be read out, long enough not to be guessed.
const CODE_BYTES: usize = 12;
/// Dead invitations taken away with each new one.
const DEAD_ROWS: usize = 10;

/// Who invites.
#[derive(Debug, Clone, Copy)]
pub enum Inviter<'a> {
    /// A member.
    Member(&'a Member),
    /// The operator at the command line.
    Operator,
}

/// What an invitation is to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewInvitation {
    /// How many people may use it.
    pub uses: u32,
    /// How long it is good for, in milliseconds.
    pub life_ms: u64,
}

impl Inviter<'_> {
    pub(super) fn account(self) -> AccountId {
        match self {
            Self::Member(member) => member.account,
            Self::Operator => AccountId(0),
        }
    }

    pub(super) fn authority(self) -> Authority {
        match self {
            Self::Member(member) => member.authority().clone(),
            Self::Operator => Authority::operator(),
        }
    }
}

/// Makes an invitation.
pub async fn create(cx: &Context, inviter: Inviter<'_>, new: NewInvitation) -> Result<InvitationView, Failure> {
    if !(1..=USES_MAX).contains(&new.uses) {
        let sentence = format!("An invitation is for 1 to {USES_MAX} people.");
        return Err(Refusal::invalid("uses", "uses", sentence).into());
    }
    if !(1..=LIFE_MS_MAX).contains(&new.life_ms) {
        return Err(Refusal::invalid("life", "life", "An invitation is good for at most a year.").into());
    }
    let live = list(cx, inviter).await?;
    if live.len() >= INVITATIONS_MAX {
        let sentence = format!("You have {INVITATIONS_MAX} invitations. Please revoke one first.");
        return Err(Refusal::invalid("uses", "too_many", sentence).into());
    }
    let id = InvitationId(cx.mint_id().await?);
    let code: String = token::token(cx.random_bytes()).chars().take(CODE_BYTES * 4 / 3).collect();
    let until = cx.now().plus_ms(new.life_ms);
    let row =
        InvitationRow { inviter: inviter.account().0, id: id.0, uses: new.uses, until: until.0, code: code.clone() };
    let mut draft = cx.draft(&inviter.authority());
    draft.decide(&INVITATION, (&inviter.account(), &id), Before::Absent, &row);
    decide_dead_gone(cx, &mut draft, inviter.account(), &live).await?;
    let by_code = InvitationRow { code: String::new(), ..row };
    draft.ensure_until(&INVITATION_CODE, (&hash_of(&code), &Only), &by_code, Some(until.0));
    cx.perform(draft).await?;
    Ok(InvitationView { id, code, uses: new.uses, used: 0, until })
}

/// Takes away what is used up or has ended, so that the list stays short.
async fn decide_dead_gone(
    cx: &Context,
    draft: &mut Draft,
    inviter: AccountId,
    live: &[InvitationView],
) -> Result<(), Failure> {
    let rows = cx.list_all(&INVITATION, &inviter, 1_000).await?;
    let dead = rows.iter().filter(|row| !live.iter().any(|view| view.id == row.key));
    for row in dead.take(DEAD_ROWS) {
        draft.decide_gone(&INVITATION, (&inviter, &row.key), row.stamp);
    }
    Ok(())
}

/// The hash under which a code is found.
pub(crate) fn hash_of(code: &str) -> Hash {
    token::hash(code.trim())
}
