//! Ending sessions.

use kw_domain::id::{AccountId, SessionId};
use kw_domain::refusal::Refusal;

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::{SESSION, TOKEN};
use crate::key::Only;
use crate::operation::Draft;
use crate::rows::TokenRow;
use crate::secret::token;
use crate::session::actor::Member;
use crate::session::open::{ensure_token, token_row};

/// Ends one of a member's sessions. Refused as missing when it is not theirs.
pub async fn revoke(cx: &Context, member: &Member, session: SessionId) -> Result<(), Failure> {
    match retry(|| revoke_once(cx, member.authority(), member.account, session)).await? {
        Ended::Now => Ok(()),
        Ended::Before => Err(Refusal::missing().into()),
    }
}

/// Ends the session behind a token. A token that does not work is signed out already.
pub async fn sign_out(cx: &Context, token: &str) -> Result<(), Failure> {
    let Some(row) = cx.find(&TOKEN, &token::hash(token), &Only).await? else { return Ok(()) };
    let (Some(account), Some(session)) = (row.value.account, row.value.session) else { return Ok(()) };
    let (account, session) = (AccountId(account), SessionId(session));
    let seat = Authority::seat(account);
    retry(|| revoke_once(cx, &seat, account, session)).await.map(|_| ())
}

/// Whether there was anything to end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// It was open.
    Now,
    /// It was over already.
    Before,
}

/// The session's row decides; its token remembers for a while that it was revoked.
pub(crate) async fn revoke_once(
    cx: &Context,
    authority: &Authority,
    account: AccountId,
    session: SessionId,
) -> Result<Ended, Failure> {
    let Some(row) = cx.find(&SESSION, &account, &session).await? else { return Ok(Ended::Before) };
    let mut draft = cx.draft(authority);
    draft.decide_gone(&SESSION, (&account, &session), row.stamp);
    let revoked = TokenRow { revoked_at: Some(cx.now().0), ..token_row(&row.value, account, session) };
    ensure_token(&mut draft, &row.value.token, &revoked);
    cx.perform(draft).await?;
    Ok(Ended::Now)
}

/// Ends all sessions of `account` but `kept`, as a consequence. Their tokens find no session any more.
pub(crate) async fn ensure_all_gone(
    cx: &Context,
    draft: &mut Draft,
    account: AccountId,
    kept: Option<SessionId>,
) -> Result<(), Failure> {
    for row in cx.list_all(&SESSION, &account, 1_000).await? {
        if Some(row.key) != kept {
            draft.ensure_gone(&SESSION, (&account, &row.key));
        }
    }
    Ok(())
}
