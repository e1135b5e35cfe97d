//! A colony in a directory of its own: what is known of it between two commands, and how it gets there.
//!
//! For plays and for measuring. A member's follow never comes from a command line on a server that people use: a colony is
//! loaded into a directory that was empty, whose databases nobody has open, and which is kept shut until it is whole.

mod kept;
mod load;

pub use kept::{CELEBRITY, Kept, Wanted};
pub use load::{Loaded, load};
