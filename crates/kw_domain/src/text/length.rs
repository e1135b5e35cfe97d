//! How long a text is, as people and clients count it.

use super::{Parsed, Segment, parse};
use unicode_segmentation::UnicodeSegmentation;

/// What each link counts, however long it is. Clients read it as `characters_reserved_per_url`.
pub const LINK_CHARS: usize = 23;

/// The length of a post in characters that people see (grapheme clusters): the content warning and the text.
///
/// Each link counts [`LINK_CHARS`]; `@user@domain` counts as `@user`.
pub fn count(text: &str, spoiler: &str) -> usize {
    count_parsed(&parse(text)) + graphemes(spoiler)
}

/// The length of a text that has been read already.
pub fn count_parsed(parsed: &Parsed<'_>) -> usize {
    // One string is counted, not each piece, because a combining mark may follow a mention.
    let mut counted = String::new();
    for segment in &parsed.segments {
        match segment {
            Segment::Text(text) => counted.push_str(text),
            Segment::Link(_) => counted.extend(std::iter::repeat_n('x', LINK_CHARS)),
            Segment::Mention { written, .. } => {
                let name_end = written[1..].find('@').map_or(written.len(), |at| at + 1);
                counted.push_str(&written[..name_end]);
            }
            Segment::Tag { written, .. } => counted.push_str(written),
        }
    }
    graphemes(&counted)
}

/// How many characters people see in `text`, nothing counted specially.
pub fn graphemes(text: &str) -> usize {
    text.graphemes(true).count()
}
