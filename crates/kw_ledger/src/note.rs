//! Signed notes (c2sp.org/signed-note): a text and the signatures below it, each by a named key.
//!
//! Reading one believes nothing: only [`Note::check`] with a key that the caller trusts does. Signatures by other keys are
//! kept and otherwise ignored, as the specification asks. The mathematics is ring's.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};

use crate::cosignature;
use crate::error::{Error, malformed};
use crate::hash::{Hash, from_hex};

/// The largest note that is read, in bytes.
pub const NOTE_BYTES_MAX: usize = 64 * 1024;
/// The most signatures that a note may have. The specification asks for at least 16.
pub const SIGNATURES_MAX: usize = 64;
/// The longest name of a key, in bytes.
const NAME_BYTES_MAX: usize = 255;
/// What a line of a signature begins with: an em dash and a space.
const SIGNATURE_MARK: &str = "\u{2014} ";

/// How a key signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// Ed25519 over the text: what logs use.
    Ed25519,
    /// Ed25519 over the time and the text: what witnesses use (c2sp.org/tlog-cosignature).
    CosignatureV1,
}

impl Algorithm {
    const fn code(self) -> u8 {
        match self {
            Self::Ed25519 => 0x01,
            Self::CosignatureV1 => 0x04,
        }
    }
}

/// A public key with its name. As text, what Go calls a verifier key: `name+hash+key`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verifier {
    name: String,
    algorithm: Algorithm,
    public: [u8; 32],
    key_id: [u8; 4],
}

impl Verifier {
    /// A key. Its name is not empty and has neither spaces nor plus signs nor control characters.
    pub fn new(name: &str, algorithm: Algorithm, public: [u8; 32]) -> Result<Self, Error> {
        if !is_name(name) {
            return Err(malformed(
                "a key's name",
                "1 to 255 bytes without spaces, plus and control characters are expected",
            ));
        }
        let hash = Hash::of(&[name.as_bytes(), b"\n", &[algorithm.code()], &public]);
        let [a, b, c, d, ..] = *hash.as_bytes();
        Ok(Self { name: name.to_owned(), algorithm, public, key_id: [a, b, c, d] })
    }

    /// Its name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How it signs.
    pub const fn algorithm(&self) -> Algorithm {
        self.algorithm
    }

    /// The key itself.
    pub const fn public_key(&self) -> &[u8; 32] {
        &self.public
    }

    /// The beginning of a hash over name and key, by which signatures name it.
    pub const fn key_id(&self) -> [u8; 4] {
        self.key_id
    }

    /// Whether `signature` claims to be by this key.
    pub fn is_named_by(&self, signature: &Signature) -> bool {
        self.name == signature.name && self.key_id == signature.key_id
    }

    /// Whether `bytes` are this key's signature over `text`.
    fn verifies(&self, text: &str, bytes: &[u8]) -> bool {
        let ed25519 = |message: &[u8], bytes: &[u8]| {
            UnparsedPublicKey::new(&ED25519, &self.public).verify(message, bytes).is_ok()
        };
        match self.algorithm {
            Algorithm::Ed25519 => ed25519(text.as_bytes(), bytes),
            Algorithm::CosignatureV1 => cosignature::split(bytes)
                .is_some_and(|(time_s, bytes)| ed25519(&cosignature::message(time_s, text), bytes)),
        }
    }
}

impl fmt::Display for Verifier {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = u32::from_be_bytes(self.key_id);
        let key = [&[self.algorithm.code()], &self.public[..]].concat();
        write!(out, "{}+{id:08x}+{}", self.name, STANDARD.encode(key))
    }
}

impl FromStr for Verifier {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = |why| malformed("a verifier key", why);
        let mut parts = text.splitn(3, '+');
        let (Some(name), Some(id), Some(key)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(wrong("name, hash and key are expected, with plus signs between them"));
        };
        let key = STANDARD.decode(key).map_err(|_| wrong("the key is not base64"))?;
        let (algorithm, public) = match key.split_first() {
            Some((0x01, public)) => (Algorithm::Ed25519, public),
            Some((0x04, public)) => (Algorithm::CosignatureV1, public),
            _ => return Err(wrong("its kind of signature is unknown")),
        };
        let public = public.try_into().map_err(|_| wrong("the key does not have 32 bytes"))?;
        let verifier = Self::new(name, algorithm, public)?;
        match from_hex(id) {
            Some(id) if id == verifier.key_id => Ok(verifier),
            _ => Err(wrong("the hash is not the one of this name and key")),
        }
    }
}

