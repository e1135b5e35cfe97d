//! The pages of staff: the doors by which people come in, and the rooms behind them.
//!
//! Whoever founds, makes a passkey or signs in comes through a door that is open to every browser; everything else stands
//! behind the guard of [`Access::Staff`](crate::route::Access::Staff). A handler asks for a [`visit::StaffVisit`] or a
//! [`visit::StaffForm`], fills in a view with [`visit::StaffVisit::desk`] around it, and shows it. People in the plain shapes
//! of the pages come from [`people`]. Deliberately absent: what anybody may do. That the rules say when they are asked.

pub mod enrol;
pub mod founding;
pub mod people;
pub mod roster;
pub mod session;
pub mod sign_in;
pub mod visit;

use crate::route::Route;

/// The rows of the table for staff's pages.
pub fn routes() -> Vec<Route> {
    doors().into_iter().map(Route::browser).chain(rooms().into_iter().map(Route::staff)).collect()
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

/// Behind the door.
fn rooms() -> Vec<Route> {
    vec![
        Route::post("/staff/sign-out", session::sign_out),
        Route::get("/staff/sessions", session::show),
        Route::post("/staff/sessions/{id}/revoke", session::revoke),
        Route::get("/staff/roster", roster::show),
        Route::post("/staff/roster/{id}/invite", roster::invite),
    ]
}
