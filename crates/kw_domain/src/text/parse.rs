//! Reading a text: which stretches of it are links, mentions and hashtags.
//!
//! Custom emoji (`:shortcode:`) stay text: clients replace them themselves.

use super::{MentionName, link, mention, tag};
use std::collections::BTreeSet;

/// A text and what was found in it. Joined in order, the written forms of its segments are the text again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parsed<'t> {
    /// The whole text, cut into stretches.
    pub segments: Vec<Segment<'t>>,
    /// Whom it mentions, each once, in order. At most one for each two bytes of the text.
    pub mentions: Vec<MentionName>,
    /// Folded names of its hashtags, each once, in order.
    pub tags: Vec<String>,
    /// Its links as written, each once, in order.
    pub links: Vec<&'t str>,
}

/// A stretch of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Segment<'t> {
    /// Plain text, line ends included.
    Text(&'t str),
    /// A link with its scheme, as written.
    Link(&'t str),
    /// A mention; whether such an account exists is not known yet.
    Mention {
        /// With its `@`, as written.
        written: &'t str,
        /// Whom it names.
        name: MentionName,
    },
    /// A hashtag.
    Tag {
        /// With its `#` or `＃`, as written.
        written: &'t str,
        /// Folded, without `#`.
        name: String,
    },
}

impl<'t> Segment<'t> {
    /// The stretch as it stands in the text.
    pub fn written(&self) -> &'t str {
        match self {
            Self::Text(written) | Self::Link(written) | Self::Mention { written, .. } | Self::Tag { written, .. } => {
                written
            }
        }
    }
}

/// Reads `text`, which should be clean ([`super::clean`]); any text is read without failing.
pub fn parse(text: &str) -> Parsed<'_> {
    let mut cutter = Cutter { text, plain_from: 0, segments: Vec::new() };
    let mut from = 0;
    for link in link::find(text) {
        cutter.words(from, link.start);
        from = link.end;
        cutter.cut(link.start, link.end, Segment::Link(&text[link]));
    }
    cutter.words(from, text.len());
    cutter.plain_until(text.len());
    collect(cutter.segments)
}

struct Cutter<'t> {
    text: &'t str,
    plain_from: usize,
    segments: Vec<Segment<'t>>,
}

impl<'t> Cutter<'t> {
    /// Finds mentions and hashtags between `from` and `to`.
    fn words(&mut self, from: usize, to: usize) {
        let mut at = from;
        while let Some(found) = self.text[at..to].find(['@', '#', '＃']) {
            let start = at + found;
            let before = self.text[..start].chars().next_back();
            let rest = &self.text[start..to];
            at = match word(before, rest) {
                Some((length, segment)) => {
                    self.cut(start, start + length, segment);
                    start + length
                }
                None => start + rest.chars().next().map_or(1, char::len_utf8),
            };
        }
    }

    fn cut(&mut self, start: usize, end: usize, segment: Segment<'t>) {
        self.plain_until(start);
        self.segments.push(segment);
        self.plain_from = end;
    }

    fn plain_until(&mut self, end: usize) {
        if self.plain_from < end {
            self.segments.push(Segment::Text(&self.text[self.plain_from..end]));
        }
    }
}

fn word(before: Option<char>, rest: &str) -> Option<(usize, Segment<'_>)> {
    if rest.starts_with('@') {
        let (length, name) = mention::read(before, rest)?;
        Some((length, Segment::Mention { written: &rest[..length], name }))
    } else {
        let (length, name) = tag::read(before, rest)?;
        Some((length, Segment::Tag { written: &rest[..length], name }))
    }
}

fn collect(segments: Vec<Segment<'_>>) -> Parsed<'_> {
    let (mut mentions, mut tags, mut links) = (Vec::new(), Vec::new(), Vec::new());
    let (mut seen_mentions, mut seen_tags, mut seen_links) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for segment in &segments {
        match segment {
            Segment::Mention { name, .. } if seen_mentions.insert(name) => mentions.push(name.clone()),
            Segment::Tag { name, .. } if seen_tags.insert(name) => tags.push(name.clone()),
            Segment::Link(written) if seen_links.insert(*written) => links.push(*written),
            _ => {}
        }
    }
    Parsed { segments, mentions, tags, links }
}
