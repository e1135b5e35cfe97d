//! What happens to text when it comes in: line ends, control characters, composed characters.
//!
//! Everything else stays as written. Bytes that are no UTF-8 never get this far.

use unicode_normalization::UnicodeNormalization;

/// Cleans a text of several lines: a post, a content warning, a bio.
///
/// Line ends become `\n`; control characters other than `\n` and tab, byte order marks and noncharacters go; characters
/// are composed (NFC); blank lines before and spaces after the text go. Marks that change the direction of writing
/// stay: [`super::render`] keeps each within its own stretch of text.
pub fn body(text: &str) -> String {
    let composed: String =
        Lines(text.chars().peekable()).filter(|c| *c == '\n' || *c == '\t' || !is_noise(*c)).nfc().collect();
    let text = composed.trim_end();
    let blank = text.len() - text.trim_start().len();
    let first_line = text[..blank].rfind('\n').map_or(0, |at| at + 1);
    text[first_line..].to_owned()
}

/// Cleans a text of one line: a display name, the name or value of a profile field, a search.
///
/// As [`body`]; also line ends and runs of white space become one space, and marks that override the direction of
/// writing go, because a name is shown among other people's words. A line with nothing to see in it comes back empty.
pub fn line(text: &str) -> String {
    let kept = body(text);
    let kept: String = kept.chars().filter(|c| !is_direction_override(*c)).nfc().collect();
    let line = kept.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().all(is_invisible) { String::new() } else { line }
}

/// Whether the whole of `text` shows nothing: empty, white space, or characters without a picture.
pub fn is_blank(text: &str) -> bool {
    text.chars().all(|c| c.is_whitespace() || is_invisible(c))
}

/// Controls (C0, DEL, C1), byte order marks and noncharacters: never part of a text.
pub(super) fn is_noise(c: char) -> bool {
    c.is_control() || c == '\u{FEFF}' || (c as u32) & 0xFFFE == 0xFFFE || ('\u{FDD0}'..='\u{FDEF}').contains(&c)
}

/// Marks that open, close or override the direction of what follows. The plain marks U+200E and U+200F are not among
/// them: they reach no further than their neighbours, and mixed names need them.
pub(super) fn is_direction_override(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Characters that take part in writing but show nothing by themselves, or a blank.
fn is_invisible(c: char) -> bool {
    is_noise(c)
        || is_direction_override(c)
        || matches!(
            c,
            ' ' | '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}'
                | '\u{180B}'..='\u{180F}' | '\u{200B}'..='\u{200F}' | '\u{2060}'..='\u{206F}' | '\u{2800}'
                | '\u{3164}' | '\u{FE00}'..='\u{FE0F}' | '\u{FFA0}' | '\u{E0000}'..='\u{E0FFF}'
        )
}

/// The characters of a text with every kind of line end as `\n`.
struct Lines<'t>(std::iter::Peekable<std::str::Chars<'t>>);

impl Iterator for Lines<'_> {
    type Item = char;

    fn next(&mut self) -> Option<char> {
        match self.0.next()? {
            '\r' => {
                self.0.next_if_eq(&'\n');
                Some('\n')
            }
            '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
            c => Some(c),
        }
    }
}
