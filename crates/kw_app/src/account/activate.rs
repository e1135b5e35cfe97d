//! What makes an account a member: its place in the list of members, and the words it is found by.

use kw_domain::id::AccountId;

use crate::account::words::{ensure_words, words_of};
use crate::context::Context;
use crate::failure::Failure;
use crate::families::{MEMBER, SIGN_UP};
use crate::key::Only;
use crate::operation::Draft;
use crate::rows::{AccountRow, OwnedRow};

/// Makes the account with this row a member, as a consequence.
pub(super) async fn ensure_active(
    cx: &Context,
    draft: &mut Draft,
    id: AccountId,
    row: &AccountRow,
) -> Result<(), Failure> {
    MEMBER.ensure(cx, draft, Only, &id, &OwnedRow { id: id.0 }).await?;
    ensure_words(draft, id, &[], &words_of(&row.handle, &row.display_name));
    Ok(())
}

/// The same for an account that waited.
pub(super) async fn ensure_awaited(
    cx: &Context,
    draft: &mut Draft,
    id: AccountId,
    row: &AccountRow,
) -> Result<(), Failure> {
    ensure_active(cx, draft, id, row).await?;
    draft.ensure_gone(&SIGN_UP, (&Only, &id));
    Ok(())
}
