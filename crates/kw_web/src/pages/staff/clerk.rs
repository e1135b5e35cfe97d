//! A visit of somebody of the staff: who they are, and what surrounds their pages.

use std::ops::Deref;

use axum::extract::FromRequestParts;
use http::request::Parts;
use kw_app::staff::session::StaffMember;
use kw_html::part::desk::Desk;

use super::frame;
use crate::desk::AtDesk;
use crate::edge::Web;
use crate::error::Problem;
use crate::pages::form::Form;
use crate::pages::visit::Visit;

/// Somebody of the staff who opens a page or sends a form.
#[derive(Debug, Clone)]
pub struct Clerk {
    visit: Visit,
    member: StaffMember,
}

/// A form of somebody's of the staff.
pub type ClerkForm = Form<Clerk>;

impl Clerk {
    /// Who.
    pub const fn member(&self) -> &StaffMember {
        &self.member
    }

    /// What surrounds the page.
    pub fn desk(&self) -> Desk {
        frame(self.cx(), &self.member)
    }
}

impl FromRequestParts<Web> for Clerk {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Problem> {
        let AtDesk(member) = AtDesk::from_request_parts(parts, web).await?;
        Ok(Self { visit: Visit::from_request_parts(parts, web).await?, member })
    }
}

impl Deref for Clerk {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl AsMut<Visit> for Clerk {
    fn as_mut(&mut self) -> &mut Visit {
        &mut self.visit
    }
}
