//! Who is in: browsers that are signed in, apps that were let in, people who were invited.

use askama::Template;

use crate::page::{Nav, Page};
use crate::view::View;
use crate::views::oauth::abilities;
use crate::{Locale, samples};

const HOUR_MS: i64 = 3_600_000;

/// Browsers that are signed in.
#[derive(Debug, Template)]
#[template(path = "views/settings_sessions.html")]
pub struct SettingsSessions {
    /// What surrounds it. Somebody is signed in.
    pub page: Page,
    /// The sessions, the present one first.
    pub sessions: Vec<SessionRow>,
}

/// A browser that is signed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// What `/settings/sessions/{id}/revoke` calls it.
    pub id: String,
    /// Browser and system: "Firefox on Linux". Empty when unknown.
    pub browser: String,
    /// The address that it was last seen from. Empty when unknown.
    pub address: String,
    /// When it signed in, in Unix milliseconds.
    pub created_ms: i64,
    /// When it was last seen, in Unix milliseconds.
    pub seen_ms: i64,
    /// Whether it is the one that asks.
    pub current: bool,
}

/// Apps that may act for the viewer.
#[derive(Debug, Template)]
#[template(path = "views/settings_apps.html")]
pub struct SettingsApps {
    /// What surrounds it. Somebody is signed in.
    pub page: Page,
    /// The apps, newest first.
    pub apps: Vec<AppRow>,
}

/// An app that may act for the viewer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppRow {
    /// What `/settings/apps/{id}/revoke` calls it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its page.
    pub website: Option<String>,
    /// What it may do, as OAuth scopes.
    pub scopes: Vec<String>,
    /// When it was let in, in Unix milliseconds.
    pub created_ms: i64,
    /// When it was last used, in Unix milliseconds.
    pub used_ms: Option<i64>,
}

impl AppRow {
    /// What it may do, in the reader's words.
    fn abilities(&self, page: &Page) -> Vec<&'static str> {
        abilities(page, &self.scopes)
    }
}

/// Invitations that the viewer made.
#[derive(Debug, Template)]
#[template(path = "views/settings_invitations.html")]
pub struct SettingsInvitations {
    /// What surrounds it. Somebody is signed in.
    pub page: Page,
    /// The invitations, newest first.
    pub invitations: Vec<InvitationRow>,
}

/// An invitation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitationRow {
    /// The whole address to give away.
    pub url: String,
    /// How many joined with it.
    pub uses: u64,
    /// How many can; nothing when there is no limit.
    pub uses_max: Option<u64>,
    /// When it ends, in Unix milliseconds.
    pub expires_ms: Option<i64>,
}

impl View for SettingsSessions {
    const NAME: &'static str = "settings_sessions";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("settings-sessions").to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Settings
    }

    fn sample(locale: Locale) -> Self {
        let session = |id: &str, browser: &str, hours, current| SessionRow {
            id: id.to_owned(),
            browser: browser.to_owned(),
            address: "203.0.113.7".to_owned(),
            created_ms: samples::NOW_MS - 300 * HOUR_MS,
            seen_ms: samples::NOW_MS - hours * HOUR_MS,
            current,
        };
        Self {
            page: samples::page(locale, "/settings/sessions"),
            sessions: vec![session("1", "Firefox on Linux", 0, true), session("2", "", 50, false)],
        }
    }
}

impl View for SettingsApps {
    const NAME: &'static str = "settings_apps";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("settings-apps").to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Settings
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/settings/apps"),
            apps: vec![AppRow {
                id: "7".to_owned(),
                name: "Tern for Desktop".to_owned(),
                website: Some("https://tern.example".to_owned()),
                scopes: ["read", "write", "follow"].map(str::to_owned).to_vec(),
                created_ms: samples::NOW_MS - 300 * HOUR_MS,
                used_ms: Some(samples::NOW_MS - HOUR_MS),
            }],
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let empty = Self { apps: Vec::new(), ..Self::sample(locale) };
        vec![("", Self::sample(locale)), ("empty", empty)]
    }
}

impl View for SettingsInvitations {
    const NAME: &'static str = "settings_invitations";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("settings-invitations").to_owned()
    }

    fn nav(&self) -> Nav {
        Nav::Settings
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/settings/invitations"),
            invitations: vec![
                InvitationRow {
                    url: "https://bay.example/sign-up?invitation=k7w2m9".to_owned(),
                    uses: 2,
                    uses_max: Some(5),
                    expires_ms: Some(samples::NOW_MS + 72 * HOUR_MS),
                },
                InvitationRow {
                    url: "https://bay.example/sign-up?invitation=q4x8r1".to_owned(),
                    uses: 0,
                    uses_max: None,
                    expires_ms: None,
                },
            ],
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let empty = Self { invitations: Vec::new(), ..Self::sample(locale) };
        vec![("", Self::sample(locale)), ("empty", empty)]
    }
}
