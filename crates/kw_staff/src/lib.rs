//! Kittiwake's staff.
