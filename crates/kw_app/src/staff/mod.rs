//! Staff: who they are to this server, what they see, and how a step of theirs is prepared, signed and taken.
//!
//! Powers come from the ledger alone ([`crate::ledger`]); what is here looks up, prepares and hands in. Deliberately absent:
//! any other way to a power. The command line, configuration and import have none.

pub mod account;
pub mod action;
pub mod attempt;
pub mod card;
pub mod details;
pub mod draft;
pub mod enrol;
pub mod found;
pub mod house;
pub mod matters;
pub mod moves;
pub mod offers;
pub mod protection;
pub mod queue;
pub mod reasons;
pub mod record;
pub mod rename;
pub mod roster;
pub mod rows;
pub mod rules;
pub mod session;
pub mod submit;
pub(crate) mod tell_owner;
pub mod understudy;
