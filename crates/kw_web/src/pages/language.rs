//! `POST /language`: the language of the pages, for this browser.

use axum::response::Response;
use http::HeaderValue;
use http::header::SET_COOKIE;
use kw_app::account::{SettingsChange, update_settings};
use kw_app::settings::Settings;
use kw_html::Locale;

use super::answer::{Answer, go};
use super::form::VisitForm;
use crate::error::Problem;
use crate::frame::LANGUAGE_COOKIE;

/// How long a browser keeps it, in seconds: a year.
const KEPT_S: u64 = 365 * 24 * 3_600;

/// Changes the language and goes back. A member's choice is kept with their account as well.
pub async fn switch(form: VisitForm) -> Answer {
    let locale = form.params.word("lang")?.and_then(Locale::from_tag);
    let locale = locale.ok_or_else(|| Problem::invalid("lang", "Pages are in English (en) or French (fr)."))?;
    if let Some(member) = form.visitor.member() {
        let change = SettingsChange { locale: Some(locale.tag()), ..SettingsChange::default() };
        update_settings(form.cx(), member, &change).await?;
    }
    let mut response = go(form.back_or("/"));
    remember(&mut response, locale, form.settings());
    Ok(response)
}

/// Has the browser remember a language.
pub fn remember(response: &mut Response, locale: Locale, settings: &Settings) {
    let secure = if settings.origin.scheme() == "https" { "; Secure" } else { "" };
    let cookie =
        format!("{LANGUAGE_COOKIE}={}; Path=/; Max-Age={KEPT_S}; HttpOnly; SameSite=Lax{secure}", locale.tag());
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
}
