//! A row of the table: method, path, who may call it, what it counts against, whether it leaves a trace, and the handler.
//!
//! The handler only runs behind its row's guard, so it cannot forget the scope.

use std::convert::Infallible;

use axum::extract::{DefaultBodyLimit, Request, State};
use axum::handler::Handler;
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, on};
use http::{HeaderMap, HeaderName, HeaderValue, Method, header};
use kw_app::session::Actor;
use kw_domain::scope::Scope;

use crate::actor::{self, Caller};
use crate::desk::{self, AtDesk};
use crate::edge::Web;
use crate::error::Problem;
use crate::frame::Surroundings;
use crate::limit::{Allowance, Class, Subject};
use crate::pages;
use crate::session::{self, Visitor};

/// The most bytes of a body where a row says nothing else.
pub const BODY_BYTES_MAX: usize = 1024 * 1024;
/// The most bytes of a body with pictures.
pub const PICTURES_BYTES_MAX: usize = 20 * 1024 * 1024;

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anyone; a token is not looked at.
    Open,
    /// Anyone, as often as they like: files that browsers keep.
    Free,
    /// Anyone. A token that is sent must be good, and a member's must have one of these scopes.
    Public(&'static [Scope]),
    /// Any good token, of an app or a member, with one of these scopes; none named: whatever its scopes.
    App(&'static [Scope]),
    /// A member's token with one of these scopes.
    Member(&'static [Scope]),
    /// A browser. The handler asks for a `Visitor` or a `Member` of [`session`](crate::session).
    Browser,
    /// A browser in which somebody of the staff is signed in; others are led to sign in. The handler asks for
    /// [`AtDesk`](crate::desk::AtDesk).
    Staff,
}

/// Whether a route leaves a trace that staff and owners can read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audit {
    /// It does not.
    None,
    /// It leaves its entries in the ledger, or is refused and leaves none.
    Entry,
}

/// What a row says, without its handler.
#[derive(Debug, Clone)]
pub struct RouteInfo {
    /// The method.
    pub method: Method,
    /// The path, with `{names}`.
    pub path: &'static str,
    /// Who may call it.
    pub access: Access,
    /// Whether it leaves a trace.
    pub audit: Audit,
    /// Since when there is a better way, in seconds since 1970.
    pub deprecated_since_s: Option<u64>,
    pub(crate) class: Option<Class>,
}

/// A row of the table.
#[derive(Debug)]
pub struct Route {
    info: RouteInfo,
    body_bytes_max: usize,
    handler: MethodRouter<Web>,
}

impl Route {
    /// GET `path`. Without [`access`](Self::access) nobody but a member may call it, with no scope that exists.
    pub fn get<H: Handler<T, Web>, T: 'static>(path: &'static str, handler: H) -> Self {
        Self::of(Method::GET, path, on(axum::routing::MethodFilter::GET, handler))
    }

    /// POST `path`.
    pub fn post<H: Handler<T, Web>, T: 'static>(path: &'static str, handler: H) -> Self {
        Self::of(Method::POST, path, on(axum::routing::MethodFilter::POST, handler))
    }

    /// PUT `path`.
    pub fn put<H: Handler<T, Web>, T: 'static>(path: &'static str, handler: H) -> Self {
        Self::of(Method::PUT, path, on(axum::routing::MethodFilter::PUT, handler))
    }

    /// PATCH `path`.
    pub fn patch<H: Handler<T, Web>, T: 'static>(path: &'static str, handler: H) -> Self {
        Self::of(Method::PATCH, path, on(axum::routing::MethodFilter::PATCH, handler))
    }

    /// DELETE `path`.
    pub fn delete<H: Handler<T, Web>, T: 'static>(path: &'static str, handler: H) -> Self {
        Self::of(Method::DELETE, path, on(axum::routing::MethodFilter::DELETE, handler))
    }

    fn of(method: Method, path: &'static str, handler: MethodRouter<Web>) -> Self {
        let (access, audit) = (Access::Member(&[]), Audit::None);
        let info = RouteInfo { method, path, access, audit, deprecated_since_s: None, class: None };
        Self { info, body_bytes_max: BODY_BYTES_MAX, handler }
    }

    /// The same for those whom `access` names.
    #[must_use]
    pub fn access(mut self, access: Access) -> Self {
        self.info.access = access;
        self
    }

    /// The same for members whose token has this scope.
    #[must_use]
    pub fn scope(self, scopes: &'static [Scope]) -> Self {
        self.access(Access::Member(scopes))
    }

    /// The same for browsers.
    #[must_use]
    pub fn browser(self) -> Self {
        self.access(Access::Browser)
    }

    /// The same for staff.
    #[must_use]
    pub fn staff(self) -> Self {
        self.access(Access::Staff)
    }

    /// The same, and it leaves exactly one entry.
    #[must_use]
    pub fn audited(mut self) -> Self {
        self.info.audit = Audit::Entry;
        self
    }

    /// The same, also counted against `class`.
    #[must_use]
    pub fn class(mut self, class: Class) -> Self {
        self.info.class = Some(class);
        self
    }

    /// The same, and every answer says since when there is a better way (RFC 9745), in seconds since 1970.
    #[must_use]
    pub fn deprecated(mut self, since_s: u64) -> Self {
        self.info.deprecated_since_s = Some(since_s);
        self
    }

    /// The same with room for pictures in the body.
    #[must_use]
    pub fn pictures(mut self) -> Self {
        self.body_bytes_max = PICTURES_BYTES_MAX;
        self
    }

    /// What the row says.
    pub fn info(&self) -> &RouteInfo {
        &self.info
    }

    /// The path, and the handler behind its guard.
    pub(crate) fn guarded(self, web: &Web) -> (&'static str, MethodRouter<Web>) {
        let guard = Guard { web: web.clone(), info: self.info.clone() };
        let handler = self
            .handler
            .layer::<_, Infallible>(middleware::from_fn_with_state(guard, enter))
            .layer(DefaultBodyLimit::max(self.body_bytes_max));
        (self.info.path, handler)
    }
}

