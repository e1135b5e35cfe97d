//! The proof for one entry as a text (c2sp.org/tlog-proof@v1): everything that somebody offline needs besides the entry
//! itself and the log's key.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::checkpoint::SignedCheckpoint;
use crate::error::{Error, malformed};
use crate::hash::{Hash, from_decimal, leaf_hash};
use crate::note::{NOTE_BYTES_MAX, Note, Verifier};
use crate::proof::verify_inclusion;

/// The first line.
const TITLE: &str = "c2sp.org/tlog-proof@v1";
/// The most hashes that an inclusion proof can have.
const HASHES_MAX: usize = 63;
/// The largest text that is read, in bytes: a checkpoint, and as much again.
const TEXT_BYTES_MAX: usize = 2 * NOTE_BYTES_MAX;

/// A proof that an entry is in a log. Until [`EntryProof::verify`], it is a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryProof {
    /// What an application adds. Nothing vouches for it.
    pub extra: Option<Vec<u8>>,
    /// The place of the entry.
    pub index: u64,
    /// The hashes from the leaf's neighbour up.
    pub path: Vec<Hash>,
    /// The checkpoint of a tree that has the entry.
    pub checkpoint: Note,
}

impl EntryProof {
    /// Whether the proof shows that `entry` stands at its place in the log whose key is `log`. The checkpoint that it led
    /// to, for looking at cosignatures.
    pub fn verify(&self, entry: &[u8], log: &Verifier) -> Result<SignedCheckpoint, Error> {
        let checkpoint = SignedCheckpoint::open(self.checkpoint.to_string().as_bytes(), log)?;
        verify_inclusion(leaf_hash(entry), self.index, checkpoint.head(), &self.path)?;
        Ok(checkpoint)
    }
}

impl fmt::Display for EntryProof {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{TITLE}")?;
        if let Some(extra) = &self.extra {
            writeln!(out, "extra {}", STANDARD.encode(extra))?;
        }
        writeln!(out, "index {}", self.index)?;
        self.path.iter().try_for_each(|hash| writeln!(out, "{}", hash.to_base64()))?;
        write!(out, "\n{}", self.checkpoint)
    }
}

impl FromStr for EntryProof {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = |why| malformed("a proof", why);
        if text.len() > TEXT_BYTES_MAX {
            return Err(Error::TooLarge { what: "a proof's bytes", found: text.len(), max: TEXT_BYTES_MAX });
        }
        let (proof, checkpoint) = text.split_once("\n\n").ok_or(wrong("it has no checkpoint"))?;
        let mut lines = proof.split('\n').peekable();
        if lines.next() != Some(TITLE) {
            return Err(wrong("its first line is another one"));
        }
        let extra = lines.next_if(|line| line.starts_with("extra ")).map(|line| &line["extra ".len()..]);
        let extra = extra.map(|extra| STANDARD.decode(extra)).transpose().map_err(|_| wrong("extra is not base64"))?;
        let index = lines.next().and_then(|line| line.strip_prefix("index ")).and_then(from_decimal);
        let index = index.ok_or(wrong("it has no index"))?;
        let path = lines.map(Hash::from_base64).collect::<Result<Vec<_>, _>>()?;
        if path.len() > HASHES_MAX {
            return Err(Error::TooLarge { what: "a proof's hashes", found: path.len(), max: HASHES_MAX });
        }
        Ok(Self { extra, index, path, checkpoint: Note::parse(checkpoint.as_bytes())? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checkpoint::Checkpoint;
    use crate::note::Signer;
    use crate::proof::Plan;
    use crate::tree::Frontier;

    fn log() -> Signer {
        Signer::new("ledger.example/ledger", &[1; 32]).expect("a name")
    }

    /// The proof for entry 5 of seven, each of which is its own number.
    fn proof(extra: Option<Vec<u8>>) -> EntryProof {
        let mut tree = Frontier::new();
        let mut nodes = std::collections::BTreeMap::new();
        for entry in 0..7 {
            tree.grow(leaf_hash(&[entry]), |node, hash| assert!(nodes.insert(node, hash).is_none()));
        }
        let checkpoint = Checkpoint::new("ledger.example/ledger", tree.head()).sign(&log()).expect("its own name");
        let plan = Plan::inclusion(5, 7).expect("inside");
        let path = plan.make(|node| nodes.get(&node).copied()).expect("all nodes are known");
        EntryProof { extra, index: 5, path, checkpoint: checkpoint.note().clone() }
    }

    #[test]
    fn a_proof_is_written_read_back_and_convinces() {
        for extra in [None, Some(Vec::new()), Some(b"anything".to_vec())] {
            let text = proof(extra.clone()).to_string();
            let read: EntryProof = text.parse().expect("a proof");
            assert_eq!(read, proof(extra));
            assert_eq!(read.verify(&[5], log().verifier()).map(|checkpoint| checkpoint.head().size), Ok(7));
            assert_eq!(read.verify(&[4], log().verifier()), Err(Error::Unproven));
        }
        let text = proof(Some(b"anything".to_vec())).to_string();
        assert!(text.starts_with("c2sp.org/tlog-proof@v1\nextra YW55dGhpbmc=\nindex 5\n"), "{text}");
    }

    #[test]
    fn every_flipped_bit_of_a_proof_is_found() {
        let whole = proof(None).to_string().into_bytes();
        for place in 0..whole.len() * 8 {
            let mut bytes = whole.clone();
            bytes[place / 8] ^= 1 << (place % 8);
            let read = std::str::from_utf8(&bytes).ok().and_then(|text| text.parse::<EntryProof>().ok());
            assert!(read.is_none_or(|read| read.verify(&[5], log().verifier()).is_err()), "bit {place}");
        }
    }

    #[test]
    fn texts_that_are_not_exactly_of_the_form_are_refused() {
        let text = proof(None).to_string();
        let hash = Hash::new([0; 32]).to_base64();
        let wrong = [
            String::new(),
            text.replace("@v1", "@v2"),
            text.replace("index 5", "index 05"),
            text.replace("index 5", "index"),
            text.replace("index 5\n", ""),
            text.replace("index 5", "extra !\nindex 5"),
            text.replace("index 5", "extra YQ==\nextra YQ==\nindex 5"),
            text.replace("index 5", "index 5\nextra YQ=="),
            text.replace("\n\nledger", "\nledger"),
            text.replace("index 5", &format!("index 5{}", format!("\n{hash}").repeat(64))),
            format!("{text}{}", "a".repeat(TEXT_BYTES_MAX)),
        ];
        for text in wrong {
            assert!(text.parse::<EntryProof>().is_err(), "{text}");
        }
    }
}
