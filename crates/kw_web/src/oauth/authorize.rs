//! `GET|POST /oauth/authorize`: a member is asked whether a client may act for them.
//!
//! Whoever is not signed in is led to sign in and back, with the whole query. What the client gets wrong is told to the
//! client; an unknown client or address is shown here and never followed.

use axum::extract::State;
use axum::response::{Html, IntoResponse, Redirect, Response};
use http::{HeaderValue, StatusCode, header};
use kw_app::failure::Failure;
use kw_app::oauth::{Ask, Asked, Consent, grant, look};
use kw_domain::refusal::Refusal;
use kw_html::views::{OauthAuthorize, OauthCode};
use kw_html::{Locale, Page, View};
use url::Url;

use crate::address::encode_path;
use crate::edge::Web;
use crate::error::Problem;
use crate::frame::{self, Surroundings};
use crate::layer::policy_with_form_action;
use crate::params::Params;
use crate::session::{Member, Visitor};

/// The parameters of the request that the answer needs again.
const KEPT: [&str; 7] =
    ["client_id", "redirect_uri", "response_type", "scope", "state", "code_challenge", "code_challenge_method"];

/// Asks the member.
pub async fn ask(
    State(web): State<Web>,
    visitor: Visitor,
    mut surroundings: Surroundings,
    params: Params,
) -> Result<Response, Problem> {
    let consent = match look(&web.cx, &ask_of(&params)?).await.map_err(shown)? {
        Asked::Consent(consent) => consent,
        Asked::SendBack { redirect_uri, refusal } => return send_back(&redirect_uri, &params, &refusal),
    };
    if visitor.member().is_none() || params.is_on("force_login")? {
        return Ok(lead_to_sign_in(&surroundings.path).into_response());
    }
    if let Some(locale) = params.word("lang")?.and_then(Locale::from_tag) {
        surroundings.chosen = Some(locale);
    }
    let page = frame::page(&web, &visitor, &surroundings).await?;
    let target = target_of(&consent.redirect_uri);
    let html = consent_page(page, &consent, &params)?.to_html();
    let mut response = Html(html).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_SECURITY_POLICY, policy_with_form_action(&target));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(response)
}

/// Takes the member's answer to the client, or shows the code.
pub async fn answer(
    State(web): State<Web>,
    Member { member, visitor }: Member,
    surroundings: Surroundings,
    params: Params,
) -> Result<Response, Problem> {
    let consent = match look(&web.cx, &ask_of(&params)?).await.map_err(shown)? {
        Asked::Consent(consent) => consent,
        Asked::SendBack { redirect_uri, refusal } => return send_back(&redirect_uri, &params, &refusal),
    };
    if params.text("decision")? != Some("allow") {
        let sentence = "The resource owner or authorization server denied the request.";
        let denied = Refusal::new(kw_domain::refusal::Kind::Forbidden, "access_denied", sentence);
        return send_back(&consent.redirect_uri, &params, &denied);
    }
    let code = grant(&web.cx, &member, &consent).await?;
    if !consent.is_out_of_band() {
        return follow(&consent.redirect_uri, &params, &[("code", &code)]);
    }
    let page = frame::page(&web, &visitor, &surroundings).await?;
    let mut response = Html(OauthCode { page, app: consent.app.name, code }.to_html()).into_response();
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    Ok(response)
}

fn ask_of(params: &Params) -> Result<Ask<'_>, Problem> {
    let text = |name| Ok::<_, Problem>(params.text(name)?.unwrap_or_default());
    Ok(Ask {
        client_id: text("client_id")?,
        redirect_uri: text("redirect_uri")?,
        response_type: text("response_type")?,
        scope: text("scope")?,
        code_challenge: text("code_challenge")?,
        code_challenge_method: text("code_challenge_method")?,
    })
}

fn consent_page(page: Page, consent: &Consent, params: &Params) -> Result<OauthAuthorize, Problem> {
    let mut parameters = Vec::new();
    for name in KEPT {
        if let Some(value) = params.word(name)? {
            parameters.push((name.to_owned(), value.to_owned()));
        }
    }
    Ok(OauthAuthorize {
        page,
        app: consent.app.name.clone(),
        website: consent.app.website.clone(),
        destination: (!consent.is_out_of_band()).then(|| shown_target(&consent.redirect_uri)),
        scopes: consent.scopes.words(),
        parameters,
    })
}

