//! The client API, one handler a verb: read parameters, call one use case, show what comes back.

pub mod account;
pub mod app;
pub mod empty;
pub mod entity;
pub mod instance;
pub mod list;
pub mod marker;
pub mod notification;
pub mod post;
pub mod preference;
pub mod relation;
pub mod search;
pub mod timeline;

use axum::Json;
use axum::extract::{FromRequestParts, RawPathParams};
use http::HeaderMap;
use http::request::Parts;
use kw_app::context::Context;
use kw_app::failure::Failure;
use kw_app::settings::Settings;
use kw_app::view::{AccountView, Item, Page};
use kw_app::viewer::Viewer;

use crate::actor::Caller;
use crate::edge::Web;
use crate::error::Problem;
use crate::paging::{self, Newer, Place};
use crate::params::From64;
use entity::{Account, Ready, Writer};

/// One thing, or why not.
pub type Answer<T> = Result<Json<T>, Problem>;
/// A page of a list with links to its neighbours, or why not.
pub type Listed<T> = Result<(HeaderMap, Json<Vec<T>>), Problem>;

/// A page of posts and boosts with links to its neighbours, or why not.
pub type Statuses = Result<(HeaderMap, Ready), Problem>;

/// What every handler of the client API works with: the use cases' context, who calls, and where the call went to.
#[derive(Debug, Clone)]
pub struct Call {
    /// What use cases work with.
    pub cx: Context,
    /// Who calls.
    pub caller: Caller,
    place: Place,
}

impl FromRequestParts<Web> for Call {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Problem> {
        let caller = Caller::from_request_parts(parts, web).await?;
        let place = Place::from_request_parts(parts, web).await?;
        Ok(Self { cx: web.cx.clone(), caller, place })
    }
}

impl Call {
    /// What the operator configured.
    pub fn settings(&self) -> &Settings {
        self.cx.settings()
    }

    /// Through whose eyes the answer is made.
    pub async fn viewer(&self) -> Result<Viewer, Failure> {
        self.caller.viewer(&self.cx).await
    }

    /// Writes entities for whoever calls.
    pub fn writer(&self) -> Writer<'_> {
        Writer::new(self.cx.settings(), self.caller.member())
    }

    /// A page of posts and boosts.
    pub fn statuses(&self, page: &Page<Item>) -> (HeaderMap, Ready) {
        (self.links(page, Newer::MinId), self.writer().ready_statuses(&page.items))
    }

    /// A page of accounts, by the ids of relations.
    pub fn accounts(&self, page: &Page<AccountView>) -> (HeaderMap, Json<Vec<Account>>) {
        (self.links(page, Newer::SinceId), Json(self.writer().accounts(&page.items)))
    }

    /// `Link` to the neighbours of a page.
    pub fn links<T>(&self, page: &Page<T>, newer: Newer) -> HeaderMap {
        paging::links(self.settings(), &self.place, newer, page)
    }
}

/// The id in the path. What is no id names nothing.
#[derive(Debug, Clone, Copy)]
pub struct Id<T>(pub T);

impl<T: From64> FromRequestParts<Web> for Id<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Problem> {
        let Name(text) = Name::from_request_parts(parts, web).await?;
        text.parse().map(|number| Self(T::from_u64(number))).map_err(|_| Problem::missing())
    }
}

/// The one name in the path, decoded.
#[derive(Debug, Clone)]
pub struct Name(pub String);

impl FromRequestParts<Web> for Name {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Problem> {
        let names = RawPathParams::from_request_parts(parts, web).await;
        let names = names.map_err(|_| Problem::unreadable("This address is not valid UTF-8."))?;
        let name = names.iter().next().map(|(_, value)| Self(value.to_owned()));
        name.ok_or_else(Problem::missing)
    }
}
