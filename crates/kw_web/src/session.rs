//! Browsers: the session cookie, who it belongs to, and that a form was ours.
//!
//! The guard of a [`Browser`](crate::route::Access::Browser) route reads the cookie, and lets no POST through whose origin
//! is another site or whose `csrf` field is not the one we wrote: handlers cannot forget it. They ask for a [`Visitor`], or
//! for a [`Member`] where somebody has to be signed in, and take the form as [`Params`].

use axum::body::Body;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, Mac};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use kw_app::context::Context;
use kw_app::failure::Failure;
use kw_app::session::{self, Actor, Agent};
use kw_app::settings::Settings;
use kw_app::viewer::Viewer;
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::address::encode_path;
use crate::edge::Web;
use crate::error::Problem;
use crate::params::Params;

/// The cookie of whoever is signed in.
const SESSION_COOKIE: &str = "kw_session";
/// The cookie that the forms of signed-out browsers hang on.
const BROWSER_COOKIE: &str = "kw_browser";
/// How long a browser keeps a session's cookie, in seconds.
const SESSION_COOKIE_S: u64 = 365 * 24 * 3_600;

/// Whoever opens a page, signed in or not.
#[derive(Debug, Clone)]
pub struct Visitor {
    /// Who it is: a member, somebody who may only come back or only read why they are hidden, or nobody.
    pub actor: Actor,
    /// What every form carries as `csrf`.
    pub csrf: String,
    /// What is at the other end, for sign-in.
    pub agent: Agent,
    session_token: Option<String>,
    new_browser: Option<String>,
}

impl Visitor {
    /// The member, if one is signed in.
    pub fn member(&self) -> Option<&session::Member> {
        self.actor.member().ok()
    }

    /// The token of the session, to end it.
    pub fn session_token(&self) -> Option<&str> {
        self.session_token.as_deref()
    }

    /// Through whose eyes the page is made.
    pub async fn viewer(&self, cx: &Context) -> Result<Viewer, Failure> {
        Viewer::of(cx, self.actor.viewer_id()).await
    }

    /// The cookie that a browser without any is given, with the first page.
    pub(crate) fn new_cookie(&self, settings: &Settings) -> Option<HeaderValue> {
        let token = self.new_browser.as_ref()?;
        Some(cookie(settings, BROWSER_COOKIE, token, SESSION_COOKIE_S))
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get().cloned().ok_or_else(|| Problem::ours("a page's route is not marked as one for browsers"))
    }
}

/// Whoever opens a page that only members have. Others are led to sign in and back.
#[derive(Debug, Clone)]
pub struct Member {
    /// The member and their seat.
    pub member: session::Member,
    /// The same as a visitor.
    pub visitor: Visitor,
}

/// Somebody has to sign in first.
#[derive(Debug)]
pub enum NotSignedIn {
    /// Where to sign in.
    Lead(Redirect),
    /// Why the page cannot be shown at all.
    Problem(Problem),
}

impl IntoResponse for NotSignedIn {
    fn into_response(self) -> Response {
        match self {
            Self::Lead(redirect) => redirect.into_response(),
            Self::Problem(problem) => problem.into_response(),
        }
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Member {
    type Rejection = NotSignedIn;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, NotSignedIn> {
        let visitor = Visitor::from_request_parts(parts, state).await.map_err(NotSignedIn::Problem)?;
        match visitor.member().cloned() {
            Some(member) => Ok(Self { member, visitor }),
            None => Err(NotSignedIn::Lead(lead_to_sign_in(&parts.method, &parts.uri, &visitor))),
        }
    }
}

/// Where somebody signs in who wants to see `uri`, and comes back to it with its whole query.
fn lead_to_sign_in(method: &Method, uri: &http::Uri, visitor: &Visitor) -> Redirect {
    match visitor.actor {
        Actor::Dormant(_) => return Redirect::to("/settings/reactivate"),
        Actor::Hidden(_) => return Redirect::to("/settings/standing"),
        Actor::Visitor | Actor::App(_) | Actor::Member(_) => {}
    }
    let back = uri.path_and_query().map_or("/", |it| it.as_str());
    let back = if method == Method::GET { back } else { "/" };
    Redirect::to(&format!("/sign-in?back={}", encode_path(back)))
}

/// The cookie that signs a browser in.
pub fn sign_in_cookie(settings: &Settings, token: &str) -> HeaderValue {
    cookie(settings, SESSION_COOKIE, token, SESSION_COOKIE_S)
}

/// The cookie that signs a browser out.
pub fn sign_out_cookie(settings: &Settings) -> HeaderValue {
    cookie(settings, SESSION_COOKIE, "", 0)
}

fn cookie(settings: &Settings, name: &str, value: &str, max_age_s: u64) -> HeaderValue {
    let secure = if settings.origin.scheme() == "https" { "; Secure" } else { "" };
    let text = format!("{name}={value}; Path=/; Max-Age={max_age_s}; HttpOnly; SameSite=Lax{secure}");
    HeaderValue::from_str(&text).expect("tokens are made of letters that fit into a header")
}

/// The value of a cookie.
pub fn find_cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let pairs = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs = pairs.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(key, _)| *key == name).map(|(_, value)| value).filter(|value| !value.is_empty())
}

