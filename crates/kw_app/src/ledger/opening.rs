//! Openings at rest: each is sealed under a key of its own, kept in another database. To erase an opening is to erase its
//! key; no leaf, hash or signature changes.

use kw_ledger::Opening;
use kw_staff::entry::leaf::{Audience, Shown};
use ring::aead::{Aad, CHACHA20_POLY1305, LessSafeKey, Nonce, UnboundKey};

use crate::failure::Failure;
use crate::families::staff::DETAIL;
use crate::ledger::rows::SealedOpening;

/// Bytes of a key.
pub const KEY_BYTES: usize = 32;

/// Seals an opening of the entry at `index` under `key`, which seals nothing else: so that the nonce may be fixed.
pub fn seal(index: u64, shown: &Shown, key: &[u8; KEY_BYTES]) -> SealedOpening {
    let Shown { audience, opening } = shown;
    let mut bytes = opening.salt().to_vec();
    bytes.extend_from_slice(opening.bytes());
    sealing_key(key)
        .seal_in_place_append_tag(nonce(), place(index, opening.field()), &mut bytes)
        .expect("an opening is far shorter than the cipher's limit");
    SealedOpening { field: opening.field().to_owned(), audience: audience.word().to_owned(), bytes }
}

/// Opens it again; none when its key was erased.
pub fn unseal(index: u64, sealed: &SealedOpening, key: &[u8]) -> Result<Option<Shown>, Failure> {
    if key.is_empty() {
        return Ok(None);
    }
    let damaged = |why: &str| Failure::Damaged { family: DETAIL.family.name, why: format!("entry {index}: {why}") };
    let key = <[u8; KEY_BYTES]>::try_from(key).map_err(|_| damaged("its key is not 32 bytes"))?;
    let mut bytes = sealed.bytes.clone();
    let plain = sealing_key(&key)
        .open_in_place(nonce(), place(index, &sealed.field), &mut bytes)
        .map_err(|_| damaged("an opening does not open with its key"))?;
    let (salt, bytes) = plain.split_first_chunk::<32>().ok_or_else(|| damaged("an opening is cut off"))?;
    let opening = Opening::new(&sealed.field, *salt, bytes.to_vec()).map_err(|error| damaged(&error.to_string()))?;
    let audience = Audience::from_word(&sealed.audience).ok_or_else(|| damaged("an opening is for nobody we know"))?;
    Ok(Some(Shown { audience, opening }))
}

fn sealing_key(key: &[u8; KEY_BYTES]) -> LessSafeKey {
    LessSafeKey::new(UnboundKey::new(&CHACHA20_POLY1305, key).expect("the key has the cipher's length"))
}

fn nonce() -> Nonce {
    Nonce::assume_unique_for_key([0; 12])
}

/// Binds an opening to its entry and field: moved elsewhere, it does not open.
fn place(index: u64, field: &str) -> Aad<Vec<u8>> {
    let mut place = index.to_be_bytes().to_vec();
    place.extend_from_slice(field.as_bytes());
    Aad::from(place)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown() -> Shown {
        let opening = Opening::new("body", [7; 32], b"words".to_vec()).expect("it is a field");
        Shown { audience: Audience::Owner, opening }
    }

    #[test]
    fn an_opening_opens_with_its_key_at_its_place_and_nowhere_else() {
        let sealed = seal(9, &shown(), &[1; 32]);
        assert_eq!(unseal(9, &sealed, &[1; 32]).expect("it opens"), Some(shown()));
        assert!(unseal(8, &sealed, &[1; 32]).is_err(), "another entry");
        assert!(unseal(9, &sealed, &[2; 32]).is_err(), "another key");
        assert!(unseal(9, &SealedOpening { field: "target".to_owned(), ..sealed }, &[1; 32]).is_err(), "another field");
    }

    #[test]
    fn without_its_key_an_opening_is_gone() {
        let sealed = seal(9, &shown(), &[1; 32]);
        assert_eq!(unseal(9, &sealed, &[]).expect("that is no damage"), None);
    }
}
