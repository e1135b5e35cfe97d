//! What surrounds a page: language, colours, the site, and who reads it, copied from the request.

use http::{HeaderMap, Uri, header};
use kw_app::settings::{Registrations, Settings};
use kw_app::view::account::load_account;
use kw_html::page::{Registration, Site, Theme};
use kw_html::part::account::AccountChip;
use kw_html::{Locale, Page, page};

use crate::address;
use crate::edge::Web;
use crate::error::Problem;
use crate::session::{Visitor, find_cookie};

/// The cookie with the language that a reader chose.
pub const LANGUAGE_COOKIE: &str = "kw_lang";
/// The cookie with the colours that a reader chose.
pub const THEME_COOKIE: &str = "kw_theme";

/// What a request says about its reader.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// The language chosen, or the browser's first that we speak.
    pub locale: Locale,
    /// The colours chosen.
    pub theme: Theme,
    /// Path and query of the page.
    pub path: String,
}

impl Surroundings {
    /// What these headers and this address say.
    pub fn of(headers: &HeaderMap, uri: &Uri) -> Self {
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let chosen = find_cookie(headers, LANGUAGE_COOKIE).and_then(Locale::from_tag);
        let theme = match find_cookie(headers, THEME_COOKIE) {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            _ => Theme::Device,
        };
        let path = uri.path_and_query().map_or_else(|| "/".to_owned(), |it| it.as_str().to_owned());
        Self { locale: chosen.unwrap_or_else(|| Locale::negotiate(accepted)), theme, path }
    }
}

impl<S: Send + Sync> axum::extract::FromRequestParts<S> for Surroundings {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut http::request::Parts, _: &S) -> Result<Self, Problem> {
        Ok(Self::of(&parts.headers, &parts.uri))
    }
}

/// What surrounds a page for `visitor`.
pub async fn page(web: &Web, visitor: &Visitor, surroundings: &Surroundings) -> Result<Page, Problem> {
    let viewer = match visitor.actor.viewer_id() {
        Some(id) => {
            let view = load_account(&web.cx, &visitor.viewer(&web.cx).await?, id).await?;
            Some(page::Viewer { account: chip(web.cx.settings(), &view), unread: 0, follow_requests: 0 })
        }
        None => None,
    };
    Ok(Page {
        locale: surroundings.locale,
        time_zone: String::new(),
        now_ms: web.cx.now().0.cast_signed(),
        theme: surroundings.theme,
        site: site(web.cx.settings()),
        viewer,
        csrf: visitor.csrf.clone(),
        path: surroundings.path.clone(),
        flash: None,
    })
}

/// An account in one line.
pub fn chip(settings: &Settings, view: &kw_app::view::AccountView) -> AccountChip {
    let account = &view.account;
    let name = if account.profile.display_name.is_empty() { &account.handle } else { &account.profile.display_name };
    AccountChip {
        id: account.id.to_string(),
        handle: account.handle.clone(),
        name: name.clone(),
        avatar: account.profile.avatar.as_ref().map(|file| address::picture_url(settings, account.id, file)),
    }
}

fn site(settings: &Settings) -> Site {
    Site {
        name: settings.title.clone(),
        description: settings.description.clone(),
        domain: settings.domain(),
        origin: settings.origin.as_str().trim_end_matches('/').to_owned(),
        members: None,
        popular: Vec::new(),
        registration: match settings.registrations {
            Registrations::Open => Registration::Open,
            Registrations::Approval => Registration::Approval,
            Registrations::Invitation => Registration::Invitation,
            Registrations::Closed => Registration::Closed,
        },
    }
}
