//! `/settings/invitations`: addresses with which others may join.

use kw_app::invitation::{InvitationView, Inviter, NewInvitation, create, list};
use kw_domain::time::Millis;
use kw_html::views::{InvitationRow, SettingsInvitations};

use crate::address::encode_path;
use crate::pages::answer::{Answer, go, page};
use crate::pages::form::MemberForm;
use crate::pages::view::ms;
use crate::pages::visit::Member;

/// People that an invitation is for, when nothing was chosen.
const USES: u64 = 1;
/// Days that an invitation is good for, when nothing was chosen.
const DAYS: u64 = 7;

/// The invitations, the newest first.
pub async fn show(member: Member) -> Answer {
    let invitations = list(member.cx(), Inviter::Member(member.member())).await?;
    let row = |view: &InvitationView| InvitationRow {
        url: member.settings().url(&format!("/sign-up?invitation={}", encode_path(&view.code))),
        uses: u64::from(view.used),
        uses_max: Some(u64::from(view.uses)),
        expires_ms: Some(ms(view.until)),
    };
    let invitations = invitations.iter().rev().map(row).collect();
    Ok(page(&SettingsInvitations { invitations, page: member.page() }))
}

/// Makes one.
pub async fn submit(form: MemberForm) -> Answer {
    let uses = form.params.number("uses")?.unwrap_or(USES);
    let days = form.params.number("days")?.unwrap_or(DAYS);
    let new =
        NewInvitation { uses: u32::try_from(uses).unwrap_or(u32::MAX), life_ms: days.saturating_mul(Millis::DAY) };
    create(form.cx(), Inviter::Member(form.member()), new).await?;
    Ok(go("/settings/invitations"))
}
