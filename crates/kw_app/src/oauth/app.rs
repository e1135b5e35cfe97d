//! Client applications: registering and finding them.

use kw_domain::client::{OUT_OF_BAND, REDIRECTS_MAX, check_name, check_redirect};
use kw_domain::id::AppId;
use kw_domain::refusal::Refusal;
use kw_domain::scope::{Scope, Scopes};
use kw_domain::time::Millis;

use crate::authority::{Authority, Job};
use crate::code;
use crate::context::Context;
use crate::failure::Failure;
use crate::families::APP;
use crate::key::Only;
use crate::oauth::refusal;
use crate::operation::Before;
use crate::rows::AppRow;
use crate::secret::token;

/// A client application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct App {
    /// Which one; in decimal its `client_id`.
    pub id: AppId,
    /// Its name.
    pub name: String,
    /// Its page.
    pub website: Option<String>,
    /// Where it may be sent back to, as it wrote it.
    pub redirect_uris: Vec<String>,
    /// What it may ask for.
    pub scopes: Scopes,
    /// When it registered.
    pub created_at: Millis,
}

/// What an application says of itself.
#[derive(Debug, Clone, Copy)]
pub struct NewApp<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its page.
    pub website: Option<&'a str>,
    /// Where it may be sent back to; also several in one text, parted by line ends. None at all: out of band.
    pub redirect_uris: &'a [String],
    /// What it may ask for; `read` when it does not say.
    pub scopes: &'a str,
}

/// An application that has just registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Registered {
    /// The application.
    pub app: App,
    /// Its secret, which cannot be read again.
    pub secret: String,
}

/// Registers an application.
pub async fn register_app(cx: &Context, new: &NewApp<'_>) -> Result<Registered, Failure> {
    let (name, website) = check_name(new.name, new.website)?;
    let redirect_uris = redirects(new.redirect_uris)?;
    let scopes = Scopes::parse(new.scopes).map_err(|unknown| {
        let sentence = format!("Validation failed: Scopes doesn't match configured on the server ({unknown})");
        Refusal::invalid("scopes", "scope", sentence)
    })?;
    let (secret, hash) = code::mint(cx);
    let (id, created_at) = (AppId(cx.mint_id().await?), cx.now());
    let row = AppRow {
        name: name.clone(),
        website: website.clone(),
        redirect_uris: redirect_uris.clone(),
        scopes: scopes.words(),
        secret: hash,
        created_at: created_at.0,
    };
    let mut draft = cx.draft(&Authority::system(Job::Applications));
    draft.decide(&APP, (&id, &Only), Before::Absent, &row);
    cx.perform(draft).await?;
    Ok(Registered { app: App { id, name, website, redirect_uris, scopes, created_at }, secret })
}

fn redirects(written: &[String]) -> Result<Vec<String>, Refusal> {
    let mut uris: Vec<String> = Vec::new();
    for uri in written.iter().flat_map(|text| text.split(['\n', '\r'])).map(str::trim).filter(|uri| !uri.is_empty()) {
        check_redirect(uri)?;
        if !uris.iter().any(|known| known == uri) {
            uris.push(uri.to_owned());
        }
    }
    if uris.is_empty() {
        uris.push(OUT_OF_BAND.to_owned());
    }
    if uris.len() > REDIRECTS_MAX {
        let sentence = format!("Validation failed: at most {REDIRECTS_MAX} redirect URIs");
        return Err(Refusal::invalid("redirect_uris", "too_many", sentence));
    }
    Ok(uris)
}

/// The application with this id.
pub async fn find_app(cx: &Context, id: AppId) -> Result<Option<App>, Failure> {
    Ok(cx.find(&APP, &id, &Only).await?.map(|row| app_of(id, row.value)))
}

/// The application with this `client_id`, whoever asks.
pub async fn find_client(cx: &Context, client_id: &str) -> Result<Option<App>, Failure> {
    match client_id.parse() {
        Ok(id) => find_app(cx, id).await,
        Err(_) => Ok(None),
    }
}

/// The application that proves with its secret who it is.
pub(super) async fn prove(cx: &Context, client_id: &str, secret: &str) -> Result<App, Failure> {
    let wrong = || refusal("invalid_client", "Client authentication failed due to unknown client, or a wrong secret");
    let id: AppId = client_id.parse().map_err(|_| wrong())?;
    let row = cx.find(&APP, &id, &Only).await?.ok_or_else(wrong)?.value;
    if !token::is_same(&token::hash(secret), &row.secret) {
        return Err(wrong().into());
    }
    Ok(app_of(id, row))
}

fn app_of(id: AppId, row: AppRow) -> App {
    // Words that this version does not know any more give nothing.
    let scopes = row.scopes.iter().filter_map(|word| Scope::parse(word)).collect();
    App {
        id,
        name: row.name,
        website: row.website,
        redirect_uris: row.redirect_uris,
        scopes,
        created_at: Millis(row.created_at),
    }
}
