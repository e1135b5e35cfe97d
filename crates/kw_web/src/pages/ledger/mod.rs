//! The public ledger for readers: what is newest in it, each entry, and how to check it without us. Programs read the files
//! beside it ([`crate::ledger`]).

pub mod entry;
pub mod show;

use crate::pages::visit::Visit;

/// Where the server is reached, without a slash at the end.
fn origin(visit: &Visit) -> &str {
    visit.settings().origin.as_str().trim_end_matches('/')
}
