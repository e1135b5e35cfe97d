//! A passkey's signature, and the one place that verifies it: in the server, in `ledger verify`, in a guard.
//!
//! WebAuthn (Level 3, section 7.2) with our own challenge: the hash of the statement. Whether the key had not ended, and what
//! its person may do, is for the fold and the policy to say. Counters are kept by the caller, who knows the last one.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use kw_ledger::jcs::Value;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};

use crate::authenticator_data::{AUTHENTICATOR_DATA_BYTES_MAX, AuthenticatorData, CREDENTIAL_BYTES_MAX};
use crate::client_data::{self, CLIENT_DATA_BYTES_MAX, Expected};
use crate::fields::{Fields, bytes_value, malformed};
use crate::key::StaffKey;
use crate::person::KeyId;
use crate::refusal::Refusal;
use crate::statement::Statement;
use crate::statement_codec::challenge;

/// The longest signature, in bytes: an RSA key of 4096 bits makes 512.
pub const SIGNATURE_BYTES_MAX: usize = 512;
/// The longest answer of a browser that is read, in bytes.
pub const ANSWER_BYTES_MAX: usize = 16 * 1024;

/// What a passkey answered, as raw bytes: kept for ever, so that anybody can verify it again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assertion {
    /// What the authenticator says.
    pub authenticator_data: Vec<u8>,
    /// What the browser says: JSON.
    pub client_data: Vec<u8>,
    /// The signature over `authenticator_data ‖ SHA-256(client_data)`.
    pub signature: Vec<u8>,
}

/// A statement with a signature, not verified yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The exact bytes.
    pub statement: Vec<u8>,
    /// What was made over them.
    pub assertion: Assertion,
}

/// The site for which passkeys are made and answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RelyingParty {
    /// Its id: a host name, such as `example.org`.
    pub id: String,
    /// Its origin, such as `https://staff.example.org`.
    pub origin: String,
}

/// A statement whose signature was verified. Only [`check`] makes one, so holding one is the proof.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    statement: Statement,
    signed: Signed,
    answer: Answer,
}

/// What a verified answer says of the key that made it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Answer {
    /// Which key.
    pub key: KeyId,
    /// How often it signed; 0 where its authenticator does not count. See [`check_counter`].
    pub counter: u32,
    /// Whether it may have copies on other devices.
    pub is_backup_eligible: bool,
    /// Whether it has some.
    pub is_backed_up: bool,
}

impl Checked {
    /// What was signed.
    pub const fn statement(&self) -> &Statement {
        &self.statement
    }

    /// Its exact bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.signed.statement
    }

    /// The statement's bytes and the assertion over them.
    pub const fn signed(&self) -> &Signed {
        &self.signed
    }

    /// What the passkey answered.
    pub const fn assertion(&self) -> &Assertion {
        &self.signed.assertion
    }

    /// Which key signed: the statement's signer.
    pub const fn key(&self) -> KeyId {
        self.answer.key
    }

    /// How often it signed; 0 where its authenticator does not count. See [`check_counter`].
    pub const fn counter(&self) -> u32 {
        self.answer.counter
    }

    /// What the answer says of the key.
    pub const fn answer(&self) -> Answer {
        self.answer
    }

    /// As if `statement` had been signed: for tests of rules, which have too many cases to sign each.
    #[cfg(test)]
    pub(crate) fn unchecked(statement: Statement) -> Self {
        Self::rehearsed(statement, 0)
    }

    /// As if `statement` had been signed by a key that then had signed so often. Nothing made with it leaves this crate.
    pub(crate) fn rehearsed(statement: Statement, counter: u32) -> Self {
        let assertion = Assertion { authenticator_data: Vec::new(), client_data: Vec::new(), signature: Vec::new() };
        let signed = Signed { statement: statement.to_bytes(), assertion };
        let answer = Answer { key: statement.signer, counter, is_backup_eligible: false, is_backed_up: false };
        Self { statement, signed, answer }
    }
}

/// Verifies that `key` signed this statement at `party`, its person present and verified.
pub fn check(signed: Signed, key: &StaffKey, party: &RelyingParty) -> Result<Checked, Refusal> {
    let statement = Statement::parse(&signed.statement)?;
    if statement.signer != key.id {
        return Err(Refusal::new(
            "wrong_signer",
            "This statement was written for another passkey. Load the page again and sign with the passkey that it names.",
        ));
    }
    let answer = check_answer(&challenge(&signed.statement), &signed.assertion, key, party)?;
    Ok(Checked { statement, signed, answer })
}

/// Verifies that `key` answered a sign-in's `challenge` at `party`, its person present and verified.
///
/// The challenge is the server's: 32 random bytes, used once. A host that lies could ask with a statement's hash instead; it
/// could as well show a false page, and neither is what a signature can prevent.
pub fn check_sign_in(
    challenge: &[u8; 32],
    assertion: &Assertion,
    key: &StaffKey,
    party: &RelyingParty,
) -> Result<Answer, Refusal> {
    check_answer(challenge, assertion, key, party)
}

