//! The token endpoint: a code, or a client's own secret, for a token.

use kw_domain::account::OwnerState;
use kw_domain::id::{AccountId, SessionId};
use kw_domain::refusal::Refusal;
use kw_domain::scope::Scopes;

use crate::authority::{Authority, Job};
use crate::code::{self, Kept, Purpose};
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::{ACCOUNT, CODE, TOKEN};
use crate::key::Only;
use crate::oauth::app::{App, prove};
use crate::oauth::authorise::{Grant, wanted_scopes};
use crate::oauth::refusal;
use crate::operation::Before;
use crate::rows::TokenRow;
use crate::secret::token;
use crate::session::Issued;
use crate::session::open::{self, Opening};
use crate::session::revoke::revoke_once;

/// What a client sends to the token endpoint; empty where it says nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct TokenAsk<'a> {
    /// `authorization_code` or `client_credentials`.
    pub grant_type: &'a str,
    /// Which client.
    pub client_id: &'a str,
    /// Its secret.
    pub client_secret: &'a str,
    /// The code.
    pub code: &'a str,
    /// Where it was sent back to.
    pub redirect_uri: &'a str,
    /// The verifier of PKCE.
    pub code_verifier: &'a str,
    /// Scopes, for `client_credentials`.
    pub scope: &'a str,
}

/// Issues a token.
pub async fn issue(cx: &Context, ask: &TokenAsk<'_>) -> Result<Issued, Failure> {
    match ask.grant_type {
        "authorization_code" => exchange_code(cx, ask).await,
        "client_credentials" => client_credentials(cx, ask).await,
        "" => Err(refusal("invalid_request", "Missing required parameter: grant_type.").into()),
        _ => {
            let sentence = "The authorization grant type is not supported by the authorization server.";
            Err(refusal("unsupported_grant_type", sentence).into())
        }
    }
}

async fn exchange_code(cx: &Context, ask: &TokenAsk<'_>) -> Result<Issued, Failure> {
    if ask.code.is_empty() {
        return Err(refusal("invalid_request", "Missing required parameter: code.").into());
    }
    let app = prove(cx, ask.client_id, ask.client_secret).await?;
    retry(|| exchange_once(cx, &app, ask)).await
}

/// The code's row decides. It stays until it expires and remembers its session: whoever shows it again has stolen it or
/// been robbed of it, so that session ends (RFC 6749, section 4.1.2).
async fn exchange_once(cx: &Context, app: &App, ask: &TokenAsk<'_>) -> Result<Issued, Failure> {
    let kept: Kept<Grant> = code::find(cx, Purpose::Authorisation, ask.code).await?.ok_or_else(invalid_grant)?;
    let account = AccountId(kept.value.account);
    check_grant(app, ask, &kept.value)?;
    let system = Authority::system(Job::Applications);
    if let Some(session) = kept.value.session {
        revoke_once(cx, &system, account, SessionId(session)).await?;
        return Err(invalid_grant().into());
    }
    check_owner(cx, account).await?;
    let scopes = Scopes::of_words(kept.value.scopes.iter().map(String::as_str)).map_err(|_| invalid_grant())?;

    let mut draft = cx.draft(&system);
    let opening = Opening { account, app: Some(app.id), scopes, agent: kept.value.agent.clone() };
    let issued = open::ensure(cx, &mut draft, &opening).await?;
    let until = kept.value.until;
    let used = Grant { session: issued.session.map(|session| session.0), ..kept.value };
    let row = Purpose::Authorisation.row(&used);
    draft.decide_until(&CODE, (&kept.hash, &Only), Before::Is(kept.stamp), &row, Some(until));
    cx.perform(draft).await?;
    Ok(issued)
}

fn check_grant(app: &App, ask: &TokenAsk<'_>, grant: &Grant) -> Result<(), Refusal> {
    let is_verified = match &grant.challenge {
        Some(challenge) => token::is_verifier_of(ask.code_verifier, challenge),
        None => ask.code_verifier.is_empty(),
    };
    if grant.app == app.id.0 && grant.redirect_uri == ask.redirect_uri && is_verified {
        Ok(())
    } else {
        Err(invalid_grant())
    }
}

async fn check_owner(cx: &Context, account: AccountId) -> Result<(), Failure> {
    let row = cx.find(&ACCOUNT, &account, &Only).await?.ok_or_else(invalid_grant)?;
    match OwnerState::from(row.value.owner_state) {
        OwnerState::Present => Ok(()),
        _ => Err(invalid_grant().into()),
    }
}

/// A token of the application itself, without anybody's account.
async fn client_credentials(cx: &Context, ask: &TokenAsk<'_>) -> Result<Issued, Failure> {
    let app = prove(cx, ask.client_id, ask.client_secret).await?;
    let scopes = wanted_scopes(&app, ask.scope)?;
    let (token, hash) = code::mint(cx);
    let created_at = cx.now();
    let row = TokenRow {
        account: None,
        session: None,
        app: Some(app.id.0),
        scopes: scopes.words(),
        created_at: created_at.0,
        until: None,
        revoked_at: None,
    };
    let mut draft = cx.draft(&Authority::system(Job::Applications));
    draft.decide(&TOKEN, (&hash, &Only), Before::Absent, &row);
    cx.perform(draft).await?;
    Ok(Issued { token, scopes, created_at, account: None, session: None })
}

fn invalid_grant() -> Refusal {
    let sentence = "The provided authorization grant is invalid, expired, revoked, does not match the redirection URI \
                    used in the authorization request, or was issued to another client.";
    refusal("invalid_grant", sentence)
}
