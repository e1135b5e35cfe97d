//! Sessions: signing in, who somebody is by their token, what they have open, signing out.

mod actor;
mod authenticate;
mod expire;
pub(crate) mod identify;
mod keys;
mod list;
pub(crate) mod open;
pub(crate) mod revoke;
pub(crate) mod second_factor;
mod sign_in;
pub(crate) mod throttle;

pub use actor::{Actor, AppActor, Dormant, Hidden, Member};
pub use authenticate::authenticate;
pub use expire::remove_expired;
pub use keys::Keys;
pub use list::{SessionView, list};
pub use open::{Agent, Issued};
pub use revoke::{revoke, sign_out};
pub use second_factor::{Proof, begin_passkey, finish_sign_in, list_challenge_factors};
pub use sign_in::{Challenge, SignIn, SignInForm, sign_in};
