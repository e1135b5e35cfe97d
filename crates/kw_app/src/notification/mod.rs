//! What an account is told: written beside the rows that cause it, checked again when it is read.

mod write;

pub(crate) use write::{Notice, id_of, unwrite, write};
