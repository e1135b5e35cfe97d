//! Finding links in written text: `http` and `https` only, with their scheme written out.

use linkify::{LinkFinder, LinkKind};
use std::ops::Range;

/// A longer link stays plain text: servers and browsers do not follow it anyway.
const LINK_BYTES_MAX: usize = 2048;

/// Where the links of `text` are, in order, not overlapping.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    let mut links = Vec::new();
    let mut from = 0;
    // Started anew behind each link: a trimmed link may hide the next one in what was trimmed off.
    while let Some(found) = finder.links(&text[from..]).next() {
        let start = from + found.start();
        let link = trim(found.as_str());
        if is_link(link) {
            links.push(start..start + link.len());
            from = start + link.len();
        } else {
            // Behind the scheme, so that a good link inside of a refused one is still found.
            from = start + found.as_str().find("://").map_or(found.as_str().len(), |at| at + 3);
        }
    }
    links
}

/// Cuts off what people write right behind a link: other scripts' spaces, brackets and full stops.
fn trim(found: &str) -> &str {
    let end = found.find(ends_link).unwrap_or(found.len());
    found[..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '"', '*', '…'])
}

fn ends_link(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(
            c,
            '\u{AD}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}'
                | '\u{3001}' | '\u{3002}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301F}' | '\u{FF01}' | '\u{FF08}'
                | '\u{FF09}' | '\u{FF0C}' | '\u{FF1A}' | '\u{FF1B}' | '\u{FF1F}' | '“' | '”' | '„' | '«' | '»' | '‹' | '›'
        )
}

/// Whether `link` is worth following. One that carries a name or password is not: `https://bank.example@evil.example`
/// exists to deceive.
fn is_link(link: &str) -> bool {
    link.len() <= LINK_BYTES_MAX
        && url::Url::parse(link).is_ok_and(|url| {
            matches!(url.scheme(), "http" | "https")
                && url.has_host()
                && url.username().is_empty()
                && url.password().is_none()
        })
}
