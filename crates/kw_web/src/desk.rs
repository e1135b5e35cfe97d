//! Staff's browsers: the cookie of a staff session, and the guard that lets nobody else in. A staff session is apart from a
//! member's: one browser may have both, and neither gives anything to the other.

use axum::extract::FromRequestParts;
use axum::response::{IntoResponse, Redirect, Response};
use http::request::Parts;
use http::{HeaderMap, HeaderValue, Method};
use kw_app::settings::Settings;
use kw_app::staff::session::{SESSION_MS, StaffMember, authenticate};

use crate::address::encode_path;
use crate::edge::Web;
use crate::error::Problem;
use crate::session::find_cookie;

/// The cookie of whoever of the staff is signed in.
const STAFF_COOKIE: &str = "kw_staff";

/// The cookie that signs a browser of staff's in. Sent to staff's pages alone, and never from another site.
pub fn sign_in_cookie(settings: &Settings, token: &str) -> HeaderValue {
    cookie(settings, token, SESSION_MS / 1_000)
}

/// The cookie that signs it out.
pub fn sign_out_cookie(settings: &Settings) -> HeaderValue {
    cookie(settings, "", 0)
}

fn cookie(settings: &Settings, value: &str, max_age_s: u64) -> HeaderValue {
    let secure = if settings.origin.scheme() == "https" { "; Secure" } else { "" };
    let text = format!("{STAFF_COOKIE}={value}; Path=/staff; Max-Age={max_age_s}; HttpOnly; SameSite=Strict{secure}");
    HeaderValue::from_str(&text).expect("tokens are made of letters that fit into a header")
}

/// Who of the staff sits at this browser, if anybody.
pub(crate) async fn find_member(web: &Web, headers: &HeaderMap) -> Result<Option<StaffMember>, Problem> {
    match find_cookie(headers, STAFF_COOKIE) {
        Some(token) => Ok(authenticate(&web.cx, token).await?),
        None => Ok(None),
    }
}

/// Where somebody signs in who wants to see `uri`.
pub(crate) fn lead_to_sign_in(method: &Method, uri: &http::Uri) -> Response {
    let back = uri.path_and_query().map_or("/staff", |it| it.as_str());
    let back = if method == Method::GET { back } else { "/staff" };
    Redirect::to(&format!("/staff/sign-in?back={}", encode_path(back))).into_response()
}

/// The member of staff whom the guard of the route let in.
#[derive(Debug, Clone)]
pub struct AtDesk(pub StaffMember);

impl<S: Send + Sync> FromRequestParts<S> for AtDesk {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        parts.extensions.get().cloned().ok_or_else(|| Problem::ours("a page's route is not marked as one for staff"))
    }
}
