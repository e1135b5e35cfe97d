//! Tokens that a browser or a client holds, the hashes under which we know them, and PKCE.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::rows::Hash;

/// The length of a token, in characters.
pub const TOKEN_CHARS: usize = 43;

/// A token of 32 random bytes, in base64url: it fits into headers, addresses and forms as it is.
pub fn token(random: [u8; 32]) -> String {
    URL_SAFE_NO_PAD.encode(random)
}

/// The hash under which a token is stored and found. A token is random, so a plain SHA-256 cannot be turned round.
pub fn hash(token: &str) -> Hash {
    Sha256::digest(token.as_bytes()).into()
}

/// SHA-256 of bytes that are no secret, as a key of rows.
pub fn hash_bytes(bytes: &[u8]) -> Hash {
    Sha256::digest(bytes).into()
}

/// Whether two secrets are the same, in a time that says nothing about where they differ.
pub fn is_same(one: &[u8], other: &[u8]) -> bool {
    one.ct_eq(other).into()
}

/// Whether `challenge` is a well-formed S256 code challenge (RFC 7636, section 4.2).
pub fn is_challenge(challenge: &str) -> bool {
    URL_SAFE_NO_PAD.decode(challenge).is_ok_and(|bytes| bytes.len() == 32)
}

/// Whether `verifier` is the one behind an S256 code challenge (RFC 7636, section 4.6).
pub fn is_verifier_of(verifier: &str, challenge: &str) -> bool {
    let well_formed = (43..=128).contains(&verifier.len())
        && verifier.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~'));
    well_formed && is_same(URL_SAFE_NO_PAD.encode(hash(verifier)).as_bytes(), challenge.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_as_long_as_said_and_safe_in_addresses() {
        for random in [[0; 32], [0xFF; 32], [0x5A; 32]] {
            let token = token(random);
            assert_eq!(token.len(), TOKEN_CHARS);
            assert!(token.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')));
        }
        assert_ne!(token([1; 32]), token([2; 32]));
    }

    #[test]
    fn a_token_is_stored_as_its_sha_256() {
        // FIPS 180-2, B.1.
        assert_eq!(hash("abc")[..8], [0xba, 0x78, 0x16, 0xbf, 0x8f, 0x01, 0xcf, 0xea]);
    }

    #[test]
    fn secrets_are_compared_whole() {
        assert!(is_same(b"secret", b"secret"));
        assert!(!is_same(b"secret", b"secreT"));
        assert!(!is_same(b"secret", b"secrets"));
        assert!(!is_same(b"", b"x"));
    }

    #[test]
    fn the_verifier_of_the_specification_fits_its_challenge() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"; // RFC 7636, appendix B
        let challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
        assert!(is_challenge(challenge));
        assert!(is_verifier_of(verifier, challenge));
        assert!(!is_verifier_of(challenge, challenge));
        assert!(!is_verifier_of("short", challenge));
        assert!(!is_verifier_of(&format!("{verifier} "), challenge));
        assert!(!is_challenge(""));
        assert!(!is_challenge("plain"));
    }
}
