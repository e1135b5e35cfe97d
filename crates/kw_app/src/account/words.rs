//! The words by which accounts are found: those of the handle and of the display name, folded.

use std::collections::BTreeSet;

use kw_domain::id::AccountId;
use kw_domain::text::fold::fold_for_search;

use crate::families::ACCOUNT_WORD;
use crate::operation::Draft;

/// Words of one account.
const WORDS_MAX: usize = 12;
/// Characters of one word.
const WORD_CHARS_MAX: usize = 40;
/// Characters of a word that name its partition.
const PARTITION_CHARS: usize = 2;

/// The words of a handle and a display name, in order.
pub(super) fn words_of(handle: &str, display_name: &str) -> Vec<String> {
    let folded = [fold_for_search(handle), fold_for_search(display_name)];
    let words: BTreeSet<String> = folded.iter().flat_map(|text| split(text)).take(WORDS_MAX).collect();
    words.into_iter().collect()
}

/// The words of something that is searched for.
pub(super) fn words_in(query: &str) -> Vec<String> {
    split(&fold_for_search(query)).take(WORDS_MAX).collect()
}

/// An underscore belongs to a handle; everything else that is no letter, mark or digit parts words.
fn split(folded: &str) -> impl Iterator<Item = String> {
    let words = folded.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty());
    words.map(|word| word.chars().take(WORD_CHARS_MAX).collect())
}

/// The partition that holds the words beginning like `word`.
pub(super) fn partition_of(word: &str) -> String {
    word.chars().take(PARTITION_CHARS).collect()
}

/// Brings the index from the words `before` to the words `now`, as a consequence.
pub(super) fn ensure_words(draft: &mut Draft, id: AccountId, before: &[String], now: &[String]) {
    for word in before.iter().filter(|word| !now.contains(word)) {
        draft.ensure_gone(&ACCOUNT_WORD, (&partition_of(word), &(word.clone(), id)));
    }
    for word in now.iter().filter(|word| !before.contains(word)) {
        draft.ensure(&ACCOUNT_WORD, (&partition_of(word), &(word.clone(), id)), &());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_each_is_kept_once() {
        assert_eq!(words_of("Ada_L", "Zoë  Lovelace-Byron, ada_l"), ["ada_l", "byron", "lovelace", "zoe"]);
        assert_eq!(words_of("ada", "🐦"), ["ada"]);
        assert_eq!(words_of("x", "日本語"), ["x", "日本語"]);
    }

    #[test]
    fn words_and_their_number_are_bounded() {
        let many = (0..50).map(|number| format!("w{number}")).collect::<Vec<_>>().join(" ");
        assert!(words_of("ada", &many).len() <= WORDS_MAX);
        assert_eq!(words_in(&"é".repeat(100))[0].chars().count(), WORD_CHARS_MAX);
    }
}
