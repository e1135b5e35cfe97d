//! The pages: server-rendered, for browsers. Everything reads and posts without a script.
//!
//! A handler asks for a [`visit`]: a `Visit` of anybody or a `Member`, for whom the guard of the route has found out who
//! they are; or for a [`form`], which the guard let through because it was ours. It calls one use case, fills the view in
//! ([`view`]) and shows it ([`answer`]). What goes wrong comes back as a `Problem`, and becomes a page on the way out
//! ([`dress`]); what is wrong with a form stands beside its field ([`words`]). After a form the browser is led on with
//! 303, to paths of ours only ([`back`]).
//!
//! Deliberately absent: rules, rows, HTML, words in any language.

pub mod about;
pub mod absent;
pub mod account;
pub mod answer;
pub mod asset;
pub mod back;
pub mod dress;
pub mod form;
pub mod home;
pub mod landing;
pub mod language;
pub mod ledger;
pub mod letter;
pub mod list;
pub mod local;
pub mod marked;
pub mod notification;
pub mod post;
pub mod robots;
pub mod rules;
pub mod search;
pub mod session;
pub mod settings;
pub mod sign_up;
pub mod staff;
pub mod tag;
pub mod view;
pub mod visit;
pub mod words;

#[cfg(test)]
mod tests;

pub use dress::{show_problem, tell_problem};

use crate::limit::Class;
use crate::route::{Access, Route};

/// The rows of the table for pages.
pub fn routes() -> Vec<Route> {
    let mut rows = reading();
    rows.extend(reacting());
    rows.extend(coming_and_going());
    rows.extend(setting());
    rows.into_iter().map(Route::browser).chain(staff::routes()).chain(files()).collect()
}

/// Pages that are read.
fn reading() -> Vec<Route> {
    vec![
        Route::get("/", landing::show),
        Route::get("/about", about::show),
        Route::get("/local", local::show),
        Route::get("/tags/{name}", tag::show),
        Route::get("/search", search::show),
        Route::get("/@{handle}", account::show::show),
        Route::get("/@{handle}/with_replies", account::show::show_with_replies),
        Route::get("/@{handle}/about", account::about::show),
        Route::get("/@{handle}/followers", account::people::show_followers),
        Route::get("/@{handle}/following", account::people::show_following),
        Route::get("/@{handle}/record", account::record::show),
        Route::get("/@{handle}/{id}", post::show::show),
        Route::get("/@{handle}/{id}/history", post::history::show),
        Route::get("/@{handle}/{id}/favourites", post::people::show_favourites),
        Route::get("/@{handle}/{id}/boosts", post::people::show_boosts),
        Route::get("/ledger", ledger::show::show),
        Route::get("/ledger/entry/{index}", ledger::entry::show),
        Route::get("/rules", rules::show),
        Route::get("/home", home::show),
        Route::get("/home/new", home::count_new),
        Route::get("/notifications", notification::show::show),
        Route::get("/follow-requests", account::requests::show),
        Route::get("/bookmarks", marked::show_bookmarks),
        Route::get("/favourites", marked::show_favourites),
    ]
}

/// Writing, and what is done with posts and accounts.
fn reacting() -> Vec<Route> {
    vec![
        Route::get("/compose", post::compose::show),
        Route::post("/posts", post::create::submit).class(Class::Post),
        Route::get("/@{handle}/{id}/edit", post::edit::show),
        Route::post("/@{handle}/{id}/edit", post::edit::submit),
        Route::get("/@{handle}/{id}/delete", post::delete::show),
        Route::post("/@{handle}/{id}/delete", post::delete::submit).class(Class::Delete),
        Route::post("/posts/{id}/favourite", post::react::favourite),
        Route::post("/posts/{id}/unfavourite", post::react::unfavourite),
        Route::post("/posts/{id}/boost", post::react::boost).class(Class::Post),
        Route::post("/posts/{id}/unboost", post::react::unboost).class(Class::Delete),
        Route::post("/posts/{id}/bookmark", post::react::bookmark),
        Route::post("/posts/{id}/unbookmark", post::react::unbookmark),
        Route::post("/posts/{id}/pin", post::react::pin),
        Route::post("/posts/{id}/unpin", post::react::unpin),
        Route::post("/posts/{id}/mute", post::react::mute),
        Route::post("/posts/{id}/unmute", post::react::unmute),
        Route::post("/accounts/{id}/follow", account::relate::follow).class(Class::Follow),
        Route::post("/accounts/{id}/unfollow", account::relate::unfollow),
        Route::post("/accounts/{id}/block", account::relate::block),
        Route::post("/accounts/{id}/unblock", account::relate::unblock),
        Route::post("/accounts/{id}/mute", account::relate::mute),
        Route::post("/accounts/{id}/unmute", account::relate::unmute),
        Route::post("/accounts/{id}/remove-follower", account::relate::remove_follower),
        Route::post("/accounts/{id}/note", account::relate::note),
        Route::post("/follow-requests/{id}/authorize", account::relate::authorize),
        Route::post("/follow-requests/{id}/reject", account::relate::reject),
        Route::post("/notifications/clear", notification::clear::submit),
    ]
}

