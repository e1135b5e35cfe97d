//! Using an invitation at sign-up: a place is reserved first, and kept when the account is created.

use kw_domain::id::AccountId;

use crate::authority::{Authority, Job};
use crate::context::Context;
use crate::failure::Failure;
use crate::families::{INVITATION_CODE, INVITATION_USE};
use crate::invitation::create::hash_of;
use crate::key::Only;
use crate::operation::Before;
use crate::rows::{Hash, OwnedRow};

/// A place of an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// The invitation's code.
    pub hash: Hash,
    /// Which of its uses.
    pub number: u64,
}

/// Reserves a place of the invitation with `code` for `account`; none when it is no good or used up.
pub(crate) async fn reserve_once(
    cx: &Context,
    code: &str,
    account: AccountId,
    until_ms: u64,
) -> Result<Option<Place>, Failure> {
    let hash = hash_of(code);
    let Some(row) = cx.find(&INVITATION_CODE, &hash, &Only).await? else { return Ok(None) };
    if row.value.until <= cx.now().0 {
        return Ok(None);
    }
    let taken = cx.list_all(&INVITATION_USE, &hash, 1_000).await?;
    let is_free = |number: &u64| !taken.iter().any(|row| row.key == *number);
    let Some(number) = (1..=u64::from(row.value.uses)).find(is_free) else { return Ok(None) };
    let mut draft = cx.draft(&Authority::system(Job::SignUp));
    let owner = OwnedRow { id: account.0 };
    draft.decide_until(&INVITATION_USE, (&hash, &number), Before::Absent, &owner, Some(until_ms));
    cx.perform(draft).await?;
    Ok(Some(Place { hash, number }))
}
