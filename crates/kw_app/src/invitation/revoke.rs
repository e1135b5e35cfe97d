//! Taking an invitation back. Whoever used it stays.

use kw_domain::id::InvitationId;
use kw_domain::refusal::Refusal;

use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::{INVITATION, INVITATION_CODE};
use crate::invitation::create::{Inviter, hash_of};
use crate::key::Only;

/// Takes an invitation back. Refused as missing when it is not the inviter's.
pub async fn revoke(cx: &Context, inviter: Inviter<'_>, id: InvitationId) -> Result<(), Failure> {
    retry(|| revoke_once(cx, inviter, id)).await
}

async fn revoke_once(cx: &Context, inviter: Inviter<'_>, id: InvitationId) -> Result<(), Failure> {
    let row = cx.find(&INVITATION, &inviter.account(), &id).await?.ok_or_else(Refusal::missing)?;
    let mut draft = cx.draft(&inviter.authority());
    draft.decide_gone(&INVITATION, (&inviter.account(), &id), row.stamp);
    draft.ensure_gone(&INVITATION_CODE, (&hash_of(&row.value.code), &Only));
    cx.perform(draft).await
}
