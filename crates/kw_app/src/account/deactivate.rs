//! An owner leaves, and may come back for a while.

use kw_domain::account::{CHANGE_OF_MIND_MS, OwnerState};
use kw_domain::refusal::Refusal;
use kw_domain::time::Millis;
use kw_staff::entry::Choice;

use crate::context::Context;
use crate::credential::password;
use crate::failure::{Failure, retry};
use crate::families::{ACCOUNT, ERASURE};
use crate::feed::Event;
use crate::key::Only;
use crate::ledger::note;
use crate::operation::Before;
use crate::rows::AccountRow;
use crate::session::{Dormant, Member};

/// Deactivates a member's account: nobody sees it any more, nothing is deleted. Returns when it will be deleted, unless its
/// owner comes back before.
pub async fn deactivate(cx: &Context, member: &Member, typed_password: &str) -> Result<Millis, Failure> {
    password::prove(cx, member.account, typed_password).await?;
    let (due, is_new) = retry(|| deactivate_once(cx, member)).await?;
    if is_new {
        note::owner_chose(cx, member.account, Choice::Deactivated).await;
    }
    Ok(due)
}

/// When it will be deleted, and whether that was decided now.
async fn deactivate_once(cx: &Context, member: &Member) -> Result<(Millis, bool), Failure> {
    let id = member.account;
    let row = cx.find(&ACCOUNT, &id, &Only).await?.ok_or_else(Refusal::missing)?;
    let now = cx.now();
    match OwnerState::from(row.value.owner_state) {
        OwnerState::Present => {}
        OwnerState::Deactivated(at) => return Ok((at.plus_ms(CHANGE_OF_MIND_MS), false)),
        OwnerState::Pending(_) | OwnerState::Deleted(_) => return Err(Refusal::missing().into()),
    }
    let due = now.plus_ms(CHANGE_OF_MIND_MS);
    let account = AccountRow { owner_state: OwnerState::Deactivated(now).into(), ..row.value };
    let mut draft = cx.draft(member.authority());
    draft.decide(&ACCOUNT, (&id, &Only), Before::Is(row.stamp), &account);
    draft.ensure(&ERASURE, (&Only, &(due.0, id)), &());
    draft.tell(Event::account(id));
    cx.perform(draft).await?;
    Ok((due, true))
}

/// Brings a deactivated account back, exactly as it was.
pub async fn reactivate(cx: &Context, dormant: &Dormant) -> Result<(), Failure> {
    if retry(|| reactivate_once(cx, dormant)).await? {
        note::owner_chose(cx, dormant.account, Choice::Present).await;
    }
    Ok(())
}

/// Whether it was away.
async fn reactivate_once(cx: &Context, dormant: &Dormant) -> Result<bool, Failure> {
    let id = dormant.account;
    let row = cx.find(&ACCOUNT, &id, &Only).await?.ok_or_else(Refusal::missing)?;
    let at = match OwnerState::from(row.value.owner_state) {
        OwnerState::Deactivated(at) => at,
        OwnerState::Present => return Ok(false),
        OwnerState::Pending(_) | OwnerState::Deleted(_) => return Err(Refusal::missing().into()),
    };
    let account = AccountRow { owner_state: OwnerState::Present.into(), ..row.value };
    let mut draft = cx.draft(dormant.authority());
    draft.decide(&ACCOUNT, (&id, &Only), Before::Is(row.stamp), &account);
    draft.ensure_gone(&ERASURE, (&Only, &(at.plus_ms(CHANGE_OF_MIND_MS).0, id)));
    draft.tell(Event::account(id));
    cx.perform(draft).await?;
    Ok(true)
}
