//! What is found in a text.

use crate::text::{Segment, parse};

fn links(text: &str) -> Vec<String> {
    parse(text).links.into_iter().map(str::to_owned).collect()
}

fn tags(text: &str) -> Vec<String> {
    parse(text).tags
}

fn mentions(text: &str) -> Vec<String> {
    parse(text)
        .mentions
        .into_iter()
        .map(|mention| match mention.domain {
            None => mention.name,
            Some(domain) => format!("{}@{domain}", mention.name),
        })
        .collect()
}

#[test]
fn links_have_a_scheme_and_end_where_people_end_them() {
    for (text, found) in [
        ("see https://a.example.", vec!["https://a.example"]),
        ("(https://a.example/x_(y))", vec!["https://a.example/x_(y)"]),
        ("https://a.example/?q=1&r=2#part, then", vec!["https://a.example/?q=1&r=2#part"]),
        ("HTTPS://A.example/Path", vec!["HTTPS://A.example/Path"]),
        ("日本https://a.example/です。次", vec!["https://a.example/です"]),
        ("「https://a.example/」と", vec!["https://a.example/"]),
        ("https://a.example/\u{3000}https://b.example/", vec!["https://a.example/", "https://b.example/"]),
        ("https://bücher.example/ü", vec!["https://bücher.example/ü"]),
        ("http://localhost:8080/@ada/1", vec!["http://localhost:8080/@ada/1"]),
        ("https://a.example https://a.example", vec!["https://a.example"]),
        ("https://a.example/\u{202E}gpj", vec!["https://a.example/"]),
        ("…https://a.example/", vec!["https://a.example/"]),
        ("'https://a.example/x'y", vec!["https://a.example/x"]),
        ("https://https://a.example/", vec!["https://a.example/"]),
        ("<https://a.example/>", vec!["https://a.example/"]),
        ("https://a.example/\"onclick=\"x", vec!["https://a.example/"]),
    ] {
        assert_eq!(links(text), found, "{text}");
    }
}

#[test]
fn other_schemes_and_deceptive_links_stay_text() {
    for text in [
        "example.com",
        "www.example.com",
        "javascript://a.example/%0aalert(1)",
        "ftp://a.example/x",
        "data:text/html,hi",
        "mailto:ada@a.example",
        "https://",
        "https:// a",
        "https://bank.example@evil.example/",
        "https://user:secret@a.example/",
        "xhttps://a.example",
    ] {
        assert_eq!(links(text), Vec::<String>::new(), "{text}");
    }
    let long = format!("https://a.example/{}", "x".repeat(3000));
    assert!(links(&long).is_empty());
}

#[test]
fn mentions_are_read_where_a_word_begins() {
    for (text, found) in [
        ("@ada", vec!["ada"]),
        ("Hello @Ada!", vec!["ada"]),
        ("(@ada, @ben_2)", vec!["ada", "ben_2"]),
        ("@ada @ADA", vec!["ada"]),
        ("@ada@Other.Example.", vec!["ada@other.example"]),
        ("@a.b-c@other.example", vec!["a.b-c@other.example"]),
        ("@ada.", vec!["ada"]),
        ("@ada's", vec!["ada"]),
        ("@adaさん", vec!["ada"]),
        ("こんにちは @ada", vec!["ada"]),
        ("@ada@localhost:8080 hi", vec!["ada@localhost:8080"]),
        ("@ada@other.example: hi", vec!["ada@other.example"]),
        ("@ada@bücher.example", vec!["ada@xn--bcher-kva.example"]),
        ("\n@ada\n", vec!["ada"]),
    ] {
        assert_eq!(mentions(text), found, "{text}");
    }
}

#[test]
fn addresses_paths_and_broken_names_mention_nobody() {
    for text in [
        "ada@other.example",
        "mail ada.l@other.example now",
        "https://other.example/@ada",
        "/@ada",
        "@",
        "@@",
        "@ ada",
        "@amélie",
        "@a\u{301}",
        "@-ada",
        "x=@ada",
        &format!("@{}", "a".repeat(31)),
    ] {
        assert_eq!(mentions(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn hashtags_are_words_of_any_script() {
    for (text, found) in [
        ("#Rust", vec!["rust"]),
        ("#rust #RUST #Rust", vec!["rust"]),
        ("#été, #naïve.", vec!["été", "naïve"]),
        ("#日本語 ＃東京", vec!["日本語", "東京"]),
        ("#हिन्दी", vec!["हिन्दी"]),
        ("#می\u{200C}خواهم", vec!["می\u{200C}خواهم"]),
        ("#snake_case", vec!["snake_case"]),
        ("#2024bird", vec!["2024bird"]),
        ("#2024_25", vec!["2024_25"]),
        ("(#tag)", vec!["tag"]),
        ("##tag", vec!["tag"]),
        ("#two#three", vec!["two"]),
        ("#l·l·", vec!["l·l"]),
        ("#c++", vec!["c"]),
        ("#a-b", vec!["a"]),
        ("#tag\u{200B}more", vec!["tag"]),
        ("#👍 #up👍", vec!["up"]),
    ] {
        assert_eq!(tags(text), found, "{text}");
    }
}

#[test]
fn numbers_anchors_and_entities_are_no_hashtags() {
    for text in [
        "#",
        "# a",
        "#1",
        "#2024",
        "word#tag",
        "https://a.example/#part",
        "/#a",
        "&#x27;",
        "a=#b",
        "#___",
        "#·a",
        "#\u{301}",
    ] {
        assert_eq!(tags(text), Vec::<String>::new(), "{text}");
    }
    assert!(tags(&format!("#{}", "a".repeat(193))).is_empty());
    assert_eq!(tags(&format!("#{}", "a".repeat(192))).len(), 1);
}

#[test]
fn segments_keep_the_order_of_the_text() {
    let parsed = parse("Hi @ada, #rust at https://a.example :bird:");
    let kinds: Vec<_> = parsed
        .segments
        .iter()
        .map(|segment| match segment {
            Segment::Text(text) => format!("text {text}"),
            Segment::Link(url) => format!("link {url}"),
            Segment::Mention { written, .. } => format!("mention {written}"),
            Segment::Tag { written, .. } => format!("tag {written}"),
        })
        .collect();
    assert_eq!(
        kinds,
        ["text Hi ", "mention @ada", "text , ", "tag #rust", "text  at ", "link https://a.example", "text  :bird:"]
    );
}
