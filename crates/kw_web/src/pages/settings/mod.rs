//! Settings: what others see, how somebody reads and signs in, who is in, and leaving.

pub mod account;
pub mod apps;
pub mod browser;
pub mod invitations;
pub mod leave;
pub mod passkeys;
pub mod password;
pub mod profile;
pub mod recovery;
pub mod security;
pub mod sessions;
pub mod standing;
pub mod totp;

use super::answer::{Answer, go};
use super::visit::Member;

/// `/settings` itself leads to the first of them.
pub async fn show(_: Member) -> Answer {
    Ok(go("/settings/profile"))
}
