//! Credentials: what somebody proves with that an account is theirs: a password, one-time codes, recovery codes,
//! passkeys. And the e-mail address, which is kept beside them.

pub mod factors;
pub mod passkey;
pub(crate) mod password;
pub(crate) mod stored;
pub mod totp;

pub use factors::{Factors, list_factors};
