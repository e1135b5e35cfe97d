//! The credentials of an account as they are stored.

use kw_domain::id::AccountId;
use kw_domain::time::Millis;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::code::{pack, unpack};
use crate::context::Context;
use crate::failure::Failure;
use crate::families::CREDENTIAL;
use crate::family::Stored;
use crate::rows::{CredentialKind, CredentialRow, Hash};
use crate::secret::totp::Step;

/// Credentials of one kind are numbered; most kinds have one.
pub const ONLY: u64 = 0;
/// Passkeys of one account.
pub const PASSKEYS_MAX: usize = 10;

/// A stored credential with its row.
pub type Found<T> = Stored<(CredentialKind, u64), T>;

/// What is stored under one kind.
pub trait Credential: Serialize + DeserializeOwned {
    /// Which kind.
    const KIND: CredentialKind;

    /// Its row.
    fn row(&self) -> CredentialRow {
        CredentialRow { bytes: pack(self) }
    }

    /// Its key, where there is one of its kind.
    fn key() -> (CredentialKind, u64) {
        (Self::KIND, ONLY)
    }
}

macro_rules! credentials {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Serialize, Deserialize)]
        pub struct $name { $($(#[$field_doc])* pub $field: $type),* }

        impl Credential for $name {
            const KIND: CredentialKind = CredentialKind::$name;
        }
    )*};
}

credentials! {
    /// A password.
    Password {
        /// In the PHC string format.
        hash: String,
        /// When it was chosen, in milliseconds since 1970.
        since: u64,
    }

    /// An e-mail address.
    Email {
        /// Folded.
        address: String,
        /// When it was confirmed, in milliseconds since 1970; at once where no letters can be sent.
        confirmed_at: Option<u64>,
    }

    /// A key for one-time codes.
    Totp {
        /// The key.
        key: Vec<u8>,
        /// When the first code was right; before that it does not count.
        confirmed_at: Option<u64>,
        /// The step of the last code that was accepted.
        last_used: Option<Step>,
    }

    /// Recovery codes that were not used yet.
    Recovery {
        /// Their hashes.
        hashes: Vec<Hash>,
    }

    /// A passkey.
    Passkey {
        /// What its owner calls it.
        name: String,
        /// When it was enrolled, in milliseconds since 1970.
        created_at: u64,
        /// When it was last used.
        used_at: Option<u64>,
        /// The library's own form, as JSON.
        json: Vec<u8>,
    }
}

/// The credential of `account` of which there is one.
pub async fn find<T: Credential>(cx: &Context, account: AccountId) -> Result<Option<Found<T>>, Failure> {
    let found = cx.find(&CREDENTIAL, &account, &T::key()).await?;
    found.map(decode).transpose()
}

/// All credentials of one kind.
pub async fn list<T: Credential>(cx: &Context, account: AccountId) -> Result<Vec<Found<T>>, Failure> {
    let rows = cx.list_all(&CREDENTIAL, &account, 64).await?;
    rows.into_iter().filter(|row| row.key.0 == T::KIND).map(decode).collect()
}

fn decode<T: Credential>(row: Stored<(CredentialKind, u64), CredentialRow>) -> Result<Found<T>, Failure> {
    let Stored { key, value: CredentialRow { bytes }, stamp, expires_ms } = row;
    Ok(Stored { key, value: unpack(CREDENTIAL.family.name, &bytes)?, stamp, expires_ms })
}

impl Password {
    /// A password chosen now.
    pub fn chosen(hash: String, now: Millis) -> Self {
        Self { hash, since: now.0 }
    }
}
