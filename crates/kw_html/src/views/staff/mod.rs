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
mod sessions;
mod sign_in;
mod unfounded;

pub use account::{Draft, Offer, PastAct, PastAttempt, StaffAccount, Who};
pub use accounts::StaffAccounts;
pub use action::{Readers, Rule, StaffAction};
pub use enrol::{EnrolStep, StaffEnrol};
pub use found::{Founder, NextFounder, StaffFound, StaffFounded};
pub use ledger::{EntryRow, Opened, StaffLedger};
pub use policy::StaffPolicy;
pub use queue::{QueueRow, StaffQueue, Turn};
pub use refused::{Instead, StaffRefused};
pub use roster::{Invited, NextPerson, PersonRow, PersonStatus, StaffKey, StaffRoster, WaitingKey};
pub use sessions::{StaffSessionRow, StaffSessions};
pub use sign_in::StaffSignIn;
pub use unfounded::StaffUnfounded;
