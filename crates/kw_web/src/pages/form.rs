//! What a browser sent with a form. That it was a form of ours, the guard of the route has made sure of
//! ([`crate::session`]).

use std::ops::Deref;

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Response};

use super::back::{own_path, own_path_or};
use super::visit::{Member, Visit};
use crate::edge::Web;
use crate::error::Problem;
use crate::params::Params;

/// A form, and who sent it: anybody ([`Visit`]) or somebody who is signed in ([`Member`]).
#[derive(Debug)]
pub struct Form<By> {
    /// Who sent it.
    pub by: By,
    /// What it says.
    pub params: Params,
}

/// A form of a member's.
pub type MemberForm = Form<Member>;
/// A form of anybody's.
pub type VisitForm = Form<Visit>;

impl<By> FromRequest<Web> for Form<By>
where
    By: FromRequestParts<Web> + AsMut<Visit> + Send,
{
    type Rejection = Response;

    async fn from_request(request: Request, web: &Web) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let by = By::from_request_parts(&mut parts, web).await;
        let mut by = by.map_err(IntoResponse::into_response)?;
        let params = Params::from_request(Request::from_parts(parts, body), web).await;
        let params = params.map_err(IntoResponse::into_response)?;
        // When the form is shown again, it still leads back to where it was filled in.
        if let Some(back) = params.text("back").ok().flatten().and_then(own_path) {
            by.as_mut().set_path(back);
        }
        Ok(Self { by, params })
    }
}

impl<By> Form<By> {
    /// Where to go afterwards: `back` when it is a path of ours.
    pub fn back_or<'a>(&'a self, otherwise: &'a str) -> &'a str {
        own_path_or(self.params.text("back").ok().flatten(), otherwise)
    }

    /// What was typed at `name`, as it is; empty when nothing was.
    pub fn typed(&self, name: &'static str) -> Result<&str, Problem> {
        Ok(self.params.text(name)?.unwrap_or_default())
    }
}

impl<By> Deref for Form<By> {
    type Target = By;

    fn deref(&self) -> &By {
        &self.by
    }
}
