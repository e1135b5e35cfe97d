//! OAuth 2: client applications, and how members let them in.
//!
//! Clients are confidential. Tokens do not expire; codes work once, within ten minutes. Refusals carry OAuth's own word
//! for the error as their `code` (`invalid_grant`), fit for the `error` of an answer.

mod app;
mod authorise;
mod issue;
mod revoke;

pub use app::{App, NewApp, Registered, find_app, find_client, register_app};
pub use authorise::{Ask, Asked, Consent, grant, look};
pub use issue::{TokenAsk, issue};
pub use revoke::revoke;

use kw_domain::refusal::{Kind, Refusal};

/// OAuth's words for what can be wrong, each with a sentence.
fn refusal(code: &'static str, sentence: impl Into<String>) -> Refusal {
    let kind = if code == "invalid_client" { Kind::Unauthenticated } else { Kind::Invalid };
    Refusal::new(kind, code, sentence)
}