fn is_name(name: &str) -> bool {
    (1..=NAME_BYTES_MAX).contains(&name.len()) && !name.contains(|c: char| c.is_whitespace() || c == '+' || c < ' ')
}

/// A private key that signs texts: a log's.
pub struct Signer {
    pair: Ed25519KeyPair,
    verifier: Verifier,
}

impl Signer {
    /// The key that grows out of a secret seed.
    pub fn new(name: &str, seed: &[u8; 32]) -> Result<Self, Error> {
        let (pair, verifier) = pair(name, Algorithm::Ed25519, seed)?;
        Ok(Self { pair, verifier })
    }

    /// Its public half.
    pub const fn verifier(&self) -> &Verifier {
        &self.verifier
    }

    /// Signs a text.
    pub fn sign(&self, text: &str) -> Signature {
        Signature::by(&self.verifier, self.pair.sign(text.as_bytes()).as_ref().to_vec())
    }
}

/// Without the key.
impl fmt::Debug for Signer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Signer").field("verifier", &self.verifier).finish_non_exhaustive()
    }
}

/// A pair of keys with a name.
pub(crate) fn pair(name: &str, algorithm: Algorithm, seed: &[u8; 32]) -> Result<(Ed25519KeyPair, Verifier), Error> {
    let pair = Ed25519KeyPair::from_seed_unchecked(seed).expect("every 32 bytes are a seed");
    let public = pair.public_key().as_ref().try_into().expect("a public key of Ed25519 has 32 bytes");
    Ok((pair, Verifier::new(name, algorithm, public)?))
}

/// A signature as a line of a note. Whether it is true, only [`Note::check`] says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    name: String,
    key_id: [u8; 4],
    bytes: Vec<u8>,
}

impl Signature {
    pub(crate) fn by(verifier: &Verifier, bytes: Vec<u8>) -> Self {
        Self { name: verifier.name.clone(), key_id: verifier.key_id, bytes }
    }

    /// The name of the key that it claims to be by.
    pub fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

/// A line without its end.
impl fmt::Display for Signature {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [&self.key_id, &self.bytes[..]].concat();
        write!(out, "{SIGNATURE_MARK}{} {}", self.name, STANDARD.encode(bytes))
    }
}

/// Reads a line without its end, as a witness answers it.
impl FromStr for Signature {
    type Err = Error;

    fn from_str(line: &str) -> Result<Self, Error> {
        let wrong = |why| malformed("a line of a signature", why);
        let rest = line.strip_prefix(SIGNATURE_MARK).ok_or(wrong("it does not begin with a dash"))?;
        let (name, signature) = rest.split_once(' ').ok_or(wrong("it has no signature"))?;
        if !is_name(name) {
            return Err(wrong("it has no name of a key"));
        }
        let bytes = STANDARD.decode(signature).map_err(|_| wrong("the signature is not base64"))?;
        match bytes.split_first_chunk() {
            Some((key_id, bytes)) if !bytes.is_empty() => {
                Ok(Self { name: name.to_owned(), key_id: *key_id, bytes: bytes.to_vec() })
            }
            _ => Err(wrong("the signature is too short")),
        }
    }
}

/// A text with signatures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: String,
    signatures: Vec<Signature>,
}

impl Note {
    /// A text that nobody signed yet: lines, the last one ended, without other control characters.
    pub fn new(text: String) -> Result<Self, Error> {
        let is_plain = |text: &str| text.ends_with('\n') && !text.contains(|c: char| c < ' ' && c != '\n');
        if text.len() > NOTE_BYTES_MAX {
            return Err(Error::TooLarge { what: "a note's bytes", found: text.len(), max: NOTE_BYTES_MAX });
        }
        if is_plain(&text) {
            Ok(Self { text, signatures: Vec::new() })
        } else {
            Err(malformed("a note", "lines without control characters are expected"))
        }
    }

    /// Reads a note, and believes none of it.
    pub fn parse(bytes: &[u8]) -> Result<Self, Error> {
        let wrong = |why| malformed("a note", why);
        if bytes.len() > NOTE_BYTES_MAX {
            return Err(Error::TooLarge { what: "a note's bytes", found: bytes.len(), max: NOTE_BYTES_MAX });
        }
        let whole = std::str::from_utf8(bytes).map_err(|_| wrong("it is not UTF-8"))?;
        let end = whole.rfind("\n\n").ok_or(wrong("no empty line stands before its signatures"))?;
        let mut note = Self::new(whole[..=end].to_owned())?;
        let lines = whole[end + 2..].strip_suffix('\n').ok_or(wrong("its last line does not end"))?;
        for line in lines.split('\n') {
            note.signatures.push(line.parse()?);
        }
        note.check_number()?;
        Ok(note)
    }

