//! Recovery codes: the way in for whoever lost the second factor. Ten, each good once.

use super::token::{self, is_same};
use crate::rows::Hash;

/// How many codes are made at a time.
pub const CODES: usize = 10;
/// Characters in a code, hyphens not counted: 80 bits, so that a plain hash of it cannot be turned round.
const CODE_CHARS: usize = 16;
/// Random bytes for all codes.
pub const RANDOM_BYTES: usize = CODES * CODE_CHARS;
/// Crockford's base 32: no letter that is read as a digit, nor `u`.
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// New codes to show once, as `abcd-efgh-jkmn-pqrs`.
pub fn codes(random: [u8; RANDOM_BYTES]) -> Vec<String> {
    random
        .chunks(CODE_CHARS)
        .map(|bytes| {
            let groups: Vec<String> =
                bytes.chunks(4).map(|group| group.iter().map(|byte| letter(*byte)).collect()).collect();
            groups.join("-")
        })
        .collect()
}

/// The form of a code to store, as it was shown or as somebody types it.
pub fn hash(code: &str) -> Hash {
    token::hash(&fold(code))
}

/// Which of the stored codes `typed` is. Every one is looked at, so that the time says nothing.
pub fn find(stored: &[Hash], typed: &str) -> Option<usize> {
    let typed = hash(typed);
    stored.iter().enumerate().fold(None, |found, (at, hash)| if is_same(hash, &typed) { Some(at) } else { found })
}

fn letter(byte: u8) -> char {
    char::from(ALPHABET[usize::from(byte % 32)])
}

/// What was typed without spaces and hyphens, in lower case, its letters that look like digits as those digits.
fn fold(code: &str) -> String {
    code.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| match c.to_ascii_lowercase() {
            'o' => '0',
            'i' | 'l' => '1',
            c => c,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use rand::rngs::StdRng;
    use rand::{RngCore, SeedableRng};
    use std::collections::BTreeSet;

    fn random() -> [u8; RANDOM_BYTES] {
        let mut bytes = [0; RANDOM_BYTES];
        StdRng::seed_from_u64(1).fill_bytes(&mut bytes);
        bytes
    }

    #[test]
    fn there_are_ten_different_codes_in_four_groups() {
        let codes = codes(random());
        assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), CODES);
        for code in codes {
            assert_eq!(code.split('-').map(str::len).collect::<Vec<_>>(), [4, 4, 4, 4]);
            assert!(!code.contains(['i', 'l', 'o', 'u']));
        }
    }

    #[test]
    fn a_code_is_found_however_it_is_typed() {
        let codes = codes(random());
        let stored: Vec<Hash> = codes.iter().map(|code| hash(code)).collect();
        for (at, code) in codes.iter().enumerate() {
            assert_eq!(find(&stored, code), Some(at));
            assert_eq!(find(&stored, &format!(" {} ", code.to_uppercase().replace('-', " "))), Some(at));
            assert_eq!(find(&stored, &code.replace('0', "O").replace('1', "l").replace('-', "")), Some(at));
        }
    }

    #[test]
    fn anything_else_is_no_code() {
        let codes = codes(random());
        let stored: Vec<Hash> = codes.iter().map(|code| hash(code)).collect();
        for wrong in ["", "-", "0000-0000-0000-0000", &codes[0][1..], &format!("{}0", codes[0])] {
            assert_eq!(find(&stored, wrong), None, "{wrong}");
        }
        assert_eq!(find(&stored[1..], &codes[0]), None);
        assert_eq!(find(&[], &codes[0]), None);
    }
}
