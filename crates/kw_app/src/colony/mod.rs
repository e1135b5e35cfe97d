//! Made-up members by the million, who follow one another or one account: for plays and for measuring, where reach has to be
//! real.
//!
//! Each is an account with a handle and a place in the list of members, each follow stands on both sides, and every row is
//! the one that the use cases write, so that counts, pages and `doctor` find what they find of people. They are loaded into a
//! directory of their own while no server runs on it. Nobody has a password as one of them. Deliberately absent: notifications,
//! words to be found by, and any way in for a server that is no play: a member's follow never comes from a command line.

mod graph;
mod load;
mod plan;
mod sign_in;
mod words;

#[cfg(test)]
mod tests;

pub use load::{Part, count_followers, prepare, runs};
pub use plan::{A_DAY, Colony, Shape};
pub use sign_in::sign_in;
