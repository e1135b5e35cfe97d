//! How long texts are.

use crate::text::length::count;

#[test]
fn visible_characters_are_counted() {
    for (text, length) in [
        ("", 0),
        ("hello", 5),
        ("été", 3),
        ("e\u{301}", 1),
        ("👩\u{200D}👩\u{200D}👧\u{200D}👦", 1),
        ("🇫🇷🇬🇧", 2),
        ("a\nb", 3),
        ("हिन्दी", 2),
        (":kittiwake:", 11),
    ] {
        assert_eq!(count(text, ""), length, "{text}");
    }
}

#[test]
fn every_link_counts_twenty_three() {
    assert_eq!(count("https://a.example", ""), 23);
    assert_eq!(count(&format!("https://a.example/{}", "x".repeat(500)), ""), 23);
    assert_eq!(count("see https://a.example and http://b.example/long/path.", ""), 4 + 23 + 5 + 23 + 1);
    assert_eq!(count("ftp://a.example", ""), 15);
}

#[test]
fn mentions_count_without_their_domain() {
    assert_eq!(count("@ada@other.example", ""), 4);
    assert_eq!(count("hi @ada@other.example!", ""), 8);
    assert_eq!(count("@ada", ""), 4);
    assert_eq!(count("ada@other.example", ""), 17);
}

#[test]
fn content_warnings_count_as_written() {
    assert_eq!(count("text", "warning"), 11);
    assert_eq!(count("", "https://a.example/a/long/path"), 29);
}
