//! Text to the HTML that clients expect.
//!
//! Paragraphs are `<p>`, line ends `<br>`, and there is no line end in the output. Mentions, hashtags and links have the
//! classes by which clients know them. Everything else is escaped.

use super::{MentionName, Parsed, Segment, escape};
use unicode_segmentation::UnicodeSegmentation;

/// How many characters of a link are shown, after its scheme and `www.`.
const LINK_SHOWN_CHARS: usize = 30;

/// The account that a mention turned out to name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MentionTarget {
    /// The account's page; the same as `mentions[].url` in the client API, because clients match on it.
    pub url: String,
    /// The name to show behind `@`, without a domain.
    pub username: String,
}

/// Finds the account behind a mention; `None` leaves the mention plain text.
pub type Resolve<'r> = dyn Fn(&MentionName) -> Option<MentionTarget> + 'r;
/// The address of a hashtag's page, from its folded name.
pub type TagUrl<'r> = dyn Fn(&str) -> String + 'r;

/// The `content` of a post. Empty for an empty text.
pub fn post_html(parsed: &Parsed<'_>, resolve: &Resolve<'_>, tag_url: &TagUrl<'_>) -> String {
    let page = Page { resolve, tag_url, link_rel: "nofollow noopener" };
    let mut html = String::new();
    let lines = page.lines(parsed);
    for paragraph in lines.split(|line| line.is_blank).filter(|paragraph| !paragraph.is_empty()) {
        html.push_str("<p>");
        push_joined(&mut html, paragraph);
        html.push_str("</p>");
    }
    html
}

/// The `note` of an account: a bio is rendered as a post is.
pub fn note_html(parsed: &Parsed<'_>, resolve: &Resolve<'_>, tag_url: &TagUrl<'_>) -> String {
    post_html(parsed, resolve, tag_url)
}

/// The `value` of a profile field: one line without a paragraph, its links marked as the owner's own (`rel="me"`).
pub fn field_html(parsed: &Parsed<'_>, resolve: &Resolve<'_>, tag_url: &TagUrl<'_>) -> String {
    let page = Page { resolve, tag_url, link_rel: "me nofollow noopener" };
    let mut html = String::new();
    push_joined(&mut html, &page.lines(parsed));
    html
}

/// What stays the same while one text is rendered.
struct Page<'r> {
    resolve: &'r Resolve<'r>,
    tag_url: &'r TagUrl<'r>,
    link_rel: &'static str,
}

/// One rendered line; blank when it has nothing but white space.
struct Line {
    html: String,
    is_blank: bool,
}

impl Page<'_> {
    fn lines(&self, parsed: &Parsed<'_>) -> Vec<Line> {
        let mut lines = Vec::new();
        let mut line = Line { html: String::new(), is_blank: true };
        for segment in &parsed.segments {
            let Segment::Text(text) = segment else {
                line.is_blank = false;
                self.push_segment(&mut line.html, segment);
                continue;
            };
            // A lone \r never comes out of `clean`; here it must not come through either.
            for (at, piece) in text.split(['\n', '\r']).enumerate() {
                if at > 0 {
                    lines.push(std::mem::replace(&mut line, Line { html: String::new(), is_blank: true }));
                }
                line.is_blank &= piece.trim().is_empty();
                escape::push_text(&mut line.html, piece);
            }
        }
        lines.push(line);
        lines
    }

    fn push_segment(&self, html: &mut String, segment: &Segment<'_>) {
        match segment {
            Segment::Text(text) => escape::push_text(html, text),
            Segment::Link(url) => self.push_link(html, url),
            Segment::Mention { written, name } => match (self.resolve)(name) {
                Some(target) => push_mention(html, &target),
                None => escape::push_text(html, written),
            },
            Segment::Tag { written, name } => self.push_tag(html, written, name),
        }
    }

    /// A link in three spans: what nobody reads, what is shown, and the rest; so copying gives the whole link.
    fn push_link(&self, html: &mut String, url: &str) {
        let (prefix, shown, rest) = split_link(url);
        push_open_link(html, url);
        html.push_str("target=\"_blank\" rel=\"");
        html.push_str(self.link_rel);
        html.push_str("\" translate=\"no\"><span class=\"invisible\">");
        escape::push_text(html, prefix);
        html.push_str(if rest.is_empty() { "</span><span>" } else { "</span><span class=\"ellipsis\">" });
        escape::push_text(html, shown);
        html.push_str("</span><span class=\"invisible\">");
        escape::push_text(html, rest);
        html.push_str("</span></a>");
    }

    fn push_tag(&self, html: &mut String, written: &str, name: &str) {
        push_open_link(html, &(self.tag_url)(name));
        html.push_str("class=\"mention hashtag\" rel=\"tag\">#<span>");
        escape::push_text(html, written.trim_start_matches(['#', '＃']));
        html.push_str("</span></a>");
    }
}

fn push_mention(html: &mut String, target: &MentionTarget) {
    html.push_str("<span class=\"h-card\" translate=\"no\">");
    push_open_link(html, &target.url);
    html.push_str("class=\"u-url mention\">@<span>");
    escape::push_text(html, &target.username);
    html.push_str("</span></a></span>");
}

fn push_open_link(html: &mut String, url: &str) {
    html.push_str("<a href=\"");
    escape::push_attribute(html, url);
    html.push_str("\" ");
}

fn push_joined(html: &mut String, lines: &[Line]) {
    for (at, line) in lines.iter().enumerate() {
        if at > 0 {
            html.push_str("<br>");
        }
        html.push_str(&line.html);
    }
}

/// Cuts a link into scheme with `www.`, the part that is shown, and the rest. Never cuts through a visible character.
fn split_link(url: &str) -> (&str, &str, &str) {
    let scheme = url.find("://").map_or(0, |at| at + 3);
    let www = if url[scheme..].get(..4).is_some_and(|start| start.eq_ignore_ascii_case("www.")) { 4 } else { 0 };
    let (prefix, behind) = url.split_at(scheme + www);
    let mut chars = 0;
    let cut = behind.grapheme_indices(true).find_map(|(at, grapheme)| {
        chars += grapheme.chars().count();
        (chars > LINK_SHOWN_CHARS).then_some(at)
    });
    let (shown, rest) = behind.split_at(cut.unwrap_or(behind.len()));
    (prefix, shown, rest)
}
