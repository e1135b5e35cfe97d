//! Made-up members by the million, all of whom follow one account: for a play, where reach has to be real.
//!
//! Each is an account with a handle and a place in the list of members, and each follow stands on both sides, so that counts,
//! pages and `doctor` find what they find of people. Nobody can sign in as one of them. Deliberately absent: notifications,
//! words to be found by, and any way in for a server that is no play.

mod grow;
mod plan;

#[cfg(test)]
mod tests;

pub use grow::{count, grow};
pub use plan::{A_DAY, Crowd};
