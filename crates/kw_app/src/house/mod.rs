//! The server itself: what it is, written once at its first start.

mod found;

pub use found::{Founding, find_origin, found};

/// The rows of `secret`: what each key holds. A number is never used again for something else.
pub mod fact {
    /// The origin, as text.
    pub const ORIGIN: u8 = 1;
    /// The key of the fingerprints under which e-mail addresses are found.
    pub const EMAIL_KEY: u8 = 2;
}