/// Reads who opens a page from its cookies. A session that is over is the same as none.
pub(crate) async fn find_visitor(web: &Web, headers: &HeaderMap, agent: Agent) -> Result<Visitor, Problem> {
    if let Some(token) = find_cookie(headers, SESSION_COOKIE) {
        match session::authenticate(&web.cx, token).await {
            // The token of a client proves what was agreed to with that client, and nothing on our pages.
            Ok(actor) if actor.app().is_none() => {
                let (csrf, session_token) = (csrf_of(token), Some(token.to_owned()));
                return Ok(Visitor { actor, csrf, agent, session_token, new_browser: None });
            }
            Ok(_) | Err(Failure::Refused(_)) => {}
            Err(failure) => return Err(failure.into()),
        }
    }
    let known = find_cookie(headers, BROWSER_COOKIE).map(str::to_owned);
    let new_browser = known.is_none().then(|| URL_SAFE_NO_PAD.encode(web.cx.random_bytes::<32>()));
    let csrf = csrf_of(known.as_deref().or(new_browser.as_deref()).unwrap_or_default());
    Ok(Visitor { actor: Actor::Visitor, csrf, agent, session_token: None, new_browser })
}

/// What the forms of a browser carry: something only we can make of its cookie, and that does not tell the cookie.
fn csrf_of(token: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(token.as_bytes()).expect("a key of any length will do");
    mac.update(b"kittiwake form");
    URL_SAFE_NO_PAD.encode(mac.finalize().into_bytes())
}

/// Lets a form through that was ours, with its parameters read; refuses any other.
pub(crate) async fn check_form(web: &Web, visitor: &Visitor, request: Request) -> Result<Request, Problem> {
    check_origin(web, request.headers())?;
    let (parts, body) = request.into_parts();
    let for_reading = Request::from_parts(parts.clone(), body);
    let params = Params::from_request(for_reading, web).await?;
    let said = params.text("csrf").ok().flatten().unwrap_or_default();
    if visitor.new_browser.is_some() || !bool::from(said.as_bytes().ct_eq(visitor.csrf.as_bytes())) {
        return Err(not_our_form());
    }
    let mut request = Request::from_parts(parts, Body::empty());
    request.extensions_mut().insert(params);
    Ok(request)
}

/// Browsers say where a form was sent from. What says nothing is left to the `csrf` field.
fn check_origin(web: &Web, headers: &HeaderMap) -> Result<(), Problem> {
    let text = |name: header::HeaderName| headers.get(name).and_then(|value| value.to_str().ok());
    let site = text(header::HeaderName::from_static("sec-fetch-site"));
    if site.is_some_and(|site| !matches!(site, "same-origin" | "none")) {
        return Err(not_our_form());
    }
    let Some(origin) = text(header::ORIGIN) else { return Ok(()) };
    let own = web.cx.settings().origin.origin().ascii_serialization();
    // Someone who calls the server by another name (127.0.0.1) sends the name they called.
    let called = origin.split_once("://").map(|(_, host)| host);
    let is_called = called.is_some() && called == text(header::HOST);
    if origin == own || is_called { Ok(()) } else { Err(not_our_form()) }
}

fn not_our_form() -> Problem {
    let sentence = "This form is too old, or came from another site. Nothing was changed.";
    Problem::new(StatusCode::FORBIDDEN, "csrf", sentence)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(origin: &str) -> Settings {
        Settings::at(origin.parse().expect("a URL"))
    }

    #[test]
    fn the_cookie_is_kept_from_scripts_and_other_sites_and_from_the_clear() {
        let cookie = sign_in_cookie(&settings("https://cliff.example"), "token");
        let cookie = cookie.to_str().expect("ASCII");
        for part in ["kw_session=token", "HttpOnly", "SameSite=Lax", "Secure", "Path=/"] {
            assert!(cookie.contains(part), "{part}");
        }
        let local = sign_in_cookie(&settings("http://localhost:8080"), "token");
        assert!(!local.to_str().expect("ASCII").contains("Secure"));
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, HeaderValue::from_static("a=1; kw_session=tok; b=2; kw_sessionx=no"));
        assert_eq!(find_cookie(&headers, "kw_session"), Some("tok"));
        assert_eq!(find_cookie(&headers, "kw"), None);
    }

    #[test]
    fn what_forms_carry_does_not_tell_the_cookie_and_differs_by_browser() {
        assert_ne!(csrf_of("one"), csrf_of("two"));
        assert!(!csrf_of("one").contains("one"));
    }
}
