//! Somebody's invitations.

use kw_domain::id::InvitationId;
use kw_domain::time::Millis;

use crate::context::Context;
use crate::failure::Failure;
use crate::families::{INVITATION, INVITATION_USE};
use crate::invitation::create::{Inviter, hash_of};
use crate::rows::InvitationRow;

/// An invitation, as whoever made it sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvitationView {
    /// Which one.
    pub id: InvitationId,
    /// What to give away.
    pub code: String,
    /// How many people may use it.
    pub uses: u32,
    /// How many did.
    pub used: u32,
    /// When it ends.
    pub until: Millis,
}

/// The invitations that are still good, oldest first.
pub async fn list(cx: &Context, inviter: Inviter<'_>) -> Result<Vec<InvitationView>, Failure> {
    let mut views = Vec::new();
    for row in cx.list_all(&INVITATION, &inviter.account(), 1_000).await? {
        let InvitationRow { uses, until, code, .. } = row.value;
        let used = cx.list_all(&INVITATION_USE, &hash_of(&code), 1_000).await?.len() as u32;
        if until > cx.now().0 && used < uses {
            views.push(InvitationView { id: row.key, code, uses, used, until: Millis(until) });
        }
    }
    Ok(views)
}
