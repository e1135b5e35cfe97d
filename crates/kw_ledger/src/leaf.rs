//! Leaves: the entries of the ledger. They tell the public that something happened, when, under which policy, and of which
//! kind; everything else stands in them as commitments.
//!
//! What the kinds mean, and which fields each of them has, is not known here: `kw_staff` says.

use std::collections::BTreeMap;

use crate::error::{Error, malformed};
use crate::hash::{Hash, from_decimal, from_hex};
use crate::jcs::Value;

/// The largest leaf, in bytes. One with every field has about 600.
pub const LEAF_BYTES_MAX: usize = 1024;
/// The version of the format that is written and read.
const VERSION: &str = "1";
/// The longest name of a kind, in bytes.
const KIND_BYTES_MAX: usize = 64;

/// An entry of the ledger. Fields that are absent are not written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leaf {
    /// When it was appended, in milliseconds since 1970. Never before the leaf to its left.
    pub time_ms: u64,
    /// What happened: 1 to 64 lower-case letters, digits and underscores.
    pub kind: String,
    /// The action that it belongs to, a 128-bit id: 32 hexadecimal digits in the leaf.
    pub action: Option<u128>,
    /// The hash of the policy under which it was judged.
    pub policy: Option<Hash>,
    /// The commitment to whom it is about.
    pub target: Option<Hash>,
    /// The commitment to what is told to those it concerns: statement, key, signature.
    pub body: Option<Hash>,
    /// The commitment to what only auditors read.
    pub private: Option<Hash>,
    /// Until when its opening stays closed to the owner, in milliseconds since 1970.
    pub seals_until_ms: Option<u64>,
}

impl Leaf {
    /// A leaf without optional fields.
    pub fn new(time_ms: u64, kind: impl Into<String>) -> Self {
        Self {
            time_ms,
            kind: kind.into(),
            action: None,
            policy: None,
            target: None,
            body: None,
            private: None,
            seals_until_ms: None,
        }
    }

    /// The bytes that are hashed, stored and published.
    pub fn to_bytes(&self) -> Result<Vec<u8>, Error> {
        if !is_kind(&self.kind) {
            return Err(malformed("a leaf", "its kind is not a plain word"));
        }
        let hash = |hash: &Hash| hash.to_string();
        let optional = [
            ("action", self.action.map(|action| format!("{action:032x}"))),
            ("policy", self.policy.as_ref().map(hash)),
            ("target", self.target.as_ref().map(hash)),
            ("body", self.body.as_ref().map(hash)),
            ("private", self.private.as_ref().map(hash)),
            ("seals_until", self.seals_until_ms.map(|time| time.to_string())),
        ];
        let always = [("v", VERSION.to_owned()), ("time", self.time_ms.to_string()), ("kind", self.kind.clone())];
        let present = optional.into_iter().filter_map(|(key, value)| Some((key, value?)));
        let bytes =
            Value::map(always.into_iter().chain(present).map(|(key, text)| (key, Value::Text(text)))).to_bytes();
        check_size(&bytes)?;
        Ok(bytes)
    }

    /// Reads a leaf: every field known and of its form, and exactly the bytes that would be written.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        check_size(bytes)?;
        let Value::Map(fields) = Value::parse(bytes)? else {
            return Err(malformed("a leaf", "it is not an object"));
        };
        let mut fields = Fields(fields);
        if fields.take("v", |text| (text == VERSION).then_some(()))?.is_none() {
            return Err(malformed("a leaf", "it has no version"));
        }
        let leaf = Self {
            time_ms: fields.take("time", from_decimal)?.ok_or(malformed("a leaf", "it has no time"))?,
            kind: fields.take("kind", |text| Some(text.to_owned()))?.ok_or(malformed("a leaf", "it has no kind"))?,
            action: fields.take("action", |text| from_hex(text).map(u128::from_be_bytes))?,
            policy: fields.take("policy", hash)?,
            target: fields.take("target", hash)?,
            body: fields.take("body", hash)?,
            private: fields.take("private", hash)?,
            seals_until_ms: fields.take("seals_until", from_decimal)?,
        };
        if !fields.0.is_empty() {
            return Err(malformed("a leaf", "it has a field that no leaf has"));
        }
        // The readers are strict already; this holds whatever they overlook.
        if leaf.to_bytes()? == bytes { Ok(leaf) } else { Err(malformed("a leaf", "it is not written as leaves are")) }
    }
}

/// Fields that were not looked at yet.
struct Fields(BTreeMap<String, Value>);

impl Fields {
    /// Takes a field out and reads it; none where it is absent.
    fn take<T>(&mut self, key: &str, read: impl FnOnce(&str) -> Option<T>) -> Result<Option<T>, Error> {
        let wrong = malformed("a leaf", "a field is not of its form");
        match self.0.remove(key) {
            None => Ok(None),
            Some(Value::Text(text)) => read(&text).map(Some).ok_or(wrong),
            Some(Value::List(_) | Value::Map(_)) => Err(wrong),
        }
    }
}

