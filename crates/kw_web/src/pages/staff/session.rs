//! `/staff/sessions`: the browsers in which somebody on staff is signed in, and how each is signed out.

use axum::extract::Path;
use axum::response::Response;
use http::header::SET_COOKIE;
use kw_app::staff::session::{self, StaffSession};
use kw_html::views::staff::{StaffSessionRow, StaffSessions};
use kw_staff::hex;

use super::visit::{StaffForm, StaffVisit};
use crate::desk::sign_out_cookie;
use crate::error::Problem;
use crate::pages::answer::{Answer, go, page};
use crate::pages::settings::browser;
use crate::pages::view::ms;

const SIGN_IN: &str = "/staff/sign-in";

/// The reader's sessions, the present one first.
pub async fn show(visit: StaffVisit) -> Answer {
    let own = visit.staff().session;
    let sessions = session::list(visit.cx(), visit.staff().person).await?;
    let row = |session: &StaffSession| StaffSessionRow {
        id: hex::encode(&session.session),
        browser: browser::name_of(&session.agent),
        began_ms: ms(session.began),
        until_ms: ms(session.until),
        current: session.session == own,
    };
    let mut rows: Vec<_> = sessions.iter().map(row).collect();
    rows.sort_by_key(|row| !row.current);
    Ok(page(&StaffSessions { sessions: rows, desk: visit.desk().await?, page: visit.page() }))
}

/// Ends one of them.
pub async fn revoke(Path(id): Path<String>, form: StaffForm) -> Answer {
    let session = hex::decode(&id).ok_or_else(Problem::missing)?;
    session::end(form.cx(), form.staff(), session).await?;
    Ok(if session == form.staff().session { out(&form) } else { go("/staff/sessions") })
}

/// Ends the one that asks.
pub async fn sign_out(form: StaffForm) -> Answer {
    session::end(form.cx(), form.staff(), form.staff().session).await?;
    Ok(out(&form))
}

fn out(form: &StaffForm) -> Response {
    let mut response = go(SIGN_IN);
    response.headers_mut().append(SET_COOKIE, sign_out_cookie(form.settings()));
    response
}