/// What stands before a handler.
#[derive(Debug, Clone)]
struct Guard {
    web: Web,
    info: RouteInfo,
}

/// Finds out who calls, counts the call, asks for the scope or the form, and lets it through.
async fn enter(State(guard): State<Guard>, request: Request, next: Next) -> Response {
    if matches!(guard.info.access, Access::Browser | Access::Staff) {
        return guard.enter_browser(request, next).await;
    }
    let place = actor::place_of(&guard.web, &request);
    let found = guard.find_caller(request.headers()).await;
    let caller = found.as_ref().unwrap_or(&Caller::VISITOR);
    let allowance = guard.charge(&guard.charges(caller, place, &request));
    let admitted = found.and_then(|caller| guard.admit(caller, allowance));
    let mut response = match admitted {
        Ok(caller) => {
            let mut request = request;
            request.extensions_mut().insert(caller);
            next.run(request).await
        }
        Err(problem) => problem.into_response(),
    };
    if let Some(allowance) = allowance {
        allowance.write(response.headers_mut());
    }
    if let Some(since_s) = guard.info.deprecated_since_s {
        let since = HeaderValue::from_str(&format!("@{since_s}"));
        response.headers_mut().extend(since.map(|since| (HeaderName::from_static("deprecation"), since)));
    }
    if guard.info.access != Access::Free {
        // What one may see changes from one moment to the next, and with who looks.
        let kept = HeaderValue::from_static("private, no-store");
        response.headers_mut().entry(header::CACHE_CONTROL).or_insert(kept);
    }
    response
}

/// Answers a call that no row is for. It counts like any other, or guessing would be free.
pub(crate) fn refuse_stranger(web: &Web, request: &Request, problem: Problem) -> Response {
    let now = web.cx.now();
    let allowance = web.limits.charge(&[(Class::Visitor, actor::place_of(web, request))], now);
    let spent = allowance.filter(|allowance| allowance.is_spent);
    let problem = spent.map_or(problem, |spent| Problem::too_often(spent.wait_s(now)));
    let mut response = problem.into_response();
    if let Some(allowance) = allowance {
        allowance.write(response.headers_mut());
    }
    response
}

