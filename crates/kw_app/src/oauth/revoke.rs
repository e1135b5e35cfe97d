//! A client gives a token back.

use kw_domain::id::{AccountId, SessionId};
use kw_domain::refusal::{Kind, Refusal};

use crate::authority::{Authority, Job};
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::TOKEN;
use crate::key::Only;
use crate::oauth::app::{App, prove};
use crate::operation::Before;
use crate::rows::TokenRow;
use crate::secret::token;
use crate::session::open::REMEMBERED_MS;
use crate::session::revoke::revoke_once;

/// Revokes one of a client's own tokens. One that is unknown or was revoked already is no error (RFC 7009).
pub async fn revoke(cx: &Context, client_id: &str, client_secret: &str, token: &str) -> Result<(), Failure> {
    let app = prove(cx, client_id, client_secret).await?;
    retry(|| revoke_token_once(cx, &app, token)).await
}

async fn revoke_token_once(cx: &Context, app: &App, token: &str) -> Result<(), Failure> {
    let hash = token::hash(token);
    let Some(row) = cx.find(&TOKEN, &hash, &Only).await? else { return Ok(()) };
    if row.value.app != Some(app.id.0) {
        let sentence = "You are not authorized to revoke this token";
        return Err(Refusal::new(Kind::Forbidden, "unauthorized_client", sentence).into());
    }
    let system = Authority::system(Job::Applications);
    if let (Some(account), Some(session)) = (row.value.account, row.value.session) {
        revoke_once(cx, &system, AccountId(account), SessionId(session)).await?;
        return Ok(());
    }
    let now = cx.now().0;
    let revoked = TokenRow { revoked_at: Some(row.value.revoked_at.unwrap_or(now)), ..row.value };
    let mut draft = cx.draft(&system);
    draft.decide_until(&TOKEN, (&hash, &Only), Before::Is(row.stamp), &revoked, Some(now + REMEMBERED_MS));
    cx.perform(draft).await
}
