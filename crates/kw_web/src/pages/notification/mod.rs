//! `/notifications`: what happened around the member.

pub mod clear;
pub mod show;
