//! HTML that may be shown: an allow-list, whatever comes in.
//!
//! [`remote_html`] is for what other servers send. [`own_html`] is the last defence for what we rendered ourselves: it
//! changes nothing there (a test holds that) and would stop what a mistake in [`super::render`] let through.

use ammonia::{Builder, UrlRelative};
use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// More HTML than this is cut off before it is read, in bytes.
pub const HTML_BYTES_MAX: usize = 128 * 1024;

/// Elements that stay. Others go and their content stays, except for [`WITHOUT_CONTENT`].
const ELEMENTS: &[&str] = &[
    "a",
    "b",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "i",
    "li",
    "ol",
    "p",
    "pre",
    "rp",
    "rt",
    "ruby",
    "s",
    "span",
    "strong",
    "u",
    "ul",
];
/// Elements that clients do not know; they become paragraphs in bold.
const HEADINGS: &[&str] = &["h1", "h2", "h3", "h4", "h5", "h6"];
/// Elements that go with all that is in them: none of it was meant as text.
const WITHOUT_CONTENT: &[&str] = &[
    "iframe", "math", "noembed", "noframes", "noscript", "object", "script", "select", "style", "svg", "template",
    "textarea", "title", "xmp",
];
const SCHEMES: &[&str] = &["dat", "dweb", "gemini", "gopher", "http", "https", "ipfs", "ipns", "magnet", "ssb", "xmpp"];
const CLASSES: &[&str] = &["ellipsis", "hashtag", "invisible", "mention", "quote-inline"];
/// Microformats, which name themselves by these prefixes.
const CLASS_PREFIXES: &[&str] = &["dt-", "e-", "h-", "p-", "u-"];
/// What a link of ours may say of itself.
const LINK_RELATIONS: &[&str] = &["me", "nofollow", "noopener", "tag"];

/// HTML of another server, reduced to what clients know. Every link gets `rel="nofollow noopener"` and opens anew.
pub fn remote_html(html: &str) -> String {
    let cleaned = REMOTE.clean(bounded(html)).to_string();
    if !HEADINGS.iter().any(|heading| cleaned.contains(&format!("<{heading}>"))) {
        return cleaned;
    }
    // In the cleaned HTML a heading has no attributes and `<` stands for nothing but a tag, so replacing text is sound.
    // It is cleaned again because a heading may have held paragraphs, and paragraphs do not nest.
    let mut replaced = cleaned;
    for heading in HEADINGS {
        replaced =
            replaced.replace(&format!("<{heading}>"), "<p><strong>").replace(&format!("</{heading}>"), "</strong></p>");
    }
    REMOTE.clean(&replaced).to_string()
}

/// HTML of our own, checked against the allow-list. What [`super::render`] writes comes back byte for byte.
pub fn own_html(html: &str) -> String {
    OWN.clean(html).to_string()
}

/// HTML reduced to `<p>` and `<br>`, for reading it as text.
pub(super) fn skeleton_html(html: &str) -> String {
    SKELETON.clean(bounded(html)).to_string()
}

fn bounded(html: &str) -> &str {
    let end = (0..=html.len().min(HTML_BYTES_MAX)).rev().find(|at| html.is_char_boundary(*at));
    &html[..end.unwrap_or(0)]
}

static REMOTE: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = allow_list();
    builder.add_tags(HEADINGS).link_rel(Some("nofollow noopener")).set_tag_attribute_value("a", "target", "_blank");
    builder
});

static OWN: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = allow_list();
    builder.link_rel(None).add_tag_attributes("a", &["rel", "target"]);
    builder
});

static SKELETON: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::empty();
    builder.tags(HashSet::from(["p", "br"])).clean_content_tags(WITHOUT_CONTENT.iter().copied().collect());
    builder
});

fn allow_list() -> Builder<'static> {
    let mut builder = Builder::empty();
    builder
        .tags(ELEMENTS.iter().copied().collect())
        .clean_content_tags(WITHOUT_CONTENT.iter().copied().collect())
        .generic_attributes(HashSet::from(["lang"]))
        .tag_attributes(HashMap::from([
            ("a", HashSet::from(["href", "class", "translate"])),
            ("span", HashSet::from(["class", "translate"])),
            ("p", HashSet::from(["class"])),
            ("ol", HashSet::from(["start", "reversed"])),
            ("li", HashSet::from(["value"])),
        ]))
        .url_schemes(SCHEMES.iter().copied().collect())
        .url_relative(UrlRelative::Deny)
        .strip_comments(true)
        .attribute_filter(filter_attribute);
    builder
}

/// The value that an allowed attribute keeps, or `None` to drop it.
fn filter_attribute<'v>(element: &str, attribute: &str, value: &'v str) -> Option<Cow<'v, str>> {
    match attribute {
        "class" if element == "p" => keep_words(value, |word| word == "quote-inline"),
        "class" => keep_words(value, is_class),
        "rel" => keep_words(value, |word| LINK_RELATIONS.contains(&word)),
        "target" => (value == "_blank").then_some(Cow::Borrowed(value)),
        "translate" => (value == "no").then_some(Cow::Borrowed(value)),
        "start" | "value" => value.parse::<i32>().is_ok().then_some(Cow::Borrowed(value)),
        "reversed" => Some(Cow::Borrowed("")),
        "lang" => is_language_tag(value).then_some(Cow::Borrowed(value)),
        _ => Some(Cow::Borrowed(value)),
    }
}

fn keep_words(value: &str, keep: impl Fn(&str) -> bool) -> Option<Cow<'_, str>> {
    if value.split(' ').all(&keep) {
        return Some(Cow::Borrowed(value));
    }
    let kept = value.split_ascii_whitespace().filter(|word| keep(word)).collect::<Vec<_>>().join(" ");
    (!kept.is_empty()).then_some(Cow::Owned(kept))
}

fn is_class(class: &str) -> bool {
    CLASSES.contains(&class)
        || CLASS_PREFIXES.iter().any(|prefix| {
            class.strip_prefix(prefix).is_some_and(|rest| {
                !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
            })
        })
}

fn is_language_tag(value: &str) -> bool {
    (1..=35).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
