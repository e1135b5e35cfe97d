//! Checkpoints (c2sp.org/tlog-checkpoint): a log's name, size and root in three lines, signed.
//!
//! A [`SignedCheckpoint`] cannot be had without the log's true signature. That a log never signs two roots for one size is
//! not decided here: whoever signs persists first.

use std::fmt;

use crate::cosignature::{self, Cosigner};
use crate::error::{Error, malformed};
use crate::hash::{Hash, from_decimal};
use crate::note::{Algorithm, Note, Signature, Signer, Verifier};
use crate::tree::{SIZE_MAX, TreeHead};

/// What a log claims about itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name: its URL without `https://` and without a slash at the end.
    pub origin: String,
    /// Size and root.
    pub head: TreeHead,
    /// Lines below the root. Ours never have any; a witness of other logs meets them.
    pub extensions: Vec<String>,
}

impl Checkpoint {
    /// Without extensions.
    pub fn new(origin: impl Into<String>, head: TreeHead) -> Self {
        Self { origin: origin.into(), head, extensions: Vec::new() }
    }

    /// Reads the text of a note, and believes none of it.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let wrong = |why| malformed("a checkpoint", why);
        let lines = text.strip_suffix('\n').ok_or(wrong("its last line does not end"))?;
        let mut lines = lines.split('\n');
        let (Some(origin), Some(size), Some(root)) = (lines.next(), lines.next(), lines.next()) else {
            return Err(wrong("origin, size and root are expected"));
        };
        let extensions: Vec<_> = lines.map(str::to_owned).collect();
        if origin.is_empty() || extensions.iter().any(String::is_empty) {
            return Err(wrong("a line is empty"));
        }
        let size = from_decimal(size).filter(|size| *size <= SIZE_MAX).ok_or(wrong("its size is not a number"))?;
        let head = TreeHead { size, root: Hash::from_base64(root)? };
        if size == 0 && head.root != Hash::of_empty_tree() {
            return Err(wrong("an empty tree has another root"));
        }
        Ok(Self { origin: origin.to_owned(), head, extensions })
    }

    /// Signs it as its log.
    pub fn sign(self, log: &Signer) -> Result<SignedCheckpoint, Error> {
        let mut note = Note::new(self.to_string())?;
        note.add(log.sign(note.text()))?;
        SignedCheckpoint::check(note, log.verifier())
    }
}

/// The text that is signed.
impl fmt::Display for Checkpoint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{}\n{}\n{}", self.origin, self.head.size, self.head.root.to_base64())?;
        self.extensions.iter().try_for_each(|line| writeln!(out, "{line}"))
    }
}

/// A checkpoint that its log has signed, and perhaps witnesses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint {
    checkpoint: Checkpoint,
    note: Note,
}

impl SignedCheckpoint {
    /// Reads a checkpoint of the log whose key is `log`. The key's name must be the checkpoint's origin.
    pub fn open(bytes: &[u8], log: &Verifier) -> Result<Self, Error> {
        Self::check(Note::parse(bytes)?, log)
    }

    fn check(note: Note, log: &Verifier) -> Result<Self, Error> {
        if log.algorithm() != Algorithm::Ed25519 {
            return Err(malformed("a log's key", "it is a witness's key"));
        }
        note.check(log)?;
        let checkpoint = Checkpoint::parse(note.text())?;
        if checkpoint.origin != log.name() {
            return Err(Error::OtherLog { expected: log.name().to_owned(), found: checkpoint.origin });
        }
        Ok(Self { checkpoint, note })
    }

    /// What was signed.
    pub const fn checkpoint(&self) -> &Checkpoint {
        &self.checkpoint
    }

    /// Size and root.
    pub const fn head(&self) -> &TreeHead {
        &self.checkpoint.head
    }

    /// The text with all signatures.
    pub const fn note(&self) -> &Note {
        &self.note
    }

    /// Signs it as a witness, at `time_s` (seconds since 1970), in place of this witness's earlier signature.
    pub fn cosign(&mut self, witness: &Cosigner, time_s: u64) -> Result<(), Error> {
        self.note.add(witness.sign(self.note.text(), time_s))
    }

    /// Adds the signature that `witness` answered, if it is true.
    pub fn add_cosignature(&mut self, signature: Signature, witness: &Verifier) -> Result<(), Error> {
        let mut note = self.note.clone();
        note.add(signature)?;
        let cosigned = Self { note, checkpoint: self.checkpoint.clone() };
        cosigned.cosigned_at(witness)?;
        *self = cosigned;
        Ok(())
    }

    /// When `witness` signed it, in seconds since 1970. `Unsigned` where it did not.
    pub fn cosigned_at(&self, witness: &Verifier) -> Result<u64, Error> {
        if witness.algorithm() != Algorithm::CosignatureV1 {
            return Err(malformed("a witness's key", "it is a log's key"));
        }
        let signature = self.note.check(witness)?;
        Ok(cosignature::split(signature.bytes()).expect("a cosignature that was verified has a time").0)
    }
}

/// As it is published.
impl fmt::Display for SignedCheckpoint {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.note.fmt(out)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log() -> Signer {
        Signer::new("ledger.example/ledger", &[1; 32]).expect("a name")
    }

    fn witness() -> Cosigner {
        Cosigner::new("witness.example", &[2; 32]).expect("a name")
    }

    fn signed() -> SignedCheckpoint {
        let head = TreeHead { size: 300, root: Hash::new([9; 32]) };
        Checkpoint::new("ledger.example/ledger", head).sign(&log()).expect("the log's own name")
    }

    fn open(text: &str) -> Result<SignedCheckpoint, Error> {
        SignedCheckpoint::open(text.as_bytes(), log().verifier())
    }