/// Joining, signing in and out, and the language.
fn coming_and_going() -> Vec<Route> {
    vec![
        Route::get("/sign-up", sign_up::show),
        Route::post("/sign-up", sign_up::submit).class(Class::SignUp),
        Route::get("/sign-in", session::sign_in::show),
        Route::post("/sign-in", session::sign_in::submit),
        Route::get("/sign-in/second-factor", session::second_factor::show),
        Route::post("/sign-in/second-factor", session::second_factor::submit),
        Route::post("/sign-out", session::sign_out::submit),
        Route::get("/confirm/{code}", letter::show_confirm),
        Route::post("/confirm/{code}", letter::submit_confirm),
        Route::get("/forgotten", letter::show_forgotten),
        // A letter costs what a sign-up costs.
        Route::post("/forgotten", letter::submit_forgotten).class(Class::SignUp),
        Route::get("/reset/{code}", letter::show_reset),
        Route::post("/reset/{code}", letter::submit_reset),
        Route::post("/language", language::switch),
    ]
}

/// Settings.
fn setting() -> Vec<Route> {
    vec![
        Route::get("/settings", settings::show),
        Route::get("/settings/profile", settings::profile::show),
        Route::post("/settings/profile", settings::profile::submit).pictures(),
        Route::get("/settings/account", settings::account::show),
        Route::post("/settings/account", settings::account::submit),
        Route::post("/settings/password", settings::password::submit),
        Route::get("/settings/security", settings::security::show),
        Route::get("/settings/security/totp", settings::totp::show),
        Route::post("/settings/security/totp", settings::totp::submit),
        Route::post("/settings/security/totp/begin", settings::totp::begin),
        Route::post("/settings/security/totp/disable", settings::totp::disable),
        Route::post("/settings/security/recovery-codes", settings::recovery::renew),
        Route::post("/settings/security/passkeys/options", settings::passkeys::begin),
        Route::post("/settings/security/passkeys", settings::passkeys::finish),
        Route::post("/settings/security/passkeys/{id}/remove", settings::passkeys::remove),
        Route::get("/settings/sessions", settings::sessions::show),
        Route::post("/settings/sessions/{id}/revoke", settings::sessions::end),
        Route::get("/settings/apps", settings::apps::show),
        Route::post("/settings/apps/{id}/revoke", settings::apps::end),
        Route::get("/settings/invitations", settings::invitations::show),
        Route::post("/settings/invitations", settings::invitations::submit),
        Route::get("/settings/standing", settings::standing::show),
        Route::get("/settings/standing/{entry}", settings::standing::show_one),
        Route::get("/disputes/strikes/{entry}", settings::standing::lead),
        Route::get("/settings/deactivate", settings::leave::show),
        Route::post("/settings/deactivate", settings::leave::submit),
        Route::get("/settings/reactivate", settings::leave::show_return),
        Route::post("/settings/reactivate", settings::leave::submit_return),
    ]
}

/// What is the same for everybody. It counts against no limit: a page asks for a dozen of them.
fn files() -> Vec<Route> {
    vec![
        Route::get("/assets/{name}", asset::show).access(Access::Free),
        Route::get("/favicon.ico", asset::show_icon).access(Access::Free),
        Route::get("/robots.txt", robots::show).access(Access::Free),
    ]
}
