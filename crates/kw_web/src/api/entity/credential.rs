//! What only its owner sees of an account, clients and their tokens.

use kw_app::account::Settings;
use kw_app::oauth::{App, Registered};
use kw_app::session::Issued;
use kw_app::view::AccountView;
use serde::Serialize;

use super::account::Field;
use super::{Account, Writer};

/// The member's own account.
#[derive(Debug, Clone, Serialize)]
pub struct CredentialAccount {
    #[serde(flatten)]
    pub account: Account,
    pub source: Source,
    pub role: Role,
}

/// What an owner edits of their account, and how they post.
#[derive(Debug, Clone, Serialize)]
pub struct Source {
    pub note: String,
    pub fields: Vec<Field>,
    pub privacy: &'static str,
    pub sensitive: bool,
    pub language: Option<String>,
    pub quote_policy: &'static str,
    pub follow_requests_count: u64,
    pub hide_collections: bool,
    pub discoverable: bool,
    pub indexable: bool,
    pub attribution_domains: [String; 0],
}

/// What an account may do beyond its own things: nothing, here. Staff are not accounts.
#[derive(Debug, Clone, Serialize)]
pub struct Role {
    pub id: &'static str,
    pub name: &'static str,
    pub color: &'static str,
    pub permissions: &'static str,
    pub highlighted: bool,
}

const NO_ROLE: Role = Role { id: "-99", name: "", color: "", permissions: "0", highlighted: false };

/// How a member posts and reads.
#[derive(Debug, Clone, Serialize)]
pub struct Preferences {
    #[serde(rename = "posting:default:visibility")]
    pub visibility: &'static str,
    #[serde(rename = "posting:default:sensitive")]
    pub sensitive: bool,
    #[serde(rename = "posting:default:language")]
    pub language: Option<String>,
    #[serde(rename = "posting:default:quote_policy")]
    pub quote_policy: &'static str,
    #[serde(rename = "reading:expand:media")]
    pub media: &'static str,
    #[serde(rename = "reading:expand:spoilers")]
    pub spoilers: bool,
    #[serde(rename = "reading:autoplay:gifs")]
    pub autoplay: bool,
}

/// A client.
#[derive(Debug, Clone, Serialize)]
pub struct Application {
    pub id: String,
    pub name: String,
    pub website: Option<String>,
    pub scopes: Vec<String>,
    pub redirect_uris: Vec<String>,
    pub redirect_uri: String,
    #[serde(flatten)]
    pub credentials: Option<Credentials>,
}

/// What a client proves itself with. Shown once.
#[derive(Debug, Clone, Serialize)]
pub struct Credentials {
    pub client_id: String,
    pub client_secret: String,
    pub client_secret_expires_at: u64,
}

/// A token.
#[derive(Debug, Clone, Serialize)]
pub struct Token {
    pub access_token: String,
    pub token_type: &'static str,
    pub scope: String,
    /// Seconds, as a number.
    pub created_at: u64,
}

impl Writer<'_> {
    /// The member's own account.
    pub fn credential_account(&self, view: &AccountView, settings: &Settings, requests: u64) -> CredentialAccount {
        let profile = &view.account.profile;
        CredentialAccount {
            account: self.account(view),
            source: Source {
                note: profile.note.clone(),
                fields: profile.fields.iter().map(Field::plain).collect(),
                privacy: settings.visibility.word(),
                sensitive: settings.sensitive,
                language: settings.language.clone(),
                quote_policy: "nobody",
                follow_requests_count: requests,
                hide_collections: profile.hide_collections,
                discoverable: profile.discoverable,
                indexable: profile.indexable,
                attribution_domains: [],
            },
            role: NO_ROLE,
        }
    }
}

impl Preferences {
    /// A member's preferences.
    pub fn of(settings: Settings) -> Self {
        Self {
            visibility: settings.visibility.word(),
            sensitive: settings.sensitive,
            language: settings.language,
            quote_policy: "nobody",
            media: "default",
            spoilers: false,
            autoplay: false,
        }
    }
}

impl Application {
    /// A client, without what it proves itself with.
    pub fn of(app: App) -> Self {
        Self {
            id: app.id.to_string(),
            name: app.name,
            website: app.website,
            scopes: app.scopes.words(),
            redirect_uri: app.redirect_uris.join("\n"),
            redirect_uris: app.redirect_uris,
            credentials: None,
        }
    }

    /// A client that has just registered.
    pub fn registered(registered: Registered) -> Self {
        let Registered { app, secret } = registered;
        let credentials =
            Credentials { client_id: app.id.to_string(), client_secret: secret, client_secret_expires_at: 0 };
        Self { credentials: Some(credentials), ..Self::of(app) }
    }
}

impl Token {
    /// A token that was just issued.
    pub fn of(issued: &Issued) -> Self {
        Self {
            access_token: issued.token.clone(),
            token_type: "Bearer",
            scope: issued.scopes.to_string(),
            created_at: issued.created_at.0 / 1_000,
        }
    }
}