/// Refuses a counter that did not grow since the `last` answer of its key: there may be a copy of it. The caller alerts.
///
/// Authenticators that do not count say 0 for ever (WebAuthn, section 6.1.1).
pub fn check_counter(last: u32, now: u32) -> Result<(), Refusal> {
    match now > last || (last == 0 && now == 0) {
        true => Ok(()),
        false => Err(Refusal::new(
            "counter",
            "Your passkey's counter did not grow, so there may be a copy of it. Tell security, and use another passkey.",
        )),
    }
}

fn check_answer(
    challenge: &[u8],
    assertion: &Assertion,
    key: &StaffKey,
    party: &RelyingParty,
) -> Result<Answer, Refusal> {
    if assertion.signature.len() > SIGNATURE_BYTES_MAX {
        return Err(malformed("signature", "it is too long"));
    }
    let expected = Expected { kind: client_data::GET, challenge, origin: &party.origin };
    client_data::check(&assertion.client_data, &expected)?;
    let data = AuthenticatorData::parse(&assertion.authenticator_data)?;
    data.check(&party.id)?;
    if data.attested.is_some() {
        return Err(malformed("signature", "it brings a new key"));
    }
    if data.is_backup_eligible() != key.backup_eligible {
        return Err(Refusal::new(
            "backup_eligible",
            "Your passkey was enrolled as one that stays on its device, or as one that does not, and now says the opposite. \
             Tell security, and enrol another passkey.",
        ));
    }
    let message = [&assertion.authenticator_data[..], &Sha256::digest(&assertion.client_data)].concat();
    key.public()?.verify(&message, &assertion.signature)?;
    Ok(Answer {
        key: key.id,
        counter: data.counter,
        is_backup_eligible: data.is_backup_eligible(),
        is_backed_up: data.is_backed_up(),
    })
}

/// What our forms carry: bytes in base64url without padding.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Form<'a> {
    id: &'a str,
    #[serde(rename = "authenticatorData")]
    authenticator_data: &'a str,
    #[serde(rename = "clientDataJSON")]
    client_data: &'a str,
    signature: &'a str,
}

impl Assertion {
    /// Reads what a form carries: `{id, authenticatorData, clientDataJSON, signature}` in base64url without padding. With it
    /// the key that is said to have answered.
    pub fn from_json(text: &str) -> Result<(KeyId, Self), Refusal> {
        let wrong = || malformed("signature", "the page sent something else");
        if text.len() > ANSWER_BYTES_MAX {
            return Err(wrong());
        }
        let form: Form<'_> = serde_json::from_str(text).map_err(|_| wrong())?;
        let credential = read_bytes(form.id, CREDENTIAL_BYTES_MAX).filter(|id| !id.is_empty()).ok_or_else(wrong)?;
        let assertion = Self {
            authenticator_data: read_bytes(form.authenticator_data, AUTHENTICATOR_DATA_BYTES_MAX).ok_or_else(wrong)?,
            client_data: read_bytes(form.client_data, CLIENT_DATA_BYTES_MAX).ok_or_else(wrong)?,
            signature: read_bytes(form.signature, SIGNATURE_BYTES_MAX).ok_or_else(wrong)?,
        };
        Ok((KeyId::of_credential(&credential), assertion))
    }

    /// What a form carries when the key with this credential id answered.
    pub fn to_json(&self, credential: &[u8]) -> String {
        serde_json::json!({
            "id": BASE64_URL_SAFE_NO_PAD.encode(credential),
            "authenticatorData": BASE64_URL_SAFE_NO_PAD.encode(&self.authenticator_data),
            "clientDataJSON": BASE64_URL_SAFE_NO_PAD.encode(&self.client_data),
            "signature": BASE64_URL_SAFE_NO_PAD.encode(&self.signature),
        })
        .to_string()
    }

    /// Its form in the ledger.
    pub fn to_value(&self) -> Value {
        Value::map([
            ("authenticator_data", bytes_value(&self.authenticator_data)),
            ("client_data", bytes_value(&self.client_data)),
            ("signature", bytes_value(&self.signature)),
        ])
    }

    /// Reads that form.
    pub fn from_value(value: &Value) -> Result<Self, Refusal> {
        let mut fields = Fields::open("signature", value)?;
        let assertion = Self {
            authenticator_data: fields.bytes("authenticator_data", AUTHENTICATOR_DATA_BYTES_MAX)?,
            client_data: fields.bytes("client_data", CLIENT_DATA_BYTES_MAX)?,
            signature: fields.bytes("signature", SIGNATURE_BYTES_MAX)?,
        };
        fields.end()?;
        Ok(assertion)
    }
}

/// Bytes of a form, if there are not too many.
pub(crate) fn read_bytes(text: &str, bytes_max: usize) -> Option<Vec<u8>> {
    BASE64_URL_SAFE_NO_PAD.decode(text).ok().filter(|bytes| bytes.len() <= bytes_max)
}

#[cfg(test)]
mod tests;
