//! The demo: an invented bay in which something has been going on. Made with the use cases that people use, on a clock
//! that begins a week ago; nothing in it knows of rows.

mod cast;
mod clock;
mod draw_picture;
mod seed;
mod story;

pub use cast::SIGN_INS;
pub use clock::BackdatedClock;
pub use seed::{Passwords, seed};

/// How long ago the first member joined, in minutes.
pub const BEGINS_MINUTES_AGO: u64 = 9 * 24 * 60;

/// A picture of an account, as a PNG file.
pub fn picture() -> Vec<u8> {
    draw_picture::avatar(&cast::CAST[0])
}
