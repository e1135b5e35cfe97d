//! What an authenticator says of itself and of the person before it: WebAuthn (Level 3, section 6.1), byte for byte.
//!
//! It only reads and checks. Whose key it is and what was signed are `assertion`'s and `enrolment`'s to say.

use sha2::{Digest as _, Sha256};

use crate::cose::{COSE_BYTES_MAX, CoseKey, read_cbor, write_cbor};
use crate::refusal::Refusal;

/// The longest credential id, in bytes (WebAuthn, section 4).
pub const CREDENTIAL_BYTES_MAX: usize = 1023;
/// The longest authenticator data, in bytes: with a new key and room for extensions.
pub const AUTHENTICATOR_DATA_BYTES_MAX: usize = 4096;

pub(crate) const USER_PRESENT: u8 = 1;
pub(crate) const USER_VERIFIED: u8 = 1 << 2;
pub(crate) const BACKUP_ELIGIBLE: u8 = 1 << 3;
pub(crate) const BACKED_UP: u8 = 1 << 4;
pub(crate) const ATTESTED: u8 = 1 << 6;
pub(crate) const EXTENDED: u8 = 1 << 7;

/// Authenticator data that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AuthenticatorData {
    pub(crate) relying_party: [u8; 32],
    pub(crate) flags: u8,
    /// How often the key signed; 0 where the authenticator does not count.
    pub(crate) counter: u32,
    /// The key that was made; only when one was.
    pub(crate) attested: Option<Attested>,
}

/// A key that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attested {
    pub(crate) aaguid: [u8; 16],
    pub(crate) credential: Vec<u8>,
    pub(crate) key: CoseKey,
}

impl AuthenticatorData {
    /// Reads it; refused when something is missing or left over.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Self, Refusal> {
        if bytes.len() > AUTHENTICATOR_DATA_BYTES_MAX {
            return Err(malformed("it is too long"));
        }
        let mut rest = bytes;
        let relying_party = take(&mut rest)?;
        let [flags] = take(&mut rest)?;
        let counter = u32::from_be_bytes(take(&mut rest)?);
        let attested = if flags & ATTESTED == 0 { None } else { Some(Attested::take(&mut rest)?) };
        if flags & EXTENDED != 0 && read_cbor(&mut rest).is_none_or(|extensions| !extensions.is_map()) {
            return Err(malformed("its extensions are broken"));
        }
        if !rest.is_empty() {
            return Err(malformed("something follows it"));
        }
        Ok(Self { relying_party, flags, counter, attested })
    }

    /// Refused unless it is for the relying party `id`, somebody was there, and the authenticator made sure who.
    pub(crate) fn check(&self, id: &str) -> Result<(), Refusal> {
        if self.relying_party != <[u8; 32]>::from(Sha256::digest(id)) {
            return Err(Refusal::new(
                "wrong_relying_party",
                format!("This passkey answered for another site than {id}. Open the page on {id} and try again."),
            ));
        }
        if self.flags & USER_PRESENT == 0 {
            return Err(Refusal::new("user_absent", "Your passkey says that nobody was there. Touch it when it asks."));
        }
        if self.flags & USER_VERIFIED == 0 {
            return Err(Refusal::new(
                "user_unverified",
                "Your passkey did not make sure that it was you. Set a PIN, a fingerprint or your face on it, and try again.",
            ));
        }
        if self.flags & BACKED_UP != 0 && self.flags & BACKUP_ELIGIBLE == 0 {
            return Err(malformed("it says that a key which stays on its device has a copy"));
        }
        Ok(())
    }

    /// Whether the key may have copies on other devices.
    pub(crate) const fn is_backup_eligible(&self) -> bool {
        self.flags & BACKUP_ELIGIBLE != 0
    }

    /// Whether it has some.
    pub(crate) const fn is_backed_up(&self) -> bool {
        self.flags & BACKED_UP != 0
    }

    /// As an authenticator writes it.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.relying_party.to_vec();
        bytes.push(self.flags);
        bytes.extend(self.counter.to_be_bytes());
        if let Some(attested) = &self.attested {
            bytes.extend(attested.aaguid);
            bytes.extend((attested.credential.len() as u16).to_be_bytes());
            bytes.extend(&attested.credential);
            bytes.extend(attested.key.bytes());
        }
        bytes
    }
}

impl Attested {
    fn take(rest: &mut &[u8]) -> Result<Self, Refusal> {
        let aaguid = take(rest)?;
        let length = usize::from(u16::from_be_bytes(take(rest)?));
        if !(1..=CREDENTIAL_BYTES_MAX).contains(&length) {
            return Err(malformed("the passkey's id has no bytes, or too many"));
        }
        let (credential, after) = rest.split_at_checked(length).ok_or_else(truncated)?;
        *rest = after;
        // The key is read once to find its end, and once for what it says.
        let bounded = &rest[..rest.len().min(COSE_BYTES_MAX)];
        let mut after = bounded;
        let value = read_cbor(&mut after).ok_or_else(|| malformed("its public key is broken"))?;
        *rest = &rest[bounded.len() - after.len()..];
        Ok(Self { aaguid, credential: credential.to_vec(), key: CoseKey::parse(&write_cbor(&value))? })
    }
}

fn take<const N: usize>(rest: &mut &[u8]) -> Result<[u8; N], Refusal> {
    let (taken, after) = rest.split_first_chunk::<N>().ok_or_else(truncated)?;
    *rest = after;
    Ok(*taken)
}

fn truncated() -> Refusal {
    malformed("it ends too early")
}

fn malformed(why: &str) -> Refusal {
    Refusal::new(
        "authenticator_data",
        format!("What your passkey answered cannot be read: {why}. Try again, or use another passkey."),
    )
}
