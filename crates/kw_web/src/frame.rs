//! What surrounds a page: language, colours, the site, and who reads it, copied from the request.

use http::{HeaderMap, Uri, header};
use kw_app::account::{count, find_settings};
use kw_app::notification::{NotificationFilter, count_unread};
use kw_app::relationship::count_requests;
use kw_app::session::Member;
use kw_app::settings::{Registrations, Settings};
use kw_app::view::account::load_account;
use kw_html::page::{Registration, Said, Site, Theme};
use kw_html::{Locale, Page, page};

use crate::edge::Web;
use crate::error::Problem;
use crate::pages::view::account::chip;
use crate::session::{Visitor, find_cookie};

/// The cookie with the language that a reader chose.
pub const LANGUAGE_COOKIE: &str = "kw_lang";
/// The cookie with the colours that a reader chose.
pub const THEME_COOKIE: &str = "kw_theme";
/// The cookie with what was just done, for the next page to say.
pub const SAID_COOKIE: &str = "kw_said";

/// What a request says about its reader.
#[derive(Debug, Clone)]
pub struct Surroundings {
    /// The language that was chosen in this browser.
    pub chosen: Option<Locale>,
    /// The first language of the browser's that we speak.
    pub accepted: Locale,
    /// The colours chosen.
    pub theme: Theme,
    /// Path and query of the page.
    pub path: String,
    /// What was just done, by the page before.
    pub said: Option<Said>,
}

impl Surroundings {
    /// What these headers and this address say.
    pub fn of(headers: &HeaderMap, uri: &Uri) -> Self {
        let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let theme = match find_cookie(headers, THEME_COOKIE) {
            Some("light") => Theme::Light,
            Some("dark") => Theme::Dark,
            _ => Theme::Device,
        };
        Self {
            chosen: find_cookie(headers, LANGUAGE_COOKIE).and_then(Locale::from_tag),
            accepted: Locale::negotiate(accepted),
            theme,
            said: find_cookie(headers, SAID_COOKIE).and_then(Said::from_word),
            path: uri.path_and_query().map_or_else(|| "/".to_owned(), |it| it.as_str().to_owned()),
        }
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
    let mut page = Page { csrf: visitor.csrf.clone(), ..bare_page(web, surroundings) };
    page.site.members = Some(count(&web.cx).await?);
    let Some(owner) = visitor.actor.owner_id() else { return Ok(page) };
    let preferences = find_settings(&web.cx, owner).await?;
    let locale = surroundings.chosen.or(Locale::from_tag(&preferences.locale)).unwrap_or(page.locale);
    let viewer = match visitor.member() {
        Some(member) => find_viewer(web, visitor, member).await?,
        None => None,
    };
    Ok(Page {
        locale,
        flash: surroundings.said.map(|said| said.flash(locale)),
        time_zone: preferences.zone,
        viewer,
        ..page
    })
}

/// What surrounds a page for anybody, without a look at the store.
pub fn bare_page(web: &Web, surroundings: &Surroundings) -> Page {
    let locale = surroundings.chosen.unwrap_or(surroundings.accepted);
    Page {
        locale,
        time_zone: String::new(),
        now_ms: web.cx.now().0.cast_signed(),
        theme: surroundings.theme,
        site: site(web.cx.settings()),
        viewer: None,
        csrf: String::new(),
        path: surroundings.path.clone(),
        flash: surroundings.said.map(|said| said.flash(locale)),
    }
}

/// The member as the navigation shows them. Somebody whom staff have hidden is shown to themselves by no page.
async fn find_viewer(web: &Web, visitor: &Visitor, member: &Member) -> Result<Option<page::Viewer>, Problem> {
    let viewer = visitor.viewer(&web.cx).await?;
    let Ok(view) = load_account(&web.cx, &viewer, member.account).await else { return Ok(None) };
    // One more than is told as a number: whether there are more.
    let counted_max = page::UNREAD_MAX as usize + 1;
    Ok(Some(page::Viewer {
        account: chip(&view),
        unread: count_unread(&web.cx, member.authority(), &NotificationFilter::default(), counted_max).await? as u64,
        follow_requests: count_requests(&web.cx, member.authority()).await?,
    }))
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
