//! What holds for any text.

use super::{field_html, post_html, tag_url};
use crate::text::fold::{fold_for_search, fold_tag};
use crate::text::length::{count, graphemes};
use crate::text::plain::{excerpt, from_html};
use crate::text::sanitise::{own_html, remote_html};
use crate::text::{Segment, clean, parse, render};
use proptest::prelude::*;

/// Any text, and texts made of the pieces that mean something here.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => "[a-zé日 ]{1,8}",
        2 => any::<String>(),
        1 => any::<char>().prop_map(|c| c.to_string()),
        4 => prop::sample::select(vec![
            "@", "#", "＃", "https://", "http://www.", "a.example", "/", "?", "&", "<", ">", "\"", "'", "\n", "\r\n",
            "\n\n", "\t", "\0", "\u{A0}", "\u{202E}", "\u{2069}", "\u{200D}", "\u{301}", "\u{3000}", "@ada", "#Tag",
            "@ben@other.example", ":8080", "<script>", "</p>", "onclick=", "style=", "javascript:", "&lt;", "`", "=",
            "<a href=\"", "]]>", "<!--", "_", "·", "。", "://", "\u{FEFF}",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// HTML and what only looks like it.
fn markup() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        2 => any::<String>(),
        5 => prop::sample::select(vec![
            "<p>", "</p>", "<a href=\"", "\">", "</a>", "<h1>", "</h1>", "<svg>", "<math>", "<style>", "</style>",
            "<script>", "</script>", "<img src=x onerror=", "<table>", "<select>", "<template>", "<noscript>", "<b>",
            "</b>", "<!--", "-->", "javascript:alert(1)", " onclick=x ", " style=x ", "<title>", "<textarea>", "<xmp>",
            "<plaintext>", "<ul>", "<li>", "<br/>", "&lt;", "&#x3c;", "'", "\"", "<p class='h-x onload=y'>", "</svg>",
            "<mglyph>", "<annotation-xml encoding=\"text/html\">", "<ruby>", "<rt>", "https://a.example", "<h2 ",
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 0..16).prop_map(|pieces| pieces.concat())
}

/// Every tag of serialised HTML, with its attributes' names: `<` and quotes are escaped elsewhere, so this reads all.
fn tags_of(html: &str) -> Vec<(String, Vec<String>)> {
    html.split('<')
        .skip(1)
        .map(|piece| {
            let tag = piece.split('>').next().unwrap_or_default();
            let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default().to_owned();
            let outside_values: String = tag.split('"').step_by(2).collect::<Vec<_>>().join(" ");
            let attributes = outside_values
                .split_whitespace()
                .skip(1)
                .map(|attribute| attribute.trim_end_matches('=').to_owned())
                .collect();
            (name, attributes)
        })
        .collect()
}

const KNOWN_TAGS: &[&str] = &[
    "p",
    "br",
    "span",
    "a",
    "del",
    "s",
    "pre",
    "blockquote",
    "code",
    "b",
    "strong",
    "u",
    "i",
    "em",
    "ul",
    "ol",
    "li",
    "ruby",
    "rt",
    "rp",
];
const KNOWN_ATTRIBUTES: &[&str] =
    &["href", "rel", "class", "translate", "target", "start", "reversed", "value", "lang"];

fn assert_harmless(html: &str) -> Result<(), TestCaseError> {
    for (tag, attributes) in tags_of(html) {
        prop_assert!(KNOWN_TAGS.contains(&&*tag), "<{tag}> in {html:?}");
        for attribute in attributes {
            prop_assert!(KNOWN_ATTRIBUTES.contains(&&*attribute), "{attribute} in {html:?}");
        }
    }
    for tag in html.split('<').skip(1).filter_map(|piece| piece.split('>').next()) {
        for href in tag.split(" href=\"").skip(1) {
            let scheme = href.split(':').next().unwrap_or_default();
            let known = ["http", "https", "dat", "dweb", "ipfs", "ipns", "ssb", "gopher", "xmpp", "magnet", "gemini"];
            prop_assert!(known.contains(&&*scheme.trim().to_ascii_lowercase()), "{href:?}");
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn segments_joined_are_the_text(text in texts()) {
        let parsed = parse(&text);
        prop_assert_eq!(parsed.segments.iter().map(Segment::written).collect::<String>(), &*text);
        prop_assert!(parsed.segments.iter().all(|segment| !segment.written().is_empty()));
    }

    #[test]
    fn cleaning_twice_changes_nothing_more(text in texts()) {
        let body = clean::body(&text);
        prop_assert_eq!(clean::body(&body), &*body);
        prop_assert!(body.chars().all(|c| c == '\n' || c == '\t' || !c.is_control()));
        let line = clean::line(&text);
        prop_assert_eq!(clean::line(&line), &*line);
        prop_assert!(!line.contains(['\n', '\t', char::from_u32(0x202E).expect("a mark")]), "{line:?}");
    }

    #[test]
    fn our_html_passes_through_the_sanitiser_unchanged(text in texts()) {
        for html in [post_html(&text), field_html(&text), post_html(&clean::body(&text))] {
            prop_assert!(!html.contains(['\n', '\r']));
            prop_assert_eq!(own_html(&html), &*html);
            assert_harmless(&html)?;
        }
    }

    #[test]
    fn hostile_addresses_stay_inside_their_attribute(url in any::<String>(), name in any::<String>()) {
        let target = render::MentionTarget { url: format!("https://a.example/{url}"), username: name };
        let html = render::post_html(&parse("@ada #x"), &|_| Some(target.clone()), &|tag| format!("https://b.example/{url}{tag}"));
        assert_harmless(&html)?;
    }

    #[test]
    fn html_from_anywhere_is_harmless_after_the_sanitiser(html in markup()) {
        assert_harmless(&remote_html(&html))?;
        assert_harmless(&own_html(&html))?;
    }

    #[test]
    fn text_survives_rendering(text in "[a-z<>&\"' ]{0,40}") {
        let html = render::post_html(&parse(&text), &|_| None, &tag_url);
        let once = text.split_whitespace().collect::<Vec<_>>().join(" ");
        prop_assert_eq!(from_html(&html).split_whitespace().collect::<Vec<_>>().join(" "), once);
    }

    #[test]
    fn a_text_counts_at_most_its_characters_and_its_links(text in texts(), spoiler in texts()) {
        let parsed = parse(&text);
        let links = parsed.segments.iter().filter(|segment| matches!(segment, Segment::Link(_))).count();
        let length = count(&text, "");
        prop_assert!(length <= graphemes(&text) + links * 23);
        prop_assert_eq!(count(&text, &spoiler), length + graphemes(&spoiler));
    }

    #[test]
    fn excerpts_keep_their_bound(text in texts(), max in 0_usize..40) {
        let cut = excerpt(&text, max);
        prop_assert!(graphemes(&cut) <= max, "{cut:?}");
        prop_assert!(!cut.contains('\n'));
    }

    #[test]
    fn folding_twice_changes_nothing_more(text in any::<String>()) {
        prop_assert_eq!(fold_for_search(&fold_for_search(&text)), fold_for_search(&text));
        prop_assert_eq!(fold_tag(&fold_tag(&text)), fold_tag(&text));
    }

    #[test]
    fn a_tag_is_found_again_by_its_name(text in texts()) {
        for tag in parse(&text).tags {
            let again = format!("#{tag}");
            prop_assert_eq!(parse(&again).tags, vec![tag]);
        }
    }
}
