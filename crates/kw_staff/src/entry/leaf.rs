//! An entry as a leaf and its openings, and back.
//!
//! The leaf tells everybody that something happened, when, of which kind and under which policy; what it commits to is in the
//! openings, each for its audience. An opening can be erased: the entry is then read as far as the rest tells.

use kw_ledger::{Hash, Leaf, Opening, SALT_BYTES};

use super::body::{self, Parts};
use super::{Entry, Kind, Record};
use crate::statement::ActionId;
use crate::time::Millis;
use crate::word::words;

words! {
    /// Who may read an opening. In order: whoever is of a later one reads the earlier ones too.
    Audience {
        /// Everybody.
        Public = "public",
        /// The owner of the account it is about, and guards paired with it. Not before the action has closed.
        Owner = "owner",
        /// Auditors.
        Auditors = "auditors",
    }
}

/// What opens one of a leaf's commitments, and for whom.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown {
    /// Who may read it.
    pub audience: Audience,
    /// The opening.
    pub opening: Opening,
}

/// The openings of a leaf, as far as they were not erased.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Openings {
    /// What it is about: JCS of `{kind, id}`.
    pub target: Option<Shown>,
    /// What happened.
    pub body: Option<Shown>,
    /// Words, and who signed.
    pub private: Option<Shown>,
}

/// Why a leaf with its openings is no entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// The leaf's kind is none that this version knows.
    #[error("its kind is unknown: {0}")]
    Kind(String),
    /// An opening does not open what the leaf commits to.
    #[error("the opening of its {0} is another one's")]
    OtherOpening(&'static str),
    /// An opening's bytes are not what such an entry says.
    #[error("its {0} cannot be read: {1}")]
    Malformed(&'static str, String),
    /// The ledger's own rules refuse it.
    #[error(transparent)]
    Leaf(#[from] kw_ledger::Error),
}

/// Writes an entry. Each call of `salt` gives 32 fresh random bytes.
///
/// Entry 0 has nothing to hide, and its hash is compared by people: its salts are zeros, so that the founding's words alone
/// give the fingerprint.
pub fn encode(entry: &Entry, salt: &mut dyn FnMut() -> [u8; SALT_BYTES]) -> Result<(Leaf, Openings), Unreadable> {
    let is_founding = matches!(entry.record, Record::Founded(_));
    let mut shown = |field: &'static str, part: Option<(Audience, Vec<u8>)>| -> Result<Option<Shown>, Unreadable> {
        let Some((audience, bytes)) = part else { return Ok(None) };
        let salt = if is_founding { [0; SALT_BYTES] } else { salt() };
        Ok(Some(Shown { audience, opening: Opening::new(field, salt, bytes)? }))
    };
    let parts = body::write(&entry.record);
    let openings = Openings {
        target: shown("target", parts.target)?,
        body: shown("body", parts.body)?,
        private: shown("private", parts.private)?,
    };
    let commitment = |shown: &Option<Shown>| shown.as_ref().map(|shown| shown.opening.commitment());
    let leaf = Leaf {
        action: entry.record.action().map(|action| action.0),
        policy: parts.policy.map(Hash::new),
        target: commitment(&openings.target),
        body: commitment(&openings.body),
        private: commitment(&openings.private),
        ..Leaf::new(entry.time.0, entry.record.kind().word())
    };
    Ok((leaf, openings))
}

/// Reads an entry back. Openings that are there must open the leaf's commitments; without its body an entry is
/// [`Record::Erased`].
pub fn decode(leaf: &Leaf, openings: &Openings) -> Result<Entry, Unreadable> {
    let kind = Kind::from_word(&leaf.kind).ok_or_else(|| Unreadable::Kind(leaf.kind.clone()))?;
    let open = |field, shown: &Option<Shown>, commitment: Option<Hash>| match (shown, commitment) {
        (None, _) => Ok(None),
        (Some(shown), Some(commitment))
            if shown.opening.field() == field && shown.opening.check(&commitment).is_ok() =>
        {
            Ok(Some((shown.audience, shown.opening.bytes().to_vec())))
        }
        (Some(_), _) => Err(Unreadable::OtherOpening(field)),
    };
    let parts = Parts {
        policy: leaf.policy.map(|hash| *hash.as_bytes()),
        target: open("target", &openings.target, leaf.target)?,
        body: open("body", &openings.body, leaf.body)?,
        private: open("private", &openings.private, leaf.private)?,
    };
    let action = leaf.action.map(ActionId);
    let record = body::read(kind, action, &parts)?;
    is_only_form(&record, action, &parts)?;
    Ok(Entry { time: Millis(leaf.time_ms), record })
}

/// Refused unless writing the record again gives what was read, and the leaf's own fields say the same.
fn is_only_form(record: &Record, action: Option<ActionId>, parts: &Parts) -> Result<(), Unreadable> {
    if matches!(record, Record::Erased { .. }) {
        return Ok(());
    }
    let written = body::write(record);
    let differs = |found: &Option<(Audience, Vec<u8>)>, written: &Option<(Audience, Vec<u8>)>| match (found, written) {
        (Some((_, found)), Some((_, written))) => found != written,
        (Some(_), None) => true,
        (None, _) => false,
    };
    let other = |field| Err(Unreadable::Malformed(field, "it is another one's".to_owned()));
    match () {
        () if record.action() != action => other("action"),
        () if written.policy != parts.policy => other("policy"),
        () if differs(&parts.target, &written.target) => other("target"),
        () if differs(&parts.body, &written.body) => other("body"),
        () if differs(&parts.private, &written.private) => other("private part"),
        () => Ok(()),
    }
}

/// SHA-256 of entry 0's leaf: what statements call `founding`, and what the printed fingerprint is made of.
pub fn founding_hash(founding: &Entry) -> Result<[u8; 32], Unreadable> {
    let (leaf, _) = encode(founding, &mut || [0; SALT_BYTES])?;
    Ok(*Hash::of(&[&leaf.to_bytes()?]).as_bytes())
}
