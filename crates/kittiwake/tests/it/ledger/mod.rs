//! Attacks on what is stored, by somebody who has the files and no colleague's passkey: each is really tried, on the real
//! databases, and the real binary is asked what it thinks of it.

mod door;
mod history;
mod place;
mod storage;