    /// What is signed.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// All signatures, true or not.
    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }

    /// Adds a signature, in place of an earlier one by the same key.
    pub fn add(&mut self, signature: Signature) -> Result<(), Error> {
        self.signatures.retain(|other| (&other.name, other.key_id) != (&signature.name, signature.key_id));
        self.signatures.push(signature);
        self.check_number()
    }

    /// The signature by `verifier`. Where one that claims to be by this key is wrong, the note is not to be believed,
    /// whatever else stands below it.
    pub fn check(&self, verifier: &Verifier) -> Result<&Signature, Error> {
        let mut claimed = self.signatures.iter().filter(|signature| verifier.is_named_by(signature)).peekable();
        let first = *claimed.peek().ok_or_else(|| Error::Unsigned { name: verifier.name.clone() })?;
        if claimed.all(|signature| verifier.verifies(&self.text, &signature.bytes)) {
            Ok(first)
        } else {
            Err(Error::BadSignature { name: verifier.name.clone() })
        }
    }

    fn check_number(&self) -> Result<(), Error> {
        let found = self.signatures.len();
        if found > SIGNATURES_MAX {
            return Err(Error::TooLarge { what: "a note's signatures", found, max: SIGNATURES_MAX });
        }
        Ok(())
    }
}

impl fmt::Display for Note {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{}", self.text)?;
        self.signatures.iter().try_for_each(|signature| writeln!(out, "{signature}"))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The seed and the key that the documentation of Go's `note` package uses as its example.
    const SEED: &str = "810a1402d5146c8d84f2443330f54080ebf98ee17d9c74f6252fc5d5c7283173";
    const KEY: &str = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    /// What Go's `note.Sign` made of our text with that key.
    const NOTE: &str = "a colony on a cliff\n\nhas many eyes\n\n\u{2014} PeterNeumann x08goz1375Gnf8r9Rj3dmPgcbVzzfZXN4XoDGNl4u4SVpklTulwCwRsS+NntTWyV5DzRhT5wFkycouzufkSXW7HMgw8=\n";

    fn signer() -> Signer {
        Signer::new("PeterNeumann", &from_hex(SEED).expect("32 bytes")).expect("a name")
    }

    fn verifier() -> Verifier {
        KEY.parse().expect("a key")
    }

    #[test]
    fn keys_and_notes_are_those_that_go_makes() {
        assert_eq!(signer().verifier().to_string(), KEY);
        assert_eq!(verifier(), *signer().verifier());
        let mut note = Note::new("a colony on a cliff\n\nhas many eyes\n".to_owned()).expect("plain lines");
        note.add(signer().sign(note.text())).expect("few signatures");
        assert_eq!(note.to_string(), NOTE);
        assert_eq!(Note::parse(NOTE.as_bytes()), Ok(note));
    }

    #[test]
    fn keys_of_public_logs_are_read_and_written_alike() {
        // The Go checksum database; and the example's key as a witness, as transparency-dev's `formats` writes it.
        let keys = [
            ("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8", Algorithm::Ed25519),
            ("PeterNeumann+18b9780b+BBpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", Algorithm::CosignatureV1),
        ];
        for (text, algorithm) in keys {
            let key: Verifier = text.parse().expect("a key");
            assert_eq!((key.to_string().as_str(), key.algorithm()), (text, algorithm));
        }
    }

