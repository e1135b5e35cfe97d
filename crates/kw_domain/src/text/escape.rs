//! Writing text into HTML so that it stays text.
//!
//! The escapes are those of the HTML standard's own serialisation, so that a parser and serialiser give back the same
//! bytes: the sanitiser can then be checked to change nothing of ours.

use super::clean::is_noise;

/// Appends `text` as the content of an element. Control characters are left out; line ends must be handled before.
///
/// Marks that change the direction of writing end with this text: what it leaves open is closed.
pub(super) fn push_text(html: &mut String, text: &str) {
    for c in text.chars() {
        push_char(html, c);
    }
    html.extend(open_directions(text).into_iter().rev());
}

/// Appends `text` as the value of an attribute in double quotes.
pub(super) fn push_attribute(html: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '"' => html.push_str("&quot;"),
            c => push_char(html, c),
        }
    }
}

fn push_char(html: &mut String, c: char) {
    match c {
        '&' => html.push_str("&amp;"),
        '<' => html.push_str("&lt;"),
        '>' => html.push_str("&gt;"),
        '\u{A0}' => html.push_str("&nbsp;"),
        '\t' => html.push('\t'),
        c if is_noise(c) => {}
        c => html.push(c),
    }
}

/// The marks that close what `text` leaves open, innermost last.
fn open_directions(text: &str) -> Vec<char> {
    const POP_OVERRIDE: char = '\u{202C}';
    const POP_ISOLATE: char = '\u{2069}';
    let mut open = Vec::new();
    for c in text.chars() {
        match c {
            '\u{202A}' | '\u{202B}' | '\u{202D}' | '\u{202E}' => open.push(POP_OVERRIDE),
            '\u{2066}'..='\u{2068}' => open.push(POP_ISOLATE),
            POP_OVERRIDE if open.last() == Some(&POP_OVERRIDE) => {
                open.pop();
            }
            // Closing an isolate closes what was opened inside of it too.
            POP_ISOLATE => {
                if let Some(at) = open.iter().rposition(|mark| *mark == POP_ISOLATE) {
                    open.truncate(at);
                }
            }
            _ => {}
        }
    }
    open
}
