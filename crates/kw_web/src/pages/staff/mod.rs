//! The pages of staff: the doors by which people come in, and the rooms behind them.
//!
//! Whoever founds, makes a passkey or signs in comes through a door that is open to every browser; everything else stands
//! behind the guard of [`Access::Staff`](crate::route::Access::Staff). A handler asks for a [`visit::StaffVisit`] or a
//! [`visit::StaffForm`], fills in a view with [`visit::StaffVisit::desk`] around it, and shows it. People in the plain shapes
//! of the pages come from [`people`], everything else about actions from [`words`] and [`card`]; whatever is proposed is shown
//! by [`proposal`] first. Deliberately absent: what anybody may do. That the rules say when they are asked.

pub mod account;
pub mod action;
pub mod card;
pub mod enrol;
pub mod founding;
pub mod ledger;
pub mod people;
pub mod policy;
pub mod proposal;
pub mod queue;
pub mod roster;
pub mod session;
pub mod sign_in;
pub mod visit;
pub mod words;

use crate::route::Route;

/// The rows of the table for staff's pages.
pub fn routes() -> Vec<Route> {
    let rooms = rooms().into_iter().chain(house()).map(Route::staff);
    doors().into_iter().map(Route::browser).chain(rooms).collect()
}

/// Before somebody is signed in.
fn doors() -> Vec<Route> {
    vec![
        Route::get("/staff/sign-in", sign_in::show),
        Route::post("/staff/sign-in", sign_in::submit),
        Route::get("/staff/found", founding::show),
        Route::post("/staff/found", founding::finish),
        Route::post("/staff/found/people", founding::add),
        Route::post("/staff/found/people/{id}/remove", founding::remove),
        Route::get("/staff/enrol/{link}", enrol::show),
        Route::post("/staff/enrol/{link}", enrol::submit),
    ]
}

/// Where actions are proposed, looked at and signed.
fn rooms() -> Vec<Route> {
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
}

/// Who is on staff, and who is signed in.
fn house() -> Vec<Route> {
    vec![
        Route::get("/staff/roster", roster::show),
        Route::post("/staff/roster/add", roster::add),
        Route::post("/staff/roster/{id}/change", roster::change),
        Route::post("/staff/roster/{id}/end", roster::end),
        Route::post("/staff/roster/{id}/invite", roster::invite),
        Route::post("/staff/roster/{id}/keys/{key}/enrol", roster::enrol_key),
        Route::post("/staff/roster/{id}/keys/{key}/end", roster::end_key),
        Route::get("/staff/sessions", session::show),
        Route::post("/staff/sessions/{id}/revoke", session::revoke),
        Route::post("/staff/sign-out", session::sign_out),
    ]
}
