//! A passkey's public key, as authenticators give it: a COSE key (RFC 9052, RFC 9053, RFC 8230), and what it verifies.
//!
//! Three algorithms, those that passkeys have: ES256, `EdDSA` with Ed25519, and RS256 for Windows Hello. Read strictly: exactly
//! the labels that WebAuthn (Level 3, section 6.5.1.1) asks for, in one encoding. The mathematics is `ring`'s. Whether a
//! point is on its curve shows when a signature is verified: a key that is no key verifies nothing.

use ciborium::Value;
use ring::signature::{self, RsaPublicKeyComponents, UnparsedPublicKey};

use crate::refusal::Refusal;

/// The longest COSE key, in bytes: an RSA key of 4096 bits is about 530.
pub const COSE_BYTES_MAX: usize = 1024;

crate::word::words! {
    /// How a passkey signs.
    Algorithm {
        /// ECDSA on P-256 with SHA-256: COSE's -7. Most passkeys.
        Es256 = "ES256",
        /// Ed25519: COSE's -8.
        EdDsa = "EdDSA",
        /// RSA PKCS #1 v1.5 with SHA-256, 2048 to 4096 bits: COSE's -257. Windows Hello.
        Rs256 = "RS256",
    }
}

impl Algorithm {
    /// Its number in COSE.
    pub const fn number(self) -> i64 {
        match self {
            Self::Es256 => -7,
            Self::EdDsa => -8,
            Self::Rs256 => -257,
        }
    }
}

/// A public key that was read, with the bytes it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CoseKey {
    bytes: Vec<u8>,
    public: Public,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Public {
    /// The point, uncompressed: 4, x, y.
    Es256([u8; 65]),
    EdDsa([u8; 32]),
    /// The modulus; the exponent is 65537.
    Rs256(Vec<u8>),
}

// The labels of RFC 9053 and RFC 8230, and the values that we know.
const KEY_TYPE: i64 = 1;
const ALGORITHM: i64 = 3;
const CURVE: i64 = -1;
const X: i64 = -2;
const Y: i64 = -3;
const MODULUS: i64 = -1;
const EXPONENT: i64 = -2;
const OKP: i64 = 1;
const EC2: i64 = 2;
const RSA: i64 = 3;
const P256: i64 = 1;
const ED25519: i64 = 6;
/// How deep CBOR may be nested.
const CBOR_DEPTH_MAX: usize = 8;
/// 65537, the exponent of every authenticator's RSA key.
const EXPONENT_BYTES: [u8; 3] = [1, 0, 1];

impl CoseKey {
    /// Reads a key; refused unless these bytes are exactly one key.
    pub fn parse(bytes: &[u8]) -> Result<Self, Refusal> {
        if bytes.len() > COSE_BYTES_MAX {
            return Err(malformed("it is too long"));
        }
        let mut rest = bytes;
        let value = read_cbor(&mut rest).ok_or_else(|| malformed("it is not CBOR in its shortest form"))?;
        if !rest.is_empty() {
            return Err(malformed("something follows it"));
        }
        Ok(Self { bytes: bytes.to_vec(), public: Public::from_value(&value)? })
    }

    /// How it signs.
    pub const fn algorithm(&self) -> Algorithm {
        match self.public {
            Public::Es256(_) => Algorithm::Es256,
            Public::EdDsa(_) => Algorithm::EdDsa,
            Public::Rs256(_) => Algorithm::Rs256,
        }
    }

    /// The bytes it was read from.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Refused unless `signature` is this key's over `message`.
    pub fn verify(&self, message: &[u8], signature: &[u8]) -> Result<(), Refusal> {
        let verified = match &self.public {
            Public::Es256(point) => {
                UnparsedPublicKey::new(&signature::ECDSA_P256_SHA256_ASN1, point).verify(message, signature)
            }
            Public::EdDsa(point) => UnparsedPublicKey::new(&signature::ED25519, point).verify(message, signature),
            Public::Rs256(n) => RsaPublicKeyComponents { n: &n[..], e: &EXPONENT_BYTES[..] }.verify(
                &signature::RSA_PKCS1_2048_8192_SHA256,
                message,
                signature,
            ),
        };
        verified.map_err(|_| {
            Refusal::new(
                "wrong_signature",
                "This signature is not your passkey's over these words. Load the page again and sign what it shows.",
            )
        })
    }
}

