//! Commitments: what stands in a leaf in place of words, so that the words can be erased and the leaf stays true.
//!
//! Whoever holds the opening can check it; without the salt, a commitment tells nothing, not even about a guess.

use crate::error::{Error, malformed};
use crate::hash::Hash;

/// How many bytes a salt has. Fresh for each leaf and field.
pub const SALT_BYTES: usize = 32;
/// Opens what is hashed, so that no other hash of ours can be a commitment.
const DOMAIN: &[u8] = b"kittiwake/commit/v1\n";
/// The longest name of a field, in bytes.
const FIELD_BYTES_MAX: usize = 64;

/// What a commitment was made to.
#[derive(Clone, PartialEq, Eq)]
pub struct Opening {
    field: String,
    salt: [u8; SALT_BYTES],
    bytes: Vec<u8>,
}

impl Opening {
    /// `bytes` as the content of a leaf's `field`. The salt is chance, never used twice.
    ///
    /// A field is 1 to 64 lower-case letters, digits and underscores: with a line break in it, two different openings
    /// could be one commitment.
    pub fn new(field: &str, salt: [u8; SALT_BYTES], bytes: Vec<u8>) -> Result<Self, Error> {
        let is_plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_');
        if field.is_empty() || field.len() > FIELD_BYTES_MAX || !field.bytes().all(is_plain) {
            return Err(malformed("a field's name", "1 to 64 lower-case letters, digits and underscores are expected"));
        }
        Ok(Self { field: field.to_owned(), salt, bytes })
    }

    /// The field's name.
    pub fn field(&self) -> &str {
        &self.field
    }

    /// The salt.
    pub const fn salt(&self) -> &[u8; SALT_BYTES] {
        &self.salt
    }

    /// The content.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// What stands in the leaf.
    pub fn commitment(&self) -> Hash {
        Hash::of(&[DOMAIN, self.field.as_bytes(), b"\n", &self.salt, &self.bytes])
    }

    /// Whether `commitment` was made to exactly this.
    pub fn check(&self, commitment: &Hash) -> Result<(), Error> {
        if self.commitment() == *commitment { Ok(()) } else { Err(Error::OtherOpening { field: self.field.clone() }) }
    }
}

/// Without salt and content: an opening is secret until it is shown.
impl std::fmt::Debug for Opening {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Opening").field("field", &self.field).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opening(field: &str, salt: u8, bytes: &[u8]) -> Opening {
        Opening::new(field, [salt; SALT_BYTES], bytes.to_vec()).expect("a plain field")
    }

    #[test]
    fn an_opening_opens_its_own_commitment_and_no_other() {
        let told = opening("body", 1, b"words");
        assert_eq!(told.check(&told.commitment()), Ok(()));
        for other in [opening("target", 1, b"words"), opening("body", 2, b"words"), opening("body", 1, b"word")] {
            assert_eq!(other.check(&told.commitment()), Err(Error::OtherOpening { field: other.field().to_owned() }));
        }
    }

    #[test]
    fn a_commitment_is_the_hash_that_anybody_can_compute() {
        // printf 'kittiwake/commit/v1\nbody\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAwords' | sha256sum
        let told = opening("body", b'A', b"words");
        assert_eq!(told.commitment().to_string(), "c84d156b5133cd3badfc10e36ffadcdb267ca4e181b892ed9c67c4f9cb65a3b8");
    }

    #[test]
    fn a_field_that_could_be_taken_for_another_is_refused() {
        for field in ["", "Body", "a\nb", "a b", "é", &"a".repeat(65)] {
            assert!(Opening::new(field, [0; SALT_BYTES], Vec::new()).is_err(), "{field}");
        }
        assert!(Opening::new(&"a".repeat(64), [0; SALT_BYTES], Vec::new()).is_ok());
    }

    #[test]
    fn printing_an_opening_for_debugging_tells_neither_salt_nor_content() {
        assert_eq!(format!("{:?}", opening("body", 1, b"words")), "Opening { field: \"body\", .. }");
    }
}
