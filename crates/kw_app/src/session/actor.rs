//! Who asks: what authentication yields, and the only place where an owner's seat comes from.

use kw_domain::id::{AccountId, AppId, SessionId};
use kw_domain::refusal::{Kind, Refusal};
use kw_domain::scope::{Scope, Scopes};

use crate::authority::Authority;

/// Who asks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// Nobody who said who they are.
    Visitor,
    /// A client application by itself, without anybody's account.
    App(AppActor),
    /// A member.
    Member(Member),
    /// A member who deactivated their account and signed in on our pages: they may come back, and nothing else.
    Dormant(Dormant),
    /// A member whose account staff made unavailable, on our pages: they may read why, and nothing else.
    Hidden(Hidden),
}

/// A client application by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppActor {
    /// Which one.
    pub app: AppId,
    /// What its token may.
    pub scopes: Scopes,
}

/// A member, by a session of theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Whose account.
    pub account: AccountId,
    /// By which session.
    pub session: SessionId,
    /// Through which client; none on our own pages.
    pub app: Option<AppId>,
    /// What this session may.
    pub scopes: Scopes,
    authority: Authority,
}

/// A member whose account is deactivated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dormant {
    /// Whose account.
    pub account: AccountId,
    /// By which session.
    pub session: SessionId,
    authority: Authority,
}

/// A member whose account staff made unavailable.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hidden {
    /// Whose account.
    pub account: AccountId,
    /// By which session.
    pub session: SessionId,
}

impl Member {
    pub(super) const fn new(account: AccountId, session: SessionId, app: Option<AppId>, scopes: Scopes) -> Self {
        Self { account, session, app, scopes, authority: Authority::seat(account) }
    }

    /// The owner's seat.
    pub const fn authority(&self) -> &Authority {
        &self.authority
    }
}

impl Dormant {
    pub(super) const fn new(account: AccountId, session: SessionId) -> Self {
        Self { account, session, authority: Authority::seat(account) }
    }

    pub(crate) const fn authority(&self) -> &Authority {
        &self.authority
    }
}

impl Hidden {
    pub(super) const fn new(account: AccountId, session: SessionId) -> Self {
        Self { account, session }
    }
}

impl Actor {
    /// Whose account it is, whatever they may do with it now; none for a visitor or an application.
    pub const fn owner_id(&self) -> Option<AccountId> {
        match self {
            Self::Member(member) => Some(member.account),
            Self::Dormant(dormant) => Some(dormant.account),
            Self::Hidden(hidden) => Some(hidden.account),
            Self::Visitor | Self::App(_) => None,
        }
    }

    /// Through whose eyes pages are made; none for a visitor or an application.
    pub const fn viewer_id(&self) -> Option<AccountId> {
        match self {
            Self::Member(member) => Some(member.account),
            Self::Visitor | Self::App(_) | Self::Dormant(_) | Self::Hidden(_) => None,
        }
    }

    /// The client application, if it is one that asks.
    pub const fn app(&self) -> Option<AppId> {
        match self {
            Self::App(app) => Some(app.app),
            Self::Member(member) => member.app,
            Self::Visitor | Self::Dormant(_) | Self::Hidden(_) => None,
        }
    }

    /// The member, or why there is none: 401 for a visitor, 422 for an application.
    pub fn member(&self) -> Result<&Member, Refusal> {
        let sentence = "This method requires an authenticated user";
        match self {
            Self::Member(member) => Ok(member),
            Self::App(_) => Err(Refusal::new(Kind::Invalid, "user_required", sentence)),
            Self::Visitor => Err(Refusal::new(Kind::Unauthenticated, "user_required", sentence)),
            Self::Dormant(_) | Self::Hidden(_) => Err(login_disabled()),
        }
    }

    /// Whether one of `scopes` is held. A visitor holds none and is asked to sign in; with an empty list anyone may.
    pub fn check_scope(&self, any_of: &[Scope]) -> Result<(), Refusal> {
        let held = match self {
            _ if any_of.is_empty() => return Ok(()),
            Self::Visitor | Self::Dormant(_) | Self::Hidden(_) => return self.member().map(|_| ()),
            Self::App(app) => &app.scopes,
            Self::Member(member) => &member.scopes,
        };
        if any_of.iter().any(|scope| held.includes(*scope)) {
            return Ok(());
        }
        Err(Refusal::new(Kind::Forbidden, "outside_scopes", "This action is outside the authorized scopes"))
    }
}

/// Somebody who cannot use their account now.
pub(crate) fn login_disabled() -> Refusal {
    Refusal::new(Kind::Forbidden, "login_disabled", "Your login is currently disabled")
}
