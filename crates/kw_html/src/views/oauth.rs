//! Letting an app in.

use askama::Template;

use crate::locale::key;
use crate::page::Page;
use crate::view::View;
use crate::{Locale, samples};

/// The question whether an app may act for the viewer.
#[derive(Debug, Template)]
#[template(path = "views/oauth_authorize.html")]
pub struct OauthAuthorize {
    /// What surrounds it. Somebody is signed in.
    pub page: Page,
    /// The app's name, as it gave it.
    pub app: String,
    /// The app's page, as it gave it.
    pub website: Option<String>,
    /// Where the browser goes next: host or scheme of the redirect. Nothing when a code will be shown.
    pub destination: Option<String>,
    /// What it asks for, as OAuth scopes.
    pub scopes: Vec<String>,
    /// The parameters of the request, to be sent back with the answer.
    pub parameters: Vec<(String, String)>,
}

/// The code that an app without a redirect asks for.
#[derive(Debug, Template)]
#[template(path = "views/oauth_code.html")]
pub struct OauthCode {
    /// What surrounds it. Somebody is signed in.
    pub page: Page,
    /// The app's name.
    pub app: String,
    /// The code.
    pub code: String,
}

impl OauthAuthorize {
    /// What the app will be able to do, in the reader's words; each once.
    fn abilities(&self) -> Vec<&'static str> {
        abilities(&self.page, &self.scopes)
    }
}

/// What scopes allow, in the reader's words; each once, reading first.
pub(crate) fn abilities(page: &Page, scopes: &[String]) -> Vec<&'static str> {
    let mut lines: Vec<&'static str> = Vec::new();
    for (begins, line) in [
        ("profile", key("ability-profile")),
        ("read", key("ability-read")),
        ("write", key("ability-write")),
        ("follow", key("ability-follow")),
        ("push", key("ability-push")),
        ("admin", key("ability-admin")),
    ] {
        let is_asked = |scope: &String| scope == begins || scope.starts_with(&format!("{begins}:"));
        if scopes.iter().any(is_asked) {
            lines.push(page.t(line));
        }
    }
    lines
}

impl View for OauthAuthorize {
    const NAME: &'static str = "oauth_authorize";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t1("authorize-title", "app", &self.app)
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/oauth/authorize"),
            app: "Tern for Desktop".to_owned(),
            website: Some("https://tern.example".to_owned()),
            destination: Some("tern.example".to_owned()),
            scopes: ["read", "write:statuses", "follow", "push"].map(str::to_owned).to_vec(),
            parameters: vec![("client_id".to_owned(), "k3".to_owned()), ("state".to_owned(), "\"&<".to_owned())],
        }
    }

    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        let by_code = Self { destination: None, website: None, ..Self::sample(locale) };
        vec![("", Self::sample(locale)), ("code", by_code)]
    }
}

impl View for OauthCode {
    const NAME: &'static str = "oauth_code";

    fn page(&self) -> &Page {
        &self.page
    }

    fn title(&self) -> String {
        self.page.t("code-title").to_owned()
    }

    fn sample(locale: Locale) -> Self {
        Self {
            page: samples::page(locale, "/oauth/authorize/native"),
            app: "toot".to_owned(),
            code: "Zx81vQk3Jm0aYw7TnLr5".to_owned(),
        }
    }
}
