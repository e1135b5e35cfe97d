//! Text without markup: for page titles, descriptions, notifications and search.

use super::{clean, length, sanitise};
use unicode_segmentation::UnicodeSegmentation;

/// The text of some HTML: paragraphs apart by a blank line, `<br>` as a line end, nothing else left of the markup.
pub fn from_html(html: &str) -> String {
    // After the sanitiser only these tags and entities are left, so that plain replacing reads all of it.
    // `&amp;` comes last, or `&amp;lt;` would become `<`.
    let text = sanitise::skeleton_html(&html.replace(['\n', '\r'], " "))
        .replace("</p>", "\n\n")
        .replace("<br>", "\n")
        .replace("<p>", "")
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&");
    let lines: Vec<_> = text.lines().map(str::trim).collect();
    clean::body(&lines.join("\n"))
}

/// The first words of `text` on one line: at most `graphemes_max` visible characters, `…` included where it was cut.
///
/// Cuts between words where that costs at most half of the room. Marks that override the direction of writing go.
pub fn excerpt(text: &str, graphemes_max: usize) -> String {
    let line = clean::line(text);
    if length::graphemes(&line) <= graphemes_max {
        return line;
    }
    if graphemes_max == 0 {
        return String::new();
    }
    let room = graphemes_max - 1;
    let cut = line.grapheme_indices(true).nth(room).map_or(line.len(), |(at, _)| at);
    let kept = &line[..cut];
    let at_word = line[cut..].starts_with(' ').then_some(cut).or_else(|| kept.rfind(' '));
    let kept = match at_word {
        Some(at) if length::graphemes(&line[..at]) * 2 >= room => &line[..at],
        _ => kept,
    };
    let kept = kept.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.' | '…'));
    format!("{kept}…")
}