impl Guard {
    /// The way of browsers: a cookie in place of a token, and forms that were ours.
    async fn enter_browser(&self, request: Request, next: Next) -> Response {
        let place = actor::place_of(&self.web, &request);
        let mut charges = vec![(Class::Page, place)];
        charges.extend(self.info.class.map(|class| (class, place)));
        let spent = self.charge(&charges).filter(|allowance| allowance.is_spent);
        let agent = actor::agent_of(&self.web, request.extensions(), request.headers());
        let visitor = match session::find_visitor(&self.web, request.headers(), agent).await {
            Ok(visitor) => visitor,
            Err(problem) => return problem.into_response(),
        };
        let asked = Asked::of(&request);
        let answered = match spent {
            Some(spent) => Err(Problem::too_often(spent.wait_s(self.web.cx.now()))),
            None => self.run_browser(&visitor, request, next).await,
        };
        let mut response = answered.unwrap_or_else(IntoResponse::into_response);
        if let Some(problem) = response.extensions_mut().remove::<Problem>() {
            response = if asked.wants_page {
                pages::show_problem(&self.web, &visitor, &asked.surroundings, problem).await
            } else {
                pages::tell_problem(&self.web, &asked.surroundings, &problem)
            };
        }
        let keeping = if self.info.access == Access::Staff {
            // The next person at this browser finds nothing of staff's by going back.
            response.headers_mut().remove(header::CACHE_CONTROL);
            "private, no-store"
        } else {
            "private, no-cache"
        };
        response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static(keeping));
        if let Some(cookie) = visitor.new_cookie(self.web.cx.settings()) {
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
        response
    }

    async fn run_browser(&self, visitor: &Visitor, request: Request, next: Next) -> Result<Response, Problem> {
        let is_form = self.info.method != Method::GET;
        let staff = match self.info.access {
            Access::Staff => match desk::find_member(&self.web, request.headers()).await? {
                Some(member) => Some(AtDesk(member)),
                None => return Ok(desk::lead_to_sign_in(request.method(), request.uri())),
            },
            _ => None,
        };
        let mut request = if is_form { session::check_form(&self.web, visitor, request).await? } else { request };
        if let Some(staff) = staff {
            request.extensions_mut().insert(staff);
        }
        request.extensions_mut().insert(visitor.clone());
        Ok(next.run(request).await)
    }

    async fn find_caller(&self, headers: &HeaderMap) -> Result<Caller, Problem> {
        match self.info.access {
            Access::Open | Access::Free | Access::Browser | Access::Staff => Ok(Caller::VISITOR),
            Access::Public(_) | Access::App(_) | Access::Member(_) => actor::authenticate(&self.web, headers).await,
        }
    }

    fn charge(&self, charges: &[(Class, Subject)]) -> Option<Allowance> {
        self.web.limits.charge(charges, self.web.cx.now())
    }

    fn charges(&self, caller: &Caller, place: Subject, request: &Request) -> Vec<(Class, Subject)> {
        if self.info.access == Access::Free {
            return Vec::new();
        }
        let member = caller.member().map(Subject::Member);
        let mut charges = match caller.token_subject() {
            Some(token) => vec![(Class::Token, token)],
            None => vec![(Class::Visitor, place)],
        };
        charges.extend(member.map(|member| (Class::Member, member)));
        let who = member.unwrap_or(place);
        charges.extend(self.info.class.map(|class| match class {
            // A new token for each sign-up must not make a difference.
            Class::SignUp => (class, place),
            class => (class, who),
        }));
        let query = request.uri().query().unwrap_or_default();
        if ["max_id=", "min_id=", "since_id=", "offset="].iter().any(|name| query.contains(name)) {
            charges.push((Class::Paging, who));
        }
        charges
    }

    fn admit(&self, caller: Caller, allowance: Option<Allowance>) -> Result<Caller, Problem> {
        if let Some(spent) = allowance.filter(|allowance| allowance.is_spent) {
            return Err(Problem::too_often(spent.wait_s(self.web.cx.now())));
        }
        match self.info.access {
            Access::Public(scopes) if caller.member().is_some() => caller.check(scopes)?,
            Access::Open | Access::Free | Access::Browser | Access::Staff | Access::Public(_) => {}
            Access::App(_) if matches!(caller.actor(), Actor::Visitor) => {
                return Err(Problem::bad_token("The access token is invalid"));
            }
            Access::App(scopes) => caller.check(scopes)?,
            Access::Member(scopes) => {
                caller.actor().member()?;
                caller.check(scopes)?;
            }
        }
        Ok(caller)
    }
}

/// What a browser asked for, kept for a page about what went wrong.
struct Asked {
    wants_page: bool,
    surroundings: Surroundings,
}

impl Asked {
    fn of(request: &Request) -> Self {
        let accept = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
        // Buttons are also sent by a script, which wants JSON.
        let wants_page = !accept.is_some_and(|accept| accept.starts_with("application/json"));
        Self { wants_page, surroundings: Surroundings::of(request.headers(), request.uri()) }
    }
}
