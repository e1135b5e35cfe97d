//! Signing in, in one step or two, and out.

pub mod second_factor;
pub mod sign_in;
pub mod sign_out;

use axum::response::Response;
use http::HeaderValue;
use http::header::SET_COOKIE;
use kw_app::settings::Settings;

use crate::session;

/// The cookie of a sign-in that waits for its second factor.
pub const CHALLENGE: &str = "kw_challenge";
/// How long it is kept, in seconds: as long as the sign-in waits.
const CHALLENGE_S: u64 = 600;

/// Signs the browser in.
pub fn sign_in(response: &mut Response, settings: &Settings, token: &str) {
    response.headers_mut().append(SET_COOKIE, session::sign_in_cookie(settings, token));
}

/// Has the browser keep `value` under `name` while something of two steps lasts. Empty takes it away.
pub fn keep_for_next_step(response: &mut Response, name: &str, value: &str, settings: &Settings) {
    let secure = if settings.origin.scheme() == "https" { "; Secure" } else { "" };
    let age_s = if value.is_empty() { 0 } else { CHALLENGE_S };
    let cookie = format!("{name}={value}; Path=/; Max-Age={age_s}; HttpOnly; SameSite=Lax{secure}");
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
}
