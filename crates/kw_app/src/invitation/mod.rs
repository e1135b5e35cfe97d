//! Invitations: codes with which others may sign up where that needs one.

mod create;
mod list;
pub(crate) mod redeem;
mod revoke;

pub(crate) use create::hash_of;
pub use create::{Inviter, NewInvitation, create};
pub use list::{InvitationView, list};
pub use revoke::revoke;
