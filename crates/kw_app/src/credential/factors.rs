//! What somebody has besides a password.

use kw_domain::id::AccountId;
use kw_domain::time::Millis;

use crate::context::Context;
use crate::credential::stored::{self, Found, Passkey, Recovery, Totp};
use crate::failure::Failure;

/// The second factors of an account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Factors {
    /// Since when one-time codes are in use.
    pub totp: Option<Millis>,
    /// Passkeys, oldest first.
    pub passkeys: Vec<PasskeyView>,
    /// Recovery codes that were not used yet.
    pub recovery_left: usize,
}

/// A passkey, as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PasskeyView {
    /// Which one, among its owner's.
    pub number: u64,
    /// What its owner calls it.
    pub name: String,
    /// When it was enrolled.
    pub created_at: Millis,
    /// When it was last used.
    pub used_at: Option<Millis>,
}

impl Factors {
    /// Whether a password alone is not enough. Recovery codes by themselves ask for nothing.
    pub fn is_any(&self) -> bool {
        self.totp.is_some() || !self.passkeys.is_empty()
    }
}

/// The second factors of an account.
pub async fn list_factors(cx: &Context, account: AccountId) -> Result<Factors, Failure> {
    let totp: Option<Found<Totp>> = stored::find(cx, account).await?;
    let recovery: Option<Found<Recovery>> = stored::find(cx, account).await?;
    let passkeys: Vec<Found<Passkey>> = stored::list(cx, account).await?;
    let view = |row: Found<Passkey>| PasskeyView {
        number: row.key.1,
        name: row.value.name,
        created_at: Millis(row.value.created_at),
        used_at: row.value.used_at.map(Millis),
    };
    Ok(Factors {
        totp: totp.and_then(|row| row.value.confirmed_at).map(Millis),
        passkeys: passkeys.into_iter().map(view).collect(),
        recovery_left: recovery.map_or(0, |row| row.value.hashes.len()),
    })
}
