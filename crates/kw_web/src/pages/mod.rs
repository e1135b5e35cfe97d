//! The pages: server-rendered, for browsers.

mod failure;

pub use failure::show_problem;

use crate::route::Route;

/// The rows of the table for pages.
pub fn routes() -> Vec<Route> {
    Vec::new()
}
