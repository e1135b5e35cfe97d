//! Secrets: passwords, tokens, one-time codes, and the forms in which they may be stored.
//!
//! Pure. Chance comes in as random bytes ([`Context::random_bytes`](crate::context::Context::random_bytes)), time as a
//! moment. What is stored never gives the secret back, but for the key of one-time codes, which must. Nothing here
//! counts attempts: the caller slows guessing down.

pub mod email;
pub mod password;
pub mod recovery;
pub mod token;
pub mod totp;