impl Public {
    fn from_value(value: &Value) -> Result<Self, Refusal> {
        let labels = Labels::open(value)?;
        let algorithm = labels.number(ALGORITHM)?;
        let known = Algorithm::ALL.iter().copied().find(|known| known.number() == algorithm);
        let algorithm = known.ok_or_else(|| {
            Refusal::new(
                "key_algorithm",
                format!(
                    "This passkey signs in a way that we do not check (COSE algorithm {algorithm}). Use one that signs with \
                     ES256, EdDSA or RS256: nearly every phone, computer and security key has one of them."
                ),
            )
        })?;
        match algorithm {
            Algorithm::Es256 => Self::es256(&labels),
            Algorithm::EdDsa => Self::eddsa(&labels),
            Algorithm::Rs256 => Self::rs256(&labels),
        }
    }

    fn es256(labels: &Labels<'_>) -> Result<Self, Refusal> {
        labels.are(5, EC2)?;
        labels.have(CURVE, P256)?;
        let mut point = [4; 65];
        point[1..33].copy_from_slice(&labels.coordinate(X)?);
        point[33..].copy_from_slice(&labels.coordinate(Y)?);
        Ok(Self::Es256(point))
    }

    fn eddsa(labels: &Labels<'_>) -> Result<Self, Refusal> {
        labels.are(4, OKP)?;
        labels.have(CURVE, ED25519)?;
        Ok(Self::EdDsa(labels.coordinate(X)?))
    }

    fn rs256(labels: &Labels<'_>) -> Result<Self, Refusal> {
        labels.are(4, RSA)?;
        if labels.bytes(EXPONENT)? != EXPONENT_BYTES {
            return Err(malformed("its exponent is not 65537"));
        }
        let modulus = labels.bytes(MODULUS)?;
        let bits = modulus.len() * 8 - modulus.first().map_or(0, |first| first.leading_zeros() as usize);
        if modulus.first() == Some(&0) || !(2048..=4096).contains(&bits) {
            return Err(malformed("an RSA key has 2048 to 4096 bits"));
        }
        Ok(Self::Rs256(modulus.to_vec()))
    }
}

/// The labels of a key. As many as its algorithm asks for, and each of those there: so none comes twice.
struct Labels<'a>(Vec<(i64, &'a Value)>);

impl<'a> Labels<'a> {
    fn open(value: &'a Value) -> Result<Self, Refusal> {
        let mut labels = Vec::new();
        for (label, value) in value.as_map().ok_or_else(|| malformed("it is no map"))? {
            let label = integer(label).ok_or_else(|| malformed("a label is no number"))?;
            labels.push((label, value));
        }
        Ok(Self(labels))
    }

    fn find(&self, label: i64) -> Result<&'a Value, Refusal> {
        let found = self.0.iter().find(|(known, _)| *known == label);
        found.map(|(_, value)| *value).ok_or_else(|| malformed("a part of it is missing"))
    }

    fn number(&self, label: i64) -> Result<i64, Refusal> {
        integer(self.find(label)?).ok_or_else(|| malformed("a part of it is no number"))
    }

    fn bytes(&self, label: i64) -> Result<&'a [u8], Refusal> {
        self.find(label)?.as_bytes().map(Vec::as_slice).ok_or_else(|| malformed("a part of it is no bytes"))
    }

    fn coordinate(&self, label: i64) -> Result<[u8; 32], Refusal> {
        self.bytes(label)?.try_into().map_err(|_| malformed("a coordinate has not 32 bytes"))
    }

    fn have(&self, label: i64, wanted: i64) -> Result<(), Refusal> {
        match self.number(label)? == wanted {
            true => Ok(()),
            false => Err(malformed("its kind or curve does not belong to its algorithm")),
        }
    }

    /// Exactly so many labels, of a key of this type.
    fn are(&self, count: usize, key_type: i64) -> Result<(), Refusal> {
        self.have(KEY_TYPE, key_type)?;
        match self.0.len() == count {
            true => Ok(()),
            false => Err(malformed("it has another number of parts than its algorithm asks for")),
        }
    }
}

