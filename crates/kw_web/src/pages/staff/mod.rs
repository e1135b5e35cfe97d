//! The rooms of staff: the queue, accounts, actions, the roster, the policy, the ledger.
//!
//! The guard of a route of [`Access::Staff`](crate::route::Access::Staff) lets in whoever a passkey of the ledger signed in.
//! That gives no power: what is decided is signed step by step, and judged where it is appended.

pub mod account;
pub mod action;
pub mod card;
pub mod clerk;
pub mod ledger;
pub mod policy;
pub mod proposal;
pub mod queue;
pub mod words;

use kw_app::context::Context;
use kw_app::ledger::watch;
use kw_app::staff::queue::count_unsigned;
use kw_app::staff::roster;
use kw_app::staff::session::StaffMember;
use kw_html::part::desk::Desk;
use kw_html::part::staff::Mode;

use crate::route::Route;

/// The rows of the table.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/staff", queue::show),
        Route::get("/staff/accounts", account::search),
        Route::get("/staff/accounts/{id}", account::show),
        Route::post("/staff/accounts/{id}/propose", account::propose),
        Route::get("/staff/actions/{id}", action::show),
        Route::post("/staff/actions/{id}/{step}", action::step).audited(),
        Route::get("/staff/policy", policy::show),
        Route::post("/staff/policy/propose", policy::propose),
        Route::get("/staff/ledger", ledger::show),
    ]
    .into_iter()
    .map(Route::staff)
    .collect()
}

/// What surrounds every page of staff's.
pub fn frame(cx: &Context, member: &StaffMember) -> Desk {
    Desk {
        me: words::colleague(cx, member.person),
        minutes_left: member.until.0.saturating_sub(cx.now().0) / 60_000,
        waiting: count_unsigned(cx, member) as u64,
        mode: roster::mode(cx).map_or(Mode::Team, words::mode),
        guards: watch::watchers(cx),
    }
}