    #[test]
    fn a_checkpoint_is_three_lines_and_a_signature() {
        let text = signed().to_string();
        let start = "ledger.example/ledger\n300\nCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=\n\n\u{2014} ledger.example/ledger ";
        assert!(text.starts_with(start), "{text}");
        assert_eq!(open(&text), Ok(signed()));
    }

    #[test]
    fn every_flipped_bit_of_a_checkpoint_is_found() {
        let whole = signed().to_string().into_bytes();
        for place in 0..whole.len() * 8 {
            let mut bytes = whole.clone();
            bytes[place / 8] ^= 1 << (place % 8);
            assert!(SignedCheckpoint::open(&bytes, log().verifier()).is_err(), "bit {place}");
        }
    }

    #[test]
    fn texts_that_are_no_checkpoints_are_refused_even_when_signed() {
        let root = Hash::new([9; 32]).to_base64();
        let empty = Hash::of_empty_tree().to_base64();
        let wrong = [
            "ledger.example/ledger\n".to_owned(),
            "ledger.example/ledger\n3\n".to_owned(),
            format!("\n3\n{root}\n"),
            format!("ledger.example/ledger\n03\n{root}\n"),
            format!("ledger.example/ledger\n-3\n{root}\n"),
            format!("ledger.example/ledger\n9223372036854775808\n{root}\n"),
            format!("ledger.example/ledger\n3\n{root}=\n"),
            format!("ledger.example/ledger\n3\n{root}\n\nmore\n"),
            format!("ledger.example/ledger\n0\n{root}\n"),
            format!("ledger.example/other\n0\n{empty}\n"),
        ];
        for text in wrong {
            let mut note = Note::new(text.clone()).expect("plain lines");
            note.add(log().sign(&text)).expect("few signatures");
            assert!(open(&note.to_string()).is_err(), "{text:?}");
        }
        let extended = Checkpoint::parse(&format!("ledger.example/ledger\n0\n{empty}\nmore\n")).expect("a checkpoint");
        assert_eq!(extended.extensions, ["more"]);
        assert!(extended.sign(&log()).is_ok());
    }

    #[test]
    fn a_log_signs_only_under_its_own_name() {
        let other = Checkpoint::new("other.example", *signed().head()).sign(&log());
        let expected =
            Error::OtherLog { expected: "ledger.example/ledger".to_owned(), found: "other.example".to_owned() };
        assert_eq!(other, Err(expected));
    }

    #[test]
    fn a_witness_signs_with_its_time_and_again_in_place_of_its_earlier_signature() {
        let mut checkpoint = signed();
        let unsigned = Error::Unsigned { name: "witness.example".to_owned() };
        assert_eq!(checkpoint.cosigned_at(witness().verifier()), Err(unsigned));
        for time_s in [1_764_000_000, 1_764_000_060] {
            checkpoint.cosign(&witness(), time_s).expect("few signatures");
            let read = open(&checkpoint.to_string()).expect("signed by its log");
            assert_eq!(read.cosigned_at(witness().verifier()), Ok(time_s));
        }
        assert_eq!(checkpoint.note().signatures().len(), 2);
    }

    #[test]
    fn a_witnesss_answer_is_added_only_when_it_is_true() {
        let answer = witness().sign(signed().note().text(), 5).to_string();
        let mut checkpoint = signed();
        let other = witness().sign("another\ntext\n", 5);
        assert!(checkpoint.add_cosignature(other, witness().verifier()).is_err());
        let stranger = Cosigner::new("stranger.example", &[3; 32]).expect("a name").sign(signed().note().text(), 5);
        assert!(checkpoint.add_cosignature(stranger, witness().verifier()).is_err());
        assert_eq!(checkpoint, signed());
        checkpoint.add_cosignature(answer.parse().expect("a line"), witness().verifier()).expect("true");
        assert_eq!(checkpoint.cosigned_at(witness().verifier()), Ok(5));
        let mut mangled = checkpoint.to_string().into_bytes();
        let last = mangled.len() - 3;
        mangled[last] ^= 1;
        let read = SignedCheckpoint::open(&mangled, log().verifier());
        assert!(read.is_err() || read.is_ok_and(|read| read.cosigned_at(witness().verifier()).is_err()));
    }

    #[test]
    fn cosignatures_are_those_that_other_programs_make() {
        // Signed by transparency-dev's `formats`, with the example key of Go's `note` package.
        let text = "ledger.example/ledger\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
        let line = "\u{2014} PeterNeumann GLl4CwAAAABrBrWtIuE0dKv0ec3jOdf34I2Uf6lx3xDB9LN2G8lSZ+jW/2o1lRc37CIN3AJ0TSfMFJa37bkMo1J9jTMz3Vrgx2DOAQ==";
        let key: Verifier =
            "PeterNeumann+18b9780b+BBpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW".parse().expect("a key");
        let mut checkpoint = Checkpoint::parse(text).expect("a checkpoint").sign(&log()).expect("the log's own name");
        checkpoint.add_cosignature(line.parse().expect("a line"), &key).expect("true");
        assert_eq!(checkpoint.cosigned_at(&key), Ok(0x6b06_b5ad));
    }

    #[test]
    fn a_log_and_a_witness_are_never_taken_for_each_other() {
        let mut checkpoint = signed();
        checkpoint.cosign(&witness(), 5).expect("few signatures");
        assert!(checkpoint.cosigned_at(log().verifier()).is_err());
        assert!(SignedCheckpoint::open(checkpoint.to_string().as_bytes(), witness().verifier()).is_err());
        // The same seed has another key id for each purpose.
        let both = Cosigner::new("ledger.example/ledger", &[1; 32]).expect("a name");
        assert_ne!(both.verifier().key_id(), log().verifier().key_id());
    }
}
