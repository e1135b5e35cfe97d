//! Hashes of the tree: RFC 6962, section 2.1, with SHA-256. Leaves and nodes are hashed differently, so that neither can
//! pass for the other.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};

use crate::error::{Error, malformed};

/// A SHA-256 hash.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Hash([u8; 32]);

impl Hash {
    /// How many bytes it has.
    pub const BYTES: usize = 32;

    /// These bytes.
    pub const fn new(bytes: [u8; Self::BYTES]) -> Self {
        Self(bytes)
    }

    /// The SHA-256 of `parts`, one after the other.
    pub fn of(parts: &[&[u8]]) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update(part);
        }
        Self(hasher.finalize().into())
    }

    /// The root of a tree without leaves: the hash of nothing.
    pub fn of_empty_tree() -> Self {
        Self::of(&[])
    }

    /// Its bytes.
    pub const fn as_bytes(&self) -> &[u8; Self::BYTES] {
        &self.0
    }

    /// 64 lower-case hexadecimal digits, and nothing else.
    pub fn from_hex(text: &str) -> Result<Self, Error> {
        from_hex(text).map(Self).ok_or(malformed("a hash", "64 lower-case hexadecimal digits are expected"))
    }

    /// Standard base64 with padding, as checkpoints and proofs write hashes.
    pub fn to_base64(self) -> String {
        STANDARD.encode(self.0)
    }

    /// Reads [`Hash::to_base64`], and no other way of writing the same hash.
    pub fn from_base64(text: &str) -> Result<Self, Error> {
        let bytes = STANDARD.decode(text).ok().and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or(malformed("a hash", "32 bytes in base64 are expected"))
    }
}

impl From<[u8; 32]> for Hash {
    fn from(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }
}

impl AsRef<[u8]> for Hash {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// In hexadecimal.
impl fmt::Display for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(out, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// The hash of an entry as a leaf of the tree.
pub fn leaf_hash(entry: &[u8]) -> Hash {
    Hash::of(&[&[0], entry])
}

/// The hash of the node above `left` and `right`.
pub fn node_hash(left: Hash, right: Hash) -> Hash {
    Hash::of(&[&[1], &left.0, &right.0])
}

/// Exactly `N` bytes in lower-case hexadecimal.
pub(crate) fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digits = text.as_bytes();
    if digits.len() != 2 * N || digits.iter().any(|digit| !matches!(digit, b'0'..=b'9' | b'a'..=b'f')) {
        return None;
    }
    let mut bytes = [0; N];
    for (index, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(text.get(2 * index..2 * index + 2)?, 16).ok()?;
    }
    Some(bytes)
}

/// A decimal number without sign or leading zeroes.
pub(crate) fn from_decimal(text: &str) -> Option<u64> {
    let number: u64 = text.parse().ok()?;
    (number.to_string() == text).then_some(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_read_in_one_way_of_writing_only() {
        let hash = leaf_hash(b"a");
        assert_eq!(Hash::from_hex(&hash.to_string()), Ok(hash));
        assert_eq!(Hash::from_base64(&hash.to_base64()), Ok(hash));
        let hex = hash.to_string();
        for wrong in [&hex[1..], &hex.to_uppercase(), &format!("{hex}0"), &hex.replace(&hex[..2], "+1"), ""] {
            assert!(Hash::from_hex(wrong).is_err(), "{wrong}");
        }
        let base64 = Hash::new([0xff; 32]).to_base64();
        assert!(base64.ends_with("8="), "{base64}");
        for wrong in
            [base64.replace("8=", "9="), base64.replace('=', ""), format!(" {base64}"), base64.replace("8=", "==")]
        {
            assert!(Hash::from_base64(&wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn numbers_have_no_signs_and_no_leading_zeroes() {
        assert_eq!(from_decimal("0"), Some(0));
        assert_eq!(from_decimal("18446744073709551615"), Some(u64::MAX));
        for wrong in ["", "00", "01", "+1", "-1", " 1", "1 ", "18446744073709551616"] {
            assert_eq!(from_decimal(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_hashes_of_nothing_are_those_of_rfc_6962() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let leaf = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d";
        assert_eq!(Hash::of_empty_tree().to_string(), empty);
        assert_eq!(leaf_hash(b"").to_string(), leaf);
    }
}
