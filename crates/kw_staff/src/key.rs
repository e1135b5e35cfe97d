//! A passkey of a member of staff, as the ledger keeps it. It belongs to one person for ever.
//!
//! When it was enrolled, by whom, and whether it has ended is not here: that is what entries about it say.

use kw_ledger::jcs::Value;

use crate::authenticator_data::CREDENTIAL_BYTES_MAX;
use crate::cose::{COSE_BYTES_MAX, CoseKey};
use crate::fields::{Fields, bytes_value, malformed};
use crate::hex;
use crate::person::{KeyId, PersonId};
use crate::refusal::Refusal;

/// A passkey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffKey {
    /// SHA-256 of `credential`.
    pub id: KeyId,
    /// Whose it is.
    pub person: PersonId,
    /// The id by which its authenticator knows it; 1 to 1023 bytes.
    pub credential: Vec<u8>,
    /// The public key, as its authenticator gave it: a COSE key.
    pub cose: Vec<u8>,
    /// Whether it may have copies on other devices. One that may not is device-bound.
    pub backup_eligible: bool,
    /// Which model its authenticator says it is; zeros when it does not say. Not proven.
    pub aaguid: [u8; 16],
}

const WHAT: &str = "key";

impl StaffKey {
    /// Its form in the ledger.
    pub fn to_value(&self) -> Value {
        Value::map([
            ("aaguid", Value::Text(hex::encode(&self.aaguid))),
            ("backup_eligible", Value::text(if self.backup_eligible { "yes" } else { "no" })),
            ("cose", bytes_value(&self.cose)),
            ("credential", bytes_value(&self.credential)),
            ("id", Value::text(self.id.to_string())),
            ("person", Value::text(self.person.to_string())),
        ])
    }

    /// Reads that form; refused when the id is not the credential's, or the public key none that we check.
    pub fn from_value(value: &Value) -> Result<Self, Refusal> {
        let mut fields = Fields::open(WHAT, value)?;
        let key = Self {
            id: fields.read("id", KeyId::parse)?,
            person: fields.read("person", PersonId::parse)?,
            credential: fields.bytes("credential", CREDENTIAL_BYTES_MAX)?,
            cose: fields.bytes("cose", COSE_BYTES_MAX)?,
            backup_eligible: fields.read("backup_eligible", yes_or_no)?,
            aaguid: fields.hex("aaguid")?,
        };
        fields.end()?;
        key.public()?;
        Ok(key)
    }

    /// The public key; refused when this is not the key that its id says.
    pub fn public(&self) -> Result<CoseKey, Refusal> {
        if self.credential.is_empty() || self.id != KeyId::of_credential(&self.credential) {
            return Err(malformed(WHAT, "its id is not that of its credential"));
        }
        CoseKey::parse(&self.cose)
    }
}

fn yes_or_no(text: &str) -> Option<bool> {
    match text {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn a_key_is_read_back_and_nothing_else_is() {
        let key = sample::passkey(1).1;
        assert_eq!(StaffKey::from_value(&key.to_value()), Ok(key.clone()));

        let other = KeyId([7; 32]).to_string();
        let cases = [
            ("id", Some(Value::text(other))),
            ("id", Some(Value::text(key.id.to_string().to_uppercase()))),
            ("person", Some(Value::text("01"))),
            ("person", Some(Value::text("0"))),
            ("credential", Some(Value::text(""))),
            ("credential", Some(Value::text("AAA="))),
            ("cose", Some(Value::text("AAA"))),
            ("backup_eligible", Some(Value::text("true"))),
            ("aaguid", Some(Value::text("00"))),
            ("aaguid", Some(Value::List(Vec::new()))),
            ("name", Some(Value::text("Ada's phone"))),
            ("cose", None),
            ("person", None),
        ];
        for (name, value) in cases {
            let mut fields = key.to_value().as_map().expect("it is an object").clone();
            match value.clone() {
                Some(value) => fields.insert(name.to_owned(), value),
                None => fields.remove(name),
            };
            assert!(StaffKey::from_value(&Value::Map(fields)).is_err(), "{name}: {value:?}");
        }
        assert!(StaffKey::from_value(&Value::text("key")).is_err());
    }

    #[test]
    fn ids_of_keys_and_people_have_one_spelling() {
        let id = KeyId::of_credential(b"credential");
        assert_eq!(KeyId::parse(&id.to_string()), Some(id));
        assert_eq!(KeyId::parse(&id.to_string().to_uppercase()), None);
        assert_eq!(PersonId::parse("4294967295"), Some(PersonId(u32::MAX)));
        for wrong in ["", "0", "01", "+1", "4294967296", "one"] {
            assert_eq!(PersonId::parse(wrong), None, "{wrong}");
        }
    }
}
