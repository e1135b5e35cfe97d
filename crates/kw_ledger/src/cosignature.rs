//! A witness's signature (c2sp.org/tlog-cosignature, v1): that at a time it saw a log grow without rewriting anything.
//!
//! It says so and only so: whether the log really did is for the witness to find out before it signs.

use ring::signature::Ed25519KeyPair;

use crate::error::Error;
use crate::note::{Algorithm, Signature, Verifier, pair};

/// What is signed.
pub(crate) fn message(time_s: u64, text: &str) -> Vec<u8> {
    format!("cosignature/v1\ntime {time_s}\n{text}").into_bytes()
}

/// The time of a cosignature, in seconds since 1970, and what Ed25519 made of it. None where it is not one.
pub(crate) fn split(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let (time, rest) = bytes.split_first_chunk()?;
    let time_s = u64::from_be_bytes(*time);
    i64::try_from(time_s).is_ok().then_some((time_s, rest))
}

/// A private key that signs what it has witnessed.
pub struct Cosigner {
    pair: Ed25519KeyPair,
    verifier: Verifier,
}

impl Cosigner {
    /// The key that grows out of a secret seed. A seed is for one name and for one purpose: never a log's.
    pub fn new(name: &str, seed: &[u8; 32]) -> Result<Self, Error> {
        let (pair, verifier) = pair(name, Algorithm::CosignatureV1, seed)?;
        Ok(Self { pair, verifier })
    }

    /// Its public half.
    pub const fn verifier(&self) -> &Verifier {
        &self.verifier
    }

    /// Signs the text of a checkpoint, as seen at `time_s` (seconds since 1970, below 2^63).
    pub fn sign(&self, text: &str, time_s: u64) -> Signature {
        debug_assert!(i64::try_from(time_s).is_ok(), "a time fits 63 bits");
        let signature = self.pair.sign(&message(time_s, text));
        Signature::by(&self.verifier, [&time_s.to_be_bytes(), signature.as_ref()].concat())
    }
}

/// Without the key.
impl std::fmt::Debug for Cosigner {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Cosigner").field("verifier", &self.verifier).finish_non_exhaustive()
    }
}
