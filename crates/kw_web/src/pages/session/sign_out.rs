//! `POST /sign-out`.

use http::header::SET_COOKIE;
use kw_app::session::sign_out;

use crate::pages::answer::{Answer, go};
use crate::pages::form::VisitForm;
use crate::session::sign_out_cookie;

/// Ends the session of this browser. Whoever is not signed in is out already.
pub async fn submit(form: VisitForm) -> Answer {
    if let Some(token) = form.visitor.session_token() {
        sign_out(form.cx(), token).await?;
    }
    let mut response = go("/");
    response.headers_mut().append(SET_COOKIE, sign_out_cookie(form.settings()));
    Ok(response)
}
