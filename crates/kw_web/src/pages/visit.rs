//! One request for a page: who looks, as what, and what surrounds the page.

use std::ops::Deref;

use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Response};
use http::HeaderMap;
use http::header::COOKIE;
use http::request::Parts;
use kw_app::account::{Settings as Preferences, find_settings};
use kw_app::authority::Authority;
use kw_app::context::Context;
use kw_app::session;
use kw_app::settings::Settings;
use kw_app::viewer::Viewer;
use kw_domain::id::AccountId;
use kw_domain::refusal::{Kind, Refusal};
use kw_html::{Locale, Page};

use super::answer::wants_json;
use super::view::post::Cards;
use crate::edge::Web;
use crate::error::Problem;
use crate::frame::{self, Surroundings};
use crate::session::{Member as SignedIn, Visitor, find_cookie};

/// Somebody who opens a page or sends a form, signed in or not.
#[derive(Debug, Clone)]
pub struct Visit {
    /// The state of the server.
    pub web: Web,
    /// Through whose eyes the page is made.
    pub viewer: Viewer,
    /// Who it is.
    pub visitor: Visitor,
    /// What a member prefers; a visitor prefers what everybody begins with.
    pub preferences: Preferences,
    /// Whether a script asks, which wants JSON.
    pub is_script: bool,
    page: Page,
    domain: String,
    cookies: HeaderMap,
}

/// A visit of somebody who is signed in. Others are led to sign in.
#[derive(Debug, Clone)]
pub struct Member {
    visit: Visit,
    member: session::Member,
}

impl FromRequestParts<Web> for Visit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Problem> {
        let visitor = Visitor::from_request_parts(parts, web).await?;
        let mut cookies = HeaderMap::new();
        for value in parts.headers.get_all(COOKIE) {
            cookies.append(COOKIE, value.clone());
        }
        let surroundings = Surroundings::of(&parts.headers, &parts.uri);
        let preferences = find_settings(&web.cx, visitor.actor.viewer_id().unwrap_or(AccountId(0))).await?;
        Ok(Self {
            viewer: visitor.viewer(&web.cx).await?,
            page: frame::page(web, &visitor, &surroundings).await?,
            domain: web.cx.settings().domain(),
            is_script: wants_json(&parts.headers),
            web: web.clone(),
            visitor,
            preferences,
            cookies,
        })
    }
}

impl FromRequestParts<Web> for Member {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Response> {
        let found = SignedIn::from_request_parts(parts, web).await;
        if found.is_err() && wants_json(&parts.headers) {
            // A script would follow to the form and take it for the answer.
            return Err(Problem::from(signed_out()).into_response());
        }
        let SignedIn { member, .. } = found.map_err(IntoResponse::into_response)?;
        let visit = Visit::from_request_parts(parts, web).await.map_err(IntoResponse::into_response)?;
        Ok(Self { visit, member })
    }
}

/// Why a script's request was not answered.
fn signed_out() -> Refusal {
    Refusal::new(Kind::Unauthenticated, "user_required", "You are not signed in any more.")
}

impl Visit {
    /// What use cases work with.
    pub fn cx(&self) -> &Context {
        &self.web.cx
    }

    /// What the operator configured.
    pub fn settings(&self) -> &Settings {
        self.web.cx.settings()
    }

    /// Our domain.
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// What surrounds the page.
    pub fn page(&self) -> Page {
        self.page.clone()
    }

    /// Has forms of the page lead back to `path`, which is one of ours.
    pub fn set_path(&mut self, path: &str) {
        path.clone_into(&mut self.page.path);
    }

    /// The language of the page.
    pub fn locale(&self) -> Locale {
        self.page.locale
    }

    /// Whether somebody is signed in.
    pub fn is_signed_in(&self) -> bool {
        self.viewer.id.is_some()
    }

    /// Makes cards of posts for this reader.
    pub fn cards(&self) -> Cards<'_> {
        Cards { viewer: &self.viewer, domain: &self.domain }
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        find_cookie(&self.cookies, name)
    }
}

impl Member {
    /// Whose account.
    pub fn account_id(&self) -> AccountId {
        self.member.account
    }

    /// The owner's seat.
    pub fn authority(&self) -> &Authority {
        self.member.authority()
    }

    /// The member with their session.
    pub fn member(&self) -> &session::Member {
        &self.member
    }
}

impl Deref for Member {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl AsMut<Visit> for Visit {
    fn as_mut(&mut self) -> &mut Visit {
        self
    }
}

impl AsMut<Visit> for Member {
    fn as_mut(&mut self) -> &mut Visit {
        &mut self.visit
    }
}