/// To sign in, and back here with the whole query. Having signed in, they need not be forced to again.
fn lead_to_sign_in(path: &str) -> Redirect {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let kept: Vec<&str> = query.split('&').filter(|pair| !pair.starts_with("force_login=")).collect();
    Redirect::to(&format!("/sign-in?back={}", encode_path(&format!("{path}?{}", kept.join("&")))))
}

/// What a form has to be allowed to end at: the origin of a page, or the scheme of an app.
fn target_of(redirect_uri: &str) -> String {
    match Url::parse(redirect_uri) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => url.origin().ascii_serialization(),
        Ok(url) => format!("{}:", url.scheme()),
        Err(_) => String::new(),
    }
}

/// The same in a word for people.
fn shown_target(redirect_uri: &str) -> String {
    match Url::parse(redirect_uri) {
        Ok(url) if matches!(url.scheme(), "http" | "https") => url.host_str().unwrap_or_default().to_owned(),
        Ok(url) => url.scheme().to_owned(),
        Err(_) => String::new(),
    }
}

/// Tells the client what is wrong, at its address; on a page where it has none.
fn send_back(redirect_uri: &str, params: &Params, refusal: &Refusal) -> Result<Response, Problem> {
    if redirect_uri == kw_domain::client::OUT_OF_BAND {
        return Err(Problem::new(StatusCode::BAD_REQUEST, "app", refusal.sentence.clone()));
    }
    follow(redirect_uri, params, &[("error", refusal.code), ("error_description", &refusal.sentence)])
}

/// What cannot be told to a client is shown here.
fn shown(failure: Failure) -> Problem {
    match failure {
        Failure::Refused(refusal) => Problem::new(StatusCode::BAD_REQUEST, "app", refusal.sentence),
        failure => failure.into(),
    }
}

/// Sends the browser to the client with `pairs`, and its own `state` unchanged.
fn follow(redirect_uri: &str, params: &Params, pairs: &[(&str, &str)]) -> Result<Response, Problem> {
    let mut address = redirect_uri.to_owned();
    let state = params.word("state")?.map(|state| ("state", state));
    for (name, value) in pairs.iter().copied().chain(state) {
        address.push(if address.contains('?') { '&' } else { '?' });
        address.push_str(name);
        address.push('=');
        address.push_str(&encode_path(value));
    }
    let location = HeaderValue::from_bytes(address.as_bytes());
    let location = location.map_err(|_| Problem::unreadable("This address cannot be followed."))?;
    let mut response = StatusCode::FOUND.into_response();
    response.headers_mut().insert(header::LOCATION, location);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signing_in_leads_back_with_the_whole_query() {
        let response = lead_to_sign_in("/oauth/authorize?client_id=1&force_login=true&state=a%26b").into_response();
        let location = response.headers()[header::LOCATION].to_str().expect("ASCII");
        assert_eq!(location, "/sign-in?back=%2Foauth%2Fauthorize%3Fclient_id%3D1%26state%3Da%2526b");
    }

    #[test]
    fn forms_may_end_at_the_clients_address_and_nowhere_else() {
        assert_eq!(target_of("https://elk.example/back?x=1"), "https://elk.example");
        assert_eq!(target_of("http://localhost:5314/back"), "http://localhost:5314");
        assert_eq!(target_of("icecubesapp://"), "icecubesapp:");
    }

    #[test]
    fn the_code_and_the_state_come_back_behind_what_is_there() {
        let params = Params::from_query("state=a%20b%26c").expect("readable");
        for (address, followed) in [
            ("icecubesapp://", "icecubesapp://?code=k&state=a%20b%26c"),
            ("https://elk.example/back?x=1", "https://elk.example/back?x=1&code=k&state=a%20b%26c"),
        ] {
            let response = follow(address, &params, &[("code", "k")]).expect("an address");
            assert_eq!(response.headers()[header::LOCATION], followed);
        }
    }
}
