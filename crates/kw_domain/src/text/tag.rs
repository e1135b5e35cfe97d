//! Finding hashtags in written text.

use super::fold::fold_tag;
use unicode_normalization::char::is_combining_mark;

/// The longest name of a tag that is one, in bytes of its folded form: it is part of a key in the store.
pub const TAG_BYTES_MAX: usize = 192;

/// Reads a hashtag at the start of `rest`, which begins with `#` or `＃`; `before` is the character in front of it.
///
/// Gives the length in bytes of the whole and the folded name. A tag has letters, digits and underscores of any script
/// with their marks; the joints `·`, `・` and the zero-width non-joiner stand between them; not all are digits. In the
/// middle of a word or of a path there is none.
pub(super) fn read(before: Option<char>, rest: &str) -> Option<(usize, String)> {
    if before.is_some_and(|c| c.is_alphanumeric() || is_combining_mark(c) || matches!(c, '/' | '=' | ')' | '&')) {
        return None;
    }
    let sign = rest.chars().next().map_or(0, char::len_utf8);
    let name = written_name(&rest[sign..]);
    if !name.contains(char::is_alphanumeric) || name.chars().all(char::is_numeric) {
        return None;
    }
    let folded = fold_tag(name);
    let is_name = written_name(&folded) == folded && !folded.is_empty() && folded.len() <= TAG_BYTES_MAX;
    is_name.then_some((sign + name.len(), folded))
}

/// Whether `c` may stand in the name of a tag, at least between two others.
pub(super) fn is_tag_char(c: char) -> bool {
    is_word(c) || is_joint(c)
}

/// The longest start of `text` that could be a name: no joint at either end, no mark at its start.
fn written_name(text: &str) -> &str {
    if text.starts_with(|c| is_joint(c) || is_combining_mark(c)) {
        return "";
    }
    let reach = text.find(|c| !is_tag_char(c)).unwrap_or(text.len());
    text[..reach].trim_end_matches(is_joint)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || is_combining_mark(c)
}

fn is_joint(c: char) -> bool {
    matches!(c, '\u{B7}' | '\u{30FB}' | '\u{200C}')
}
