//! Forms under which words are the same: for searching names, and for hashtags.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The form of a name under which search finds it: lower case, no accents, compatible forms taken apart.
///
/// Both the name and what is searched for go through this, so `Zoë` is found by `zoe` and by `ZO`. Only for comparing,
/// never for showing. Folding a folded name changes nothing.
pub fn fold_for_search(name: &str) -> String {
    // Lower case once before taking apart (İ has a lower case of two characters), and once after (Ⓐ comes apart as A).
    let apart: String = name.chars().flat_map(char::to_lowercase).nfkd().collect();
    let bare = apart.chars().flat_map(char::to_lowercase).nfkd().filter(|c| !is_combining_mark(*c) && !c.is_control());
    let bare: String = bare.collect();
    bare.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The name of a hashtag as written (without `#`): lower case, compatible forms made one. Accents stay.
///
/// What the folding makes that cannot stand in a tag is left out. Folding a folded name changes nothing.
pub fn fold_tag(written: &str) -> String {
    let lower: String =
        written.nfkc().flat_map(char::to_lowercase).nfkc().flat_map(char::to_lowercase).nfkc().collect();
    // Composed once more, because what is left out may have stood between a letter and its mark.
    lower.chars().filter(|c| super::tag::is_tag_char(*c)).nfkc().collect()
}
