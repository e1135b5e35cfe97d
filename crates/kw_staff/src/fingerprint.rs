//! The fingerprint of a deployment: twelve words that people print at the founding, read out and compare. Outsiders pin it.
//!
//! It is BIP 39's English list over the first 128 bits of entry 0's hash
//! (<https://github.com/bitcoin/bips/blob/master/bip-0039.mediawiki>): twelve words, of which the last has a checksum. No
//! wallet, no seed and no secret is made of it.

use bip39::Mnemonic;

/// The twelve words of the entry 0 with this hash ([`crate::entry::leaf::founding_hash`]).
pub fn fingerprint(founding: &[u8; 32]) -> Vec<String> {
    let (entropy, _) = founding.split_at(16);
    let words = Mnemonic::from_entropy(entropy).expect("128 bits make twelve words");
    words.words().map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fingerprint_is_twelve_words_of_the_first_half_of_the_hash() {
        // BIP 39's own test vectors: 128 bits of zeroes, and of 0x7f.
        let zeroes = fingerprint(&[0; 32]).join(" ");
        assert_eq!(
            zeroes,
            "abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon abandon about"
        );
        let other = fingerprint(&[0x7f; 32]).join(" ");
        assert_eq!(other, "legal winner thank year wave sausage worth useful legal winner thank yellow");
    }

    #[test]
    fn other_hashes_have_other_words() {
        let mut hash = [7; 32];
        let before = fingerprint(&hash);
        hash[15] ^= 1;
        assert_ne!(fingerprint(&hash), before);
    }
}
