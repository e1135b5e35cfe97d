//! The pages of staff. What they may do is decided elsewhere; what a page does not offer is not offered by the rules.

mod account;
mod accounts;
mod action;
mod enrol;
mod found;
mod ledger;
mod policy;
mod queue;
mod refused;
mod roster;
mod sign_in;

pub use account::{Draft, Offer, PastAct, StaffAccount, Who};
pub use accounts::StaffAccounts;
pub use action::{Readers, Rule, StaffAction};
pub use enrol::{EnrolStep, StaffEnrol};
pub use found::{Founder, StaffFound, StaffFounded};
pub use ledger::{DeskSession, EntryRow, Opened, StaffLedger};
pub use policy::StaffPolicy;
pub use queue::{QueueRow, StaffQueue, Turn};
pub use refused::{Instead, StaffRefused};
pub use roster::{PersonRow, PersonStatus, StaffKey, StaffRoster};
pub use sign_in::StaffSignIn;
