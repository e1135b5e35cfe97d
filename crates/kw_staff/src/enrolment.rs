//! A passkey being enrolled: what `navigator.credentials.create` returned, read as WebAuthn (Level 3, section 7.1) asks for.
//!
//! The attestation statement is neither verified nor trusted, whatever its format: it would tell which factory made the key,
//! and we have no list of factories that would be worth more than people. People vouch for a key: whoever enrols it signs so,
//! and other signers look at it and approve. What it says of itself (its model) is kept as said.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ciborium::Value;
use serde::Deserialize;

use crate::assertion::{ANSWER_BYTES_MAX, RelyingParty, read_bytes};
use crate::authenticator_data::{AuthenticatorData, CREDENTIAL_BYTES_MAX};
use crate::client_data::{self, CLIENT_DATA_BYTES_MAX, Expected};
use crate::cose::{CoseKey, read_any_cbor};
use crate::key::StaffKey;
use crate::person::{KeyId, PersonId};
use crate::refusal::Refusal;

/// The longest attestation object, in bytes. Some authenticators add a chain of certificates, although we ask for none.
pub const ATTESTATION_BYTES_MAX: usize = 8 * 1024;

/// What the browser returned, not checked yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment {
    /// The id of the new key.
    pub credential: Vec<u8>,
    /// What the browser says: JSON.
    pub client_data: Vec<u8>,
    /// What the authenticator says: CBOR `{fmt, attStmt, authData}`.
    pub attestation_object: Vec<u8>,
}

/// A new key that was read, and is nobody's yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolled {
    /// The id by which its authenticator knows it.
    pub credential: Vec<u8>,
    /// Its public key.
    pub public: CoseKey,
    /// Whether it may have copies on other devices.
    pub backup_eligible: bool,
    /// Which model its authenticator says it is; zeros when it does not say. Not proven.
    pub aaguid: [u8; 16],
    /// How often it signed so far.
    pub counter: u32,
}

impl Enrolled {
    /// The key as `person`'s.
    pub fn into_key(self, person: PersonId) -> StaffKey {
        StaffKey {
            id: KeyId::of_credential(&self.credential),
            person,
            credential: self.credential,
            cose: self.public.bytes().to_vec(),
            backup_eligible: self.backup_eligible,
            aaguid: self.aaguid,
        }
    }
}

/// What our forms carry: bytes in base64url without padding.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form<'a> {
    id: &'a str,
    #[serde(rename = "clientDataJSON")]
    client_data: &'a str,
    #[serde(rename = "attestationObject")]
    attestation_object: &'a str,
}

impl Enrolment {
    /// Reads what a form carries: `{id, clientDataJSON, attestationObject}` in base64url without padding.
    pub fn from_json(text: &str) -> Result<Self, Refusal> {
        let wrong = || malformed("the page sent something else");
        if text.len() > ANSWER_BYTES_MAX {
            return Err(wrong());
        }
        let form: Form<'_> = serde_json::from_str(text).map_err(|_| wrong())?;
        Ok(Self {
            credential: read_bytes(form.id, CREDENTIAL_BYTES_MAX).ok_or_else(wrong)?,
            client_data: read_bytes(form.client_data, CLIENT_DATA_BYTES_MAX).ok_or_else(wrong)?,
            attestation_object: read_bytes(form.attestation_object, ATTESTATION_BYTES_MAX).ok_or_else(wrong)?,
        })
    }

    /// What a form carries.
    pub fn to_json(&self) -> String {
        serde_json::json!({
            "id": BASE64_URL_SAFE_NO_PAD.encode(&self.credential),
            "clientDataJSON": BASE64_URL_SAFE_NO_PAD.encode(&self.client_data),
            "attestationObject": BASE64_URL_SAFE_NO_PAD.encode(&self.attestation_object),
        })
        .to_string()
    }

    /// Reads the key; refused unless it was made for `challenge` (32 random bytes of the server, used once) at `party`, its
    /// person present and verified.
    pub fn check(&self, challenge: &[u8; 32], party: &RelyingParty) -> Result<Enrolled, Refusal> {
        let expected = Expected { kind: client_data::CREATE, challenge, origin: &party.origin };
        client_data::check(&self.client_data, &expected)?;
        let data = AuthenticatorData::parse(&self.authenticator_data()?)?;
        data.check(&party.id)?;
        let (counter, backup_eligible) = (data.counter, data.is_backup_eligible());
        let attested = data.attested.ok_or_else(|| malformed("it has no key"))?;
        if attested.credential != self.credential {
            return Err(malformed("browser and authenticator name different keys"));
        }
        Ok(Enrolled {
            credential: attested.credential,
            public: attested.key,
            backup_eligible,
            aaguid: attested.aaguid,
            counter,
        })
    }

    /// The authenticator data in the attestation object, which is `{fmt, attStmt, authData}` and nothing else.
    fn authenticator_data(&self) -> Result<Vec<u8>, Refusal> {
        if self.attestation_object.len() > ATTESTATION_BYTES_MAX {
            return Err(malformed("it is too long"));
        }
        // Nothing signs this wrapper and we do not keep it, so its encoding is the browser's own.
        let mut rest = &self.attestation_object[..];
        let value = read_any_cbor(&mut rest).filter(|_| rest.is_empty());
        let fields = value.as_ref().and_then(Value::as_map).filter(|fields| fields.len() == 3);
        let fields = fields.ok_or_else(|| malformed("it is no attestation object"))?;
        let find = |name: &str| fields.iter().find(|(key, _)| key.as_text() == Some(name)).map(|(_, value)| value);
        let format = find("fmt").filter(|format| format.is_text());
        let statement = find("attStmt").filter(|statement| statement.is_map());
        match (format, statement, find("authData").and_then(Value::as_bytes)) {
            (Some(_), Some(_), Some(data)) => Ok(data.clone()),
            _ => Err(malformed("a part of the attestation object is missing")),
        }
    }
}

fn malformed(why: &str) -> Refusal {
    Refusal::new(
        "enrolment",
        format!(
            "This passkey cannot be enrolled: {why}. Load the page again, and try once more or with another passkey."
        ),
    )
}

#[cfg(test)]
mod tests;
