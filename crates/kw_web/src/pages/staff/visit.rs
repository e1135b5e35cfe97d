//! One request of somebody who is signed in as staff, and what surrounds their pages.

use std::ops::Deref;

use axum::extract::FromRequestParts;
use http::request::Parts;
use kw_app::ledger::watch;
use kw_app::staff::session::StaffMember;
use kw_app::staff::{queue, roster};
use kw_domain::time::Millis;
use kw_html::part::desk::Desk;
use kw_html::part::staff::Mode;

use super::people;
use crate::desk::AtDesk;
use crate::edge::Web;
use crate::error::Problem;
use crate::pages::form::Form;
use crate::pages::visit::Visit;

/// A visit of somebody whom the guard of the route let in as staff.
#[derive(Debug, Clone)]
pub struct StaffVisit {
    visit: Visit,
    staff: StaffMember,
}

/// A form of somebody's on staff.
pub type StaffForm = Form<StaffVisit>;

impl FromRequestParts<Web> for StaffVisit {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, web: &Web) -> Result<Self, Problem> {
        let AtDesk(staff) = AtDesk::from_request_parts(parts, web).await?;
        Ok(Self { visit: Visit::from_request_parts(parts, web).await?, staff })
    }
}

impl StaffVisit {
    /// Who it is.
    pub const fn staff(&self) -> &StaffMember {
        &self.staff
    }

    /// What surrounds every page of theirs.
    pub async fn desk(&self) -> Result<Desk, Problem> {
        let cx = self.cx();
        let left_ms = self.staff.until.0.saturating_sub(cx.now().0);
        Ok(Desk {
            me: people::member(cx, self.staff.person).await?,
            minutes_left: left_ms.div_ceil(Millis::MINUTE),
            waiting: queue::count_unsigned(cx, &self.staff) as u64,
            mode: roster::mode(cx).and_then(|mode| Mode::from_word(mode.word())).unwrap_or(Mode::Team),
            guards: watch::watchers(cx),
        })
    }
}

impl Deref for StaffVisit {
    type Target = Visit;

    fn deref(&self) -> &Visit {
        &self.visit
    }
}

impl AsMut<Visit> for StaffVisit {
    fn as_mut(&mut self) -> &mut Visit {
        &mut self.visit
    }
}
