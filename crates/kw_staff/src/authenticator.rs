//! A passkey in software, for replay and for tests: it makes real keys and real signatures, and verifies nobody.
//!
//! It answers as a browser with an authenticator would, user present and verified each time. Never for people: whoever has
//! its bytes has its signature. Only ES256 and `EdDSA`; RS256 keys are Windows Hello's.

use ciborium::Value;
use ring::rand::SystemRandom;
use ring::signature::{self, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _};
use sha2::{Digest as _, Sha256};

use crate::assertion::{Assertion, RelyingParty, Signed};
use crate::authenticator_data::{ATTESTED, Attested, AuthenticatorData, BACKUP_ELIGIBLE, USER_PRESENT, USER_VERIFIED};
use crate::client_data::{self, Expected};
use crate::cose::{Algorithm, CoseKey, write_cbor};
use crate::enrolment::Enrolment;
use crate::person::KeyId;
use crate::statement_codec::challenge;

/// Why a key could not be made.
#[derive(Debug, thiserror::Error)]
#[error("the system gave no random bytes for a key")]
pub struct NoChance;

/// Whether the key may have copies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Backup {
    /// It stays on its device.
    DeviceBound,
    /// It may be copied to other devices of its owner.
    Eligible,
}

/// What the counter does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counting {
    /// 0 for ever, as phones have it.
    Never,
    /// One more with each signature, as security keys have it.
    EachSignature,
}

/// A passkey and its authenticator.
pub struct Authenticator {
    secret: Secret,
    public: CoseKey,
    credential: Vec<u8>,
    backup: Backup,
    counting: Counting,
    counter: u32,
}

enum Secret {
    Es256(EcdsaKeyPair),
    EdDsa(Ed25519KeyPair),
}

impl Authenticator {
    /// An Ed25519 key that `seed` determines, with its credential id: a replay makes the same keys again.
    pub fn from_seed(seed: &[u8; 32], backup: Backup, counting: Counting) -> Self {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).expect("a seed of 32 bytes makes a key");
        Self::new(Secret::EdDsa(pair), backup, counting)
    }

    /// An ES256 key by the system's own chance.
    pub fn generate(random: &SystemRandom, backup: Backup, counting: Counting) -> Result<Self, NoChance> {
        let algorithm = &signature::ECDSA_P256_SHA256_ASN1_SIGNING;
        let document = EcdsaKeyPair::generate_pkcs8(algorithm, random).map_err(|_| NoChance)?;
        let pair = EcdsaKeyPair::from_pkcs8(algorithm, document.as_ref(), random).map_err(|_| NoChance)?;
        Ok(Self::new(Secret::Es256(pair), backup, counting))
    }

    fn new(secret: Secret, backup: Backup, counting: Counting) -> Self {
        let public = secret.public();
        let credential = Sha256::digest(public.bytes()).to_vec();
        Self { secret, public, credential, backup, counting, counter: 0 }
    }

    /// The id by which it knows its key.
    pub fn credential(&self) -> &[u8] {
        &self.credential
    }

    /// Its key's id in the ledger.
    pub fn key(&self) -> KeyId {
        KeyId::of_credential(&self.credential)
    }

    /// What `navigator.credentials.create` returns for this challenge: without attestation.
    pub fn create(&self, challenge: &[u8], party: &RelyingParty) -> Enrolment {
        let attested = Attested { aaguid: [0; 16], credential: self.credential.clone(), key: self.public.clone() };
        let data = AuthenticatorData { attested: Some(attested), ..self.data(party, ATTESTED) };
        let object = Value::Map(vec![
            (Value::from("fmt"), Value::from("none")),
            (Value::from("attStmt"), Value::Map(Vec::new())),
            (Value::from("authData"), Value::Bytes(data.to_bytes())),
        ]);
        let expected = Expected { kind: client_data::CREATE, challenge, origin: &party.origin };
        Enrolment {
            credential: self.credential.clone(),
            client_data: client_data::write(&expected),
            attestation_object: write_cbor(&object),
        }
    }

    /// What `navigator.credentials.get` returns for this challenge.
    pub fn assert(&mut self, challenge: &[u8], party: &RelyingParty) -> Assertion {
        if self.counting == Counting::EachSignature {
            self.counter += 1;
        }
        let expected = Expected { kind: client_data::GET, challenge, origin: &party.origin };
        self.answer(self.data(party, 0).to_bytes(), client_data::write(&expected))
    }

    /// This statement, signed.
    pub fn sign(&mut self, statement: Vec<u8>, party: &RelyingParty) -> Signed {
        let assertion = self.assert(&challenge(&statement), party);
        Signed { statement, assertion }
    }

    /// A signature over any data: tests make false ones with it.
    pub(crate) fn answer(&self, authenticator_data: Vec<u8>, client_data: Vec<u8>) -> Assertion {
        let message = [&authenticator_data[..], &Sha256::digest(&client_data)].concat();
        let signature = self.secret.sign(&message);
        Assertion { authenticator_data, client_data, signature }
    }

    fn data(&self, party: &RelyingParty, flags: u8) -> AuthenticatorData {
        let backup = match self.backup {
            Backup::DeviceBound => 0,
            Backup::Eligible => BACKUP_ELIGIBLE,
        };
        AuthenticatorData {
            relying_party: Sha256::digest(&party.id).into(),
            flags: USER_PRESENT | USER_VERIFIED | backup | flags,
            counter: self.counter,
            attested: None,
        }
    }
}

impl Secret {
    fn sign(&self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::EdDsa(pair) => pair.sign(message).as_ref().to_vec(),
            Self::Es256(pair) => {
                let made = pair.sign(&SystemRandom::new(), message);
                made.expect("the system has random bytes, as it had for the key").as_ref().to_vec()
            }
        }
    }

    fn public(&self) -> CoseKey {
        let number = |number: i64| Value::from(number);
        let bytes = |bytes: &[u8]| Value::Bytes(bytes.to_vec());
        let labels = match self {
            Self::EdDsa(pair) => vec![
                (number(1), number(1)),
                (number(3), number(Algorithm::EdDsa.number())),
                (number(-1), number(6)),
                (number(-2), bytes(pair.public_key().as_ref())),
            ],
            Self::Es256(pair) => {
                let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
                vec![
                    (number(1), number(2)),
                    (number(3), number(Algorithm::Es256.number())),
                    (number(-1), number(1)),
                    (number(-2), bytes(x)),
                    (number(-3), bytes(y)),
                ]
            }
        };
        CoseKey::parse(&write_cbor(&Value::Map(labels))).expect("a key that was just written can be read")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::party;

    #[test]
    fn one_seed_makes_one_key_and_another_seed_another() {
        let made = |seed: u8| Authenticator::from_seed(&[seed; 32], Backup::Eligible, Counting::Never);
        assert_eq!(made(1).create(&[0; 32], &party()), made(1).create(&[0; 32], &party()));
        assert_eq!(made(1).assert(&[0; 32], &party()), made(1).assert(&[0; 32], &party()));
        assert_ne!(made(1).key(), made(2).key());
    }

    #[test]
    fn a_counter_counts_or_stays_zero() {
        for (counting, wanted) in [(Counting::EachSignature, [1, 2, 3]), (Counting::Never, [0, 0, 0])] {
            let mut authenticator = Authenticator::from_seed(&[1; 32], Backup::DeviceBound, counting);
            let counts = [(); 3].map(|()| {
                let data = authenticator.assert(&[0; 32], &party()).authenticator_data;
                AuthenticatorData::parse(&data).map(|data| data.counter)
            });
            assert_eq!(counts, wanted.map(Ok));
        }
    }
}