/// Takes one CBOR item off the front of `rest`; none unless it is whole and in the one encoding that we write ourselves.
pub(crate) fn read_cbor(rest: &mut &[u8]) -> Option<Value> {
    let all = *rest;
    let value = read_any_cbor(rest)?;
    let read = &all[..all.len() - rest.len()];
    (write_cbor(&value) == read).then_some(value)
}

/// Takes one CBOR item off the front of `rest`, in whichever encoding it is; none unless it is whole.
pub(crate) fn read_any_cbor(rest: &mut &[u8]) -> Option<Value> {
    ciborium::de::from_reader_with_recursion_limit(rest, CBOR_DEPTH_MAX).ok()
}

/// The encoding of `value`: shortest lengths, in the order in which it is.
pub(crate) fn write_cbor(value: &Value) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).expect("writing to memory does not fail");
    bytes
}

fn integer(value: &Value) -> Option<i64> {
    value.as_integer().and_then(|number| i64::try_from(number).ok())
}

fn malformed(why: &str) -> Refusal {
    Refusal::new(
        "key_malformed",
        format!("The public key of this passkey cannot be read: {why}. Try again, or use another passkey."),
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::hex;

    /// A key's parts in the order in which authenticators write them.
    fn key(labels: &[(i64, Value)]) -> Vec<u8> {
        write_cbor(&Value::Map(labels.iter().map(|(label, value)| (Value::from(*label), value.clone())).collect()))
    }

    fn number(number: i64) -> Value {
        Value::from(number)
    }

    fn bytes(byte: u8, count: usize) -> Value {
        Value::Bytes(vec![byte; count])
    }

    fn es256() -> Vec<(i64, Value)> {
        vec![(1, number(2)), (3, number(-7)), (-1, number(1)), (-2, bytes(1, 32)), (-3, bytes(2, 32))]
    }

    fn rs256(modulus: Value) -> Vec<(i64, Value)> {
        vec![(1, number(3)), (3, number(-257)), (-1, modulus), (-2, Value::Bytes(vec![1, 0, 1]))]
    }

    fn with(mut labels: Vec<(i64, Value)>, label: i64, value: Value) -> Vec<u8> {
        match labels.iter_mut().find(|(known, _)| *known == label) {
            Some(known) => known.1 = value,
            None => labels.push((label, value)),
        }
        key(&labels)
    }

    #[test]
    fn each_algorithm_is_read_with_its_bytes_kept() {
        let eddsa = key(&[(1, number(1)), (3, number(-8)), (-1, number(6)), (-2, bytes(1, 32))]);
        let cases = [
            (key(&es256()), Algorithm::Es256),
            (eddsa, Algorithm::EdDsa),
            (key(&rs256(bytes(0xff, 256))), Algorithm::Rs256),
            (key(&rs256(bytes(0x80, 512))), Algorithm::Rs256),
        ];
        for (bytes, algorithm) in cases {
            let read = CoseKey::parse(&bytes);
            assert_eq!(read.map(|key| (key.algorithm(), key.bytes().to_vec())), Ok((algorithm, bytes)));
        }
    }

    #[test]
    fn another_algorithm_is_refused_with_a_sentence_that_helps() {
        for algorithm in [-35, -36, -37, -47, -9, -65535, 0, 7] {
            let refusal = CoseKey::parse(&with(es256(), 3, number(algorithm))).expect_err("no algorithm of ours");
            assert_eq!(refusal.code, "key_algorithm");
            assert!(refusal.sentence.contains(&algorithm.to_string()) && refusal.sentence.contains("ES256"));
        }
    }

    #[test]
    fn what_is_not_exactly_a_key_is_refused() {
        let mut twice = es256();
        twice.push((-3, bytes(2, 32)));
        let mut private = es256();
        private.push((-4, bytes(2, 32)));
        let cases = [
            ("empty", Vec::new()),
            ("no map", write_cbor(&number(1))),
            ("no labels", key(&[])),
            ("another type", with(es256(), 1, number(1))),
            ("another curve", with(es256(), -1, number(2))),
            ("a short coordinate", with(es256(), -2, bytes(1, 31))),
            ("a long coordinate", with(es256(), -3, bytes(1, 33))),
            ("a coordinate of text", with(es256(), -3, Value::from("y"))),
            ("a coordinate by its sign", with(es256(), -3, Value::from(true))),
            ("a part more", with(es256(), 2, bytes(1, 4))),
            ("a label twice", key(&twice)),
            ("a private part", key(&private)),
            ("a part less", key(&es256()[..4])),
            ("the algorithm as text", with(es256(), 3, Value::from("ES256"))),
            ("a label of text", write_cbor(&Value::Map(vec![(Value::from("alg"), number(-7))]))),
            ("something behind it", [key(&es256()), vec![0]].concat()),
            ("an endless map", [&[0xbf], &key(&es256())[1..], &[0xff]].concat()),
            ("a number that is too long", [&key(&es256())[..2], &[0x18, 2], &key(&es256())[3..]].concat()),
            ("1024 bits", key(&rs256(bytes(0xff, 128)))),
            ("2047 bits", key(&rs256(bytes(0x7f, 256)))),
            ("4097 bits", key(&rs256(Value::Bytes([vec![1], vec![0; 512]].concat())))),
            ("a modulus with a zero before it", key(&rs256(Value::Bytes([vec![0], vec![0xff; 256]].concat())))),
            ("no modulus", key(&rs256(Value::Bytes(Vec::new())))),
            ("another exponent", with(rs256(bytes(0xff, 256)), -2, Value::Bytes(vec![3]))),
            ("too long", with(es256(), -2, bytes(1, COSE_BYTES_MAX))),
        ];
        for (what, bytes) in cases {
            let refusal = CoseKey::parse(&bytes).expect_err(what);
            assert_eq!(refusal.code, "key_malformed", "{what}: {}", hex::encode(&bytes));
        }
    }

    #[test]
    fn a_point_that_is_on_no_curve_verifies_nothing() {
        let key = CoseKey::parse(&key(&es256())).expect("it has the form of a key");
        assert_eq!(key.verify(b"words", &[0x30, 6, 2, 1, 1, 2, 1, 1]).expect_err("no point").code, "wrong_signature");
    }

    #[test]
    fn a_deep_nest_is_refused_and_does_not_exhaust_the_stack() {
        let deep = vec![0x81; COSE_BYTES_MAX];
        assert_eq!(CoseKey::parse(&deep).expect_err("no key").code, "key_malformed");
    }

    proptest! {
        #[test]
        fn a_key_cut_anywhere_or_with_other_bytes_behind_it_is_refused(at in 0_usize..77, tail in any::<u8>()) {
            let whole = key(&es256());
            prop_assert!(CoseKey::parse(&whole[..at.min(whole.len() - 1)]).is_err());
            prop_assert!(CoseKey::parse(&[whole, vec![tail]].concat()).is_err());
        }

        #[test]
        fn any_bytes_are_refused_or_are_exactly_one_key(bytes in proptest::collection::vec(any::<u8>(), 0..128)) {
            if let Ok(key) = CoseKey::parse(&bytes) {
                prop_assert_eq!(key.bytes(), &bytes[..]);
            }
        }
    }
}
