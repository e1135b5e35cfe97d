//! `/staff/sessions`: the browsers in which somebody on staff is signed in, and how each is signed out.

use axum::extract::Path;
use axum::response::Response;
use http::header::SET_COOKIE;
use kw_app::staff::session::{self, StaffSession};
use kw_html::views::staff::{StaffSessionRow, StaffSessions};
use kw_staff::hex;

use super::clerk::{Clerk, ClerkForm};
use crate::desk::sign_out_cookie;
use crate::error::Problem;
use crate::pages::answer::{Answer, go, page};
use crate::pages::settings::browser;
use crate::pages::view::ms;

const SIGN_IN: &str = "/staff/sign-in";

/// The reader's sessions, the present one first.
pub async fn show(clerk: Clerk) -> Answer {
    let own = clerk.member().session;
    let sessions = session::list(clerk.cx(), clerk.member().person).await?;
    let row = |session: &StaffSession| StaffSessionRow {
        id: hex::encode(&session.session),
        browser: browser::name_of(&session.agent),
        began_ms: ms(session.began),
        until_ms: ms(session.until),
        current: session.session == own,
    };
    let mut rows: Vec<_> = sessions.iter().map(row).collect();
    rows.sort_by_key(|row| !row.current);
    Ok(page(&StaffSessions { sessions: rows, desk: clerk.desk(), page: clerk.page() }))
}

/// Ends one of them.
pub async fn revoke(Path(id): Path<String>, form: ClerkForm) -> Answer {
    let session = hex::decode(&id).ok_or_else(Problem::missing)?;
    session::end(form.cx(), form.member(), session).await?;
    Ok(if session == form.member().session { out(&form) } else { go("/staff/sessions") })
}

/// Ends the one that asks.
pub async fn sign_out(form: ClerkForm) -> Answer {
    session::end(form.cx(), form.member(), form.member().session).await?;
    Ok(out(&form))
}

fn out(form: &ClerkForm) -> Response {
    let mut response = go(SIGN_IN);
    response.headers_mut().append(SET_COOKIE, sign_out_cookie(form.settings()));
    response
}