fn hash(text: &str) -> Option<Hash> {
    from_hex(text).map(Hash::new)
}

fn is_kind(kind: &str) -> bool {
    let is_plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
    (1..=KIND_BYTES_MAX).contains(&kind.len()) && kind.bytes().all(is_plain)
}

fn check_size(bytes: &[u8]) -> Result<(), Error> {
    if bytes.len() > LEAF_BYTES_MAX {
        return Err(Error::TooLarge { what: "a leaf's bytes", found: bytes.len(), max: LEAF_BYTES_MAX });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proptest::option;
    use proptest::prelude::*;

    use super::*;

    fn full() -> Leaf {
        Leaf {
            time_ms: 1_764_000_000_123,
            kind: "step".to_owned(),
            action: Some(0xabc),
            policy: Some(Hash::new([1; 32])),
            target: Some(Hash::new([2; 32])),
            body: Some(Hash::new([3; 32])),
            private: Some(Hash::new([4; 32])),
            seals_until_ms: Some(1_764_000_900_000),
        }
    }

    #[test]
    fn a_leaf_is_canonical_json_without_what_is_absent() {
        let leaf = Leaf { action: Some(0xabc), ..Leaf::new(12, "step") };
        let expected = r#"{"action":"00000000000000000000000000000abc","kind":"step","time":"12","v":"1"}"#;
        assert_eq!(leaf.to_bytes(), Ok(expected.as_bytes().to_vec()));
        assert!(full().to_bytes().is_ok_and(|bytes| bytes.len() < 600));
    }

    #[test]
    fn what_is_not_exactly_a_leaf_is_refused() {
        let base = r#"{"kind":"step","time":"12","v":"1"}"#;
        assert!(Leaf::from_bytes(base.as_bytes()).is_ok());
        let wrong = [
            r#"{"kind":"step","time":"12","v":"2"}"#,
            r#"{"kind":"step","time":"12"}"#,
            r#"{"kind":"step","v":"1"}"#,
            r#"{"time":"12","v":"1"}"#,
            r#"{"kind":"","time":"12","v":"1"}"#,
            r#"{"kind":"Step","time":"12","v":"1"}"#,
            r#"{"kind":["step"],"time":"12","v":"1"}"#,
            r#"{"kind":"step","time":"012","v":"1"}"#,
            r#"{"kind":"step","time":"-1","v":"1"}"#,
            r#"{"kind":"step","time":"","v":"1"}"#,
            r#"{"kind":"step","name":"Ben","time":"12","v":"1"}"#,
            r#"{"action":"abc","kind":"step","time":"12","v":"1"}"#,
            r#"{"action":"00000000000000000000000000000ABC","kind":"step","time":"12","v":"1"}"#,
            r#"{"body":"","kind":"step","time":"12","v":"1"}"#,
            r#"{"kind":"step", "time":"12","v":"1"}"#,
            r#"{"time":"12","kind":"step","v":"1"}"#,
            r#"{"kind":"step","time":12,"v":"1"}"#,
            r#"["kind"]"#,
            "",
        ];
        for text in wrong {
            assert!(Leaf::from_bytes(text.as_bytes()).is_err(), "{text}");
        }
    }

    #[test]
    fn an_oversized_leaf_is_named_as_such_before_it_is_read() {
        let bytes = vec![b'['; LEAF_BYTES_MAX + 1];
        let error = Leaf::from_bytes(&bytes).expect_err("too large");
        assert_eq!(error, Error::TooLarge { what: "a leaf's bytes", found: 1025, max: 1024 });
        let leaf = Leaf { kind: "k".repeat(65), ..full() };
        assert!(leaf.to_bytes().is_err());
    }

    fn leaves() -> impl Strategy<Value = Leaf> {
        let hash = || option::of(any::<[u8; 32]>().prop_map(Hash::new));
        let times = (any::<u64>(), option::of(any::<u64>()));
        (times, "[a-z0-9_]{1,64}", option::of(any::<u128>()), hash(), hash(), hash(), hash()).prop_map(
            |((time_ms, seals_until_ms), kind, action, policy, target, body, private)| Leaf {
                time_ms,
                kind,
                action,
                policy,
                target,
                body,
                private,
                seals_until_ms,
            },
        )
    }

    proptest! {
        #[test]
        fn every_leaf_is_within_the_limit_and_read_back(leaf in leaves()) {
            let bytes = leaf.to_bytes().expect("within the limit");
            prop_assert_eq!(Leaf::from_bytes(&bytes), Ok(leaf));
        }

        #[test]
        fn a_leaf_with_a_flipped_bit_is_refused_or_another_leaf(leaf in leaves(), place in any::<prop::sample::Index>(), bit in 0_u8..8) {
            let mut bytes = leaf.to_bytes().expect("within the limit");
            let place = place.index(bytes.len());
            bytes[place] ^= 1 << bit;
            if let Ok(other) = Leaf::from_bytes(&bytes) {
                prop_assert_ne!(&other, &leaf);
                prop_assert_eq!(other.to_bytes(), Ok(bytes));
            }
        }
    }
}
