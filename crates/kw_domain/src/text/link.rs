//! Finding links in written text: `http` and `https` only, with their scheme written out.

use linkify::{LinkFinder, LinkKind};
use std::ops::Range;

/// A longer link stays plain text: servers and browsers do not follow it anyway.
const LINK_BYTES_MAX: usize = 2048;

/// Behind so many starts of links, false ones included, a text has no more: reading it must stay cheap.
const STARTS_MAX: usize = 500;

/// Where the links of `text` are, in order, not overlapping.
pub(super) fn find(text: &str) -> Vec<Range<usize>> {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]);
    let mut links = Vec::new();
    let (mut from, mut starts) = (0, 0);
    while let Some(at) = text[from..].find("://").filter(|_| starts < STARTS_MAX) {
        let separator = from + at;
        from = separator + 3;
        let behind_last = links.last().map_or(0, |last: &Range<usize>| last.end);
        let Some(start) = scheme_start(&text[..separator]).filter(|start| *start >= behind_last) else { continue };
        starts += 1;
        if let Some(link) = read(&finder, text, start) {
            from = link.end;
            links.push(link);
        }
    }
    links
}

/// Where `http` or `https` begins at the end of `before`, unless a longer word does.
fn scheme_start(before: &str) -> Option<usize> {
    let start = ["https", "http"].iter().find_map(|scheme| {
        let start = before.len().checked_sub(scheme.len())?;
        before.get(start..).is_some_and(|end| end.eq_ignore_ascii_case(scheme)).then_some(start)
    })?;
    let is_word = before[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '@' | '_'));
    (!is_word).then_some(start)
}

/// Reads the link that begins at `start`.
///
/// `linkify` is shown no more than a link may have, so that a false start costs no more than that; and one character
/// in front, because a quote there ends the link.
fn read(finder: &LinkFinder, text: &str, start: usize) -> Option<Range<usize>> {
    let reach = &text[start..];
    let end =
        reach.char_indices().find(|(at, c)| *at > LINK_BYTES_MAX || ends_link(*c)).map_or(reach.len(), |(at, _)| at);
    let quote = usize::from(text[..start].ends_with(['"', '\'']));
    let window = &text[start - quote..start + end];
    let found = finder.links(window).next().filter(|found| found.start() == quote)?;
    // What people write right behind a link is not part of it.
    let link = found.as_str().trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '"', '*', '…']);
    let end = start + link.len();
    // `https://https://a.example`: what looks like a host is the scheme of the link that was meant.
    (is_link(link) && !text[end..].starts_with("://")).then_some(start..end)
}

/// Other scripts' spaces, brackets and full stops, and characters that cannot be seen.
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