    #[test]
    fn keys_that_are_not_exactly_of_the_form_are_refused() {
        let wrong = [
            "",
            "PeterNeumann",
            "PeterNeumann+c74f20a3",
            "PeterNeumann+c74f20a3+",
            "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "peterneumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW\n",
            "PeterNeumann+c74f20a3+AhpD2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
            "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
            "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        ];
        for text in wrong {
            assert!(text.parse::<Verifier>().is_err(), "{text}");
        }
        for name in ["", "a b", "a+b", "a\u{a0}b", "a\nb", "a\u{1}", &"a".repeat(256)] {
            assert!(Verifier::new(name, Algorithm::Ed25519, [0; 32]).is_err(), "{name:?}");
        }
    }

    #[test]
    fn signatures_by_strangers_are_ignored_and_wrong_ones_by_the_known_key_are_not() {
        let stranger = Signer::new("PeterNeumann", &[7; 32]).expect("a name");
        let text = "a\n";
        let mut note = Note::new(text.to_owned()).expect("plain lines");
        note.add(stranger.sign("b\n")).expect("few signatures");
        assert_eq!(note.check(&verifier()), Err(Error::Unsigned { name: "PeterNeumann".to_owned() }));
        note.add(signer().sign(text)).expect("few signatures");
        let read = Note::parse(note.to_string().as_bytes()).expect("a note");
        assert!(read.check(&verifier()).is_ok());
        assert_eq!(read.check(stranger.verifier()), Err(Error::BadSignature { name: "PeterNeumann".to_owned() }));
        // A second line by the known key that is wrong spoils the note, even behind a true one.
        let spoilt = format!("{note}{}\n", signer().sign("b\n"));
        let spoilt = Note::parse(spoilt.as_bytes()).expect("a note");
        assert_eq!(spoilt.check(&verifier()), Err(Error::BadSignature { name: "PeterNeumann".to_owned() }));
    }

    #[test]
    fn signing_again_replaces_the_keys_own_signature_only() {
        let mut note = Note::new("a\n".to_owned()).expect("plain lines");
        let other = Signer::new("other.example", &[7; 32]).expect("a name");
        for signature in [signer().sign("b\n"), other.sign("a\n"), signer().sign("a\n")] {
            note.add(signature).expect("few signatures");
        }
        let names: Vec<_> = note.signatures().iter().map(Signature::name).collect();
        assert_eq!(names, ["other.example", "PeterNeumann"]);
        assert!(note.check(&verifier()).is_ok() && note.check(other.verifier()).is_ok());
    }

    #[test]
    fn notes_that_are_not_exactly_of_the_form_are_refused() {
        let line = signer().sign("a\n").to_string();
        let wrong = [
            String::new(),
            "a\n".to_owned(),
            "a\n\n".to_owned(),
            format!("a\n{line}\n"),
            format!("a\n\n{line}"),
            format!("a\n\n{line}\n\n"),
            format!("a\n\n{line} \n"),
            format!("a\r\n\n{line}\n"),
            format!("a\u{0}\n\n{line}\n"),
            format!("\n\n{line}\nb\n"),
            format!("a\n\n{}\n", line.replace('\u{2014}', "-")),
            format!("a\n\n{}\n", line.replace("PeterNeumann", "Peter+Neumann")),
            format!("a\n\n{}\n", line.replace("PeterNeumann ", " ")),
            "a\n\n\u{2014} PeterNeumann x08g\n".to_owned(),
            "a\n\n\u{2014} PeterNeumann !!!!\n".to_owned(),
        ];
        for text in wrong {
            assert!(Note::parse(text.as_bytes()).is_err(), "{text:?}");
        }
        assert!(Note::parse(&[&b"\xff"[..], format!("a\n\n{line}\n").as_bytes()].concat()).is_err());
    }

    #[test]
    fn notes_are_bounded_in_bytes_and_signatures() {
        let line = signer().sign("a\n").to_string();
        let with = |count: usize| format!("a\n\n{}", format!("{line}\n").repeat(count));
        assert!(Note::parse(with(SIGNATURES_MAX).as_bytes()).is_ok());
        let error = Note::parse(with(SIGNATURES_MAX + 1).as_bytes()).expect_err("too many");
        assert_eq!(error, Error::TooLarge { what: "a note's signatures", found: 65, max: 64 });
        let long = format!("{}\n", "a".repeat(NOTE_BYTES_MAX));
        assert!(matches!(Note::parse(long.as_bytes()), Err(Error::TooLarge { .. })));
        assert!(matches!(Note::new(long), Err(Error::TooLarge { .. })));
    }

    #[test]
    fn printing_a_signer_for_debugging_tells_no_secret() {
        assert!(!format!("{:?}", signer()).contains("pair"));
    }

    #[test]
    fn every_flipped_bit_of_a_note_is_found() {
        for place in 0..NOTE.len() * 8 {
            let mut bytes = NOTE.as_bytes().to_vec();
            bytes[place / 8] ^= 1 << (place % 8);
            assert!(Note::parse(&bytes).and_then(|note| note.check(&verifier()).cloned()).is_err(), "bit {place}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_refused_or_is_exactly_what_would_be_written(text in "[a\n]{0,5}\n\n(\u{2014} [a +]{1,3} [A-Za-z0-9+/]{8}\n){0,2}") {
            if let Ok(note) = Note::parse(text.as_bytes()) {
                prop_assert_eq!(note.to_string(), text);
            }
        }
    }
}
