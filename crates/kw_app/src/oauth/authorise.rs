//! A member lets a client in: what it asks for, and the code that it gets.

use kw_domain::client::OUT_OF_BAND;
use kw_domain::refusal::Refusal;
use kw_domain::scope::Scopes;
use serde::{Deserialize, Serialize};

use crate::code::{self, Purpose};
use crate::context::Context;
use crate::failure::Failure;
use crate::families::CODE;
use crate::key::Only;
use crate::oauth::app::{App, find_client};
use crate::oauth::refusal;
use crate::operation::Before;
use crate::secret::token;
use crate::session::Member;

/// What a client asks, as the query of the authorisation page has it; empty where it says nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Ask<'a> {
    /// Which client.
    pub client_id: &'a str,
    /// Where it wants to be sent back to.
    pub redirect_uri: &'a str,
    /// `code`.
    pub response_type: &'a str,
    /// The scopes, as text.
    pub scope: &'a str,
    /// The challenge of PKCE.
    pub code_challenge: &'a str,
    /// `S256`.
    pub code_challenge_method: &'a str,
}

/// What becomes of what a client asks. An unknown client or address is a refusal, to be shown and never followed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// The member is to be asked.
    Consent(Consent),
    /// It cannot be; the client is to be told at this address (out of band: on a page), with the refusal's `code` as
    /// `error` and its sentence as `error_description`.
    SendBack {
        /// The checked address.
        redirect_uri: String,
        /// What is wrong.
        refusal: Refusal,
    },
}

/// What a member is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Who asks.
    pub app: App,
    /// Where the answer goes.
    pub redirect_uri: String,
    /// What it wants.
    pub scopes: Scopes,
    challenge: Option<String>,
}

impl Consent {
    /// Whether the code is shown on a page instead of sent.
    pub fn is_out_of_band(&self) -> bool {
        self.redirect_uri == OUT_OF_BAND
    }
}

/// What a code stands for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Grant {
    pub app: u64,
    pub account: u64,
    pub redirect_uri: String,
    pub challenge: Option<String>,
    pub scopes: Vec<String>,
    pub agent: String,
    /// Until when, in milliseconds since 1970.
    pub until: u64,
    /// The session that it was exchanged for.
    pub session: Option<u64>,
}

/// Looks at what a client asks.
pub async fn look(cx: &Context, ask: &Ask<'_>) -> Result<Asked, Failure> {
    let unknown = "Client authentication failed due to unknown client";
    let app = find_client(cx, ask.client_id).await?.ok_or_else(|| refusal("invalid_client", unknown))?;
    if !app.redirect_uris.iter().any(|uri| uri == ask.redirect_uri) {
        let sentence = "The redirect uri included is not valid: it must equal one that the application registered.";
        return Err(refusal("invalid_redirect_uri", sentence).into());
    }
    let redirect_uri = ask.redirect_uri.to_owned();
    Ok(match check(&app, ask) {
        Ok((scopes, challenge)) => Asked::Consent(Consent { app, redirect_uri, scopes, challenge }),
        Err(refusal) => Asked::SendBack { redirect_uri, refusal },
    })
}

fn check(app: &App, ask: &Ask<'_>) -> Result<(Scopes, Option<String>), Refusal> {
    match ask.response_type {
        "code" => {}
        "" => return Err(refusal("invalid_request", "Missing required parameter: response_type.")),
        _ => return Err(refusal("unsupported_response_type", "The server does not support this response type.")),
    }
    let scopes = wanted_scopes(app, ask.scope)?;
    let challenge = match (ask.code_challenge, ask.code_challenge_method) {
        ("", _) => None,
        (challenge, "S256") if token::is_challenge(challenge) => Some(challenge.to_owned()),
        _ => return Err(refusal("invalid_request", "The code challenge must be made with the method S256.")),
    };
    Ok((scopes, challenge))
}

/// The scopes in `text`, if `app` may ask for them.
pub(super) fn wanted_scopes(app: &App, text: &str) -> Result<Scopes, Refusal> {
    let sentence = "The requested scope is invalid, unknown, or malformed.";
    let scopes = Scopes::parse(text).map_err(|_| refusal("invalid_scope", sentence))?;
    if app.scopes.cover(&scopes) { Ok(scopes) } else { Err(refusal("invalid_scope", sentence)) }
}

/// The member agreed: the code for the client, good once and for ten minutes.
pub async fn grant(cx: &Context, member: &Member, consent: &Consent) -> Result<String, Failure> {
    if member.app.is_some() {
        return Err(Refusal::forbidden().into());
    }
    let until = cx.now().plus_ms(code::SHORT_MS).0;
    let grant = Grant {
        app: consent.app.id.0,
        account: member.account.0,
        redirect_uri: consent.redirect_uri.clone(),
        challenge: consent.challenge.clone(),
        scopes: consent.scopes.words(),
        agent: consent.app.name.clone(),
        until,
        session: None,
    };
    let (code, hash) = code::mint(cx);
    let mut draft = cx.draft(member.authority());
    let row = Purpose::Authorisation.row(&grant);
    draft.decide_until(&CODE, (&hash, &Only), Before::Absent, &row, Some(until));
    cx.perform(draft).await?;
    Ok(code)
}
