//! Who calls: the token of a client, and the member behind it.
//!
//! The guard of a route finds the [`Caller`]; handlers ask for it, or for the [`Actor`], without whom nothing of a
//! member's can be written.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::extract::{ConnectInfo, FromRequestParts, Request};
use http::request::Parts;
use http::{HeaderMap, header};
use kw_app::authority::Authority;
use kw_app::context::Context;
use kw_app::failure::Failure;
use kw_app::session::{self, Agent, Member};
use kw_app::viewer::Viewer;
use kw_domain::id::{AccountId, AppId};
use kw_domain::scope::Scope;
use sha2::{Digest, Sha256};

use crate::edge::Web;
use crate::error::Problem;
use crate::limit::Subject;

/// Who calls a route of the client API.
#[derive(Debug, Clone)]
pub struct Caller {
    actor: session::Actor,
    token_hash: Option<[u8; 32]>,
}

impl Caller {
    /// Nobody who said who they are.
    pub const VISITOR: Self = Self { actor: session::Actor::Visitor, token_hash: None };

    /// Who it is.
    pub fn actor(&self) -> &session::Actor {
        &self.actor
    }

    /// What counts as the token, for limits.
    pub(crate) fn token_subject(&self) -> Option<Subject> {
        self.token_hash.map(Subject::Token)
    }

    /// The member, if it is one.
    pub fn member(&self) -> Option<AccountId> {
        self.actor.viewer_id()
    }

    /// Through whose eyes the answer is made.
    pub async fn viewer(&self, cx: &Context) -> Result<Viewer, Failure> {
        Viewer::of(cx, self.member()).await
    }

    pub(crate) fn check(&self, scopes: &[Scope]) -> Result<(), Problem> {
        Ok(self.actor.check_scope(scopes)?)
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        Ok(parts.extensions.get().cloned().unwrap_or(Self::VISITOR))
    }
}

/// The member who calls. Only routes whose row asks for one get here.
#[derive(Debug, Clone)]
pub struct Actor(Member);

impl Actor {
    /// The owner's seat.
    pub fn authority(&self) -> &Authority {
        self.0.authority()
    }

    /// Whose account.
    pub fn account(&self) -> AccountId {
        self.0.account
    }

    /// The member with their session.
    pub fn member(&self) -> &Member {
        &self.0
    }

    /// Through which client.
    pub fn app(&self) -> Option<AppId> {
        self.0.app
    }

    /// Through whose eyes the answer is made.
    pub async fn viewer(&self, cx: &Context) -> Result<Viewer, Failure> {
        Viewer::member(cx, self.0.account).await
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Actor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Problem> {
        let caller = Caller::from_request_parts(parts, state).await?;
        Ok(Self(caller.actor.member()?.clone()))
    }
}

/// Who calls, by the token of the request; a visitor when it has none.
pub(crate) async fn authenticate(web: &Web, headers: &HeaderMap) -> Result<Caller, Problem> {
    let Some(token) = bearer_of(headers)? else { return Ok(Caller::VISITOR) };
    let actor = session::authenticate(&web.cx, token).await?;
    // The cookie of a browser is no token of a client's: it would come without any scope that was agreed to.
    if actor.app().is_none() {
        return Err(Problem::bad_token("The access token is invalid"));
    }
    Ok(Caller { actor, token_hash: Some(Sha256::digest(token).into()) })
}

/// The token in `Authorization: Bearer …`. A header of another kind was not meant for us.
fn bearer_of(headers: &HeaderMap) -> Result<Option<&str>, Problem> {
    let Some(value) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let text = value.to_str().map_err(|_| Problem::bad_token("The access token is invalid"))?;
    let Some((kind, token)) = text.trim().split_once(' ') else { return Ok(None) };
    Ok(kind.eq_ignore_ascii_case("bearer").then(|| token.trim()))
}

/// Where a request comes from, as limits count it.
pub(crate) fn place_of(web: &Web, request: &Request) -> Subject {
    Subject::place(address_of(web, request.extensions(), request.headers()))
}

/// What is at the other end of a request.
pub(crate) fn agent_of(web: &Web, extensions: &http::Extensions, headers: &HeaderMap) -> Agent {
    let name = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Agent { name: name.to_owned(), address: Some(address_of(web, extensions, headers)) }
}

/// The address a request comes from: the peer's, or what a trusted proxy says it is.
fn address_of(web: &Web, extensions: &http::Extensions, headers: &HeaderMap) -> IpAddr {
    let peer = extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
    let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST));
    let is_trusted = |address: IpAddr| web.edge.trusted_proxies.iter().any(|network| network.contains(address));
    if !is_trusted(peer) {
        return peer;
    }
    // Each proxy adds whom it was called by at the end, so the last one that is no proxy of ours is the client; what
    // stands before it anyone may have written.
    let forwarded = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok());
    let hops: Vec<IpAddr> =
        forwarded.flat_map(|hops| hops.split(',')).filter_map(|hop| hop.trim().parse().ok()).collect();
    hops.iter().rev().copied().find(|hop| !is_trusted(*hop)).or(hops.first().copied()).unwrap_or(peer)
}
