//! Cleaning, folding, limits and plain text.

use crate::text::clean::{body, is_blank, line};
use crate::text::fold::{fold_for_search, fold_tag};
use crate::text::plain::{excerpt, from_html};
use crate::text::{Subject, TextRefusal, limit};

#[test]
fn bodies_keep_their_lines_and_lose_their_controls() {
    for (written, cleaned) in [
        ("one\r\ntwo\rthree\nfour", "one\ntwo\nthree\nfour"),
        ("a\u{2028}b\u{85}c", "a\nb\nc"),
        ("nul\0 bell\u{7} escape\u{1b}[31m", "nul bell escape[31m"),
        ("tab\tstays", "tab\tstays"),
        ("\u{FEFF}mark", "mark"),
        ("e\u{301}t\u{e9}", "été"),
        ("\n\n  poem\n   indented\n\n", "  poem\n   indented"),
        ("\u{202E}backwards", "\u{202E}backwards"),
        ("👩\u{200D}🚀", "👩\u{200D}🚀"),
        ("", ""),
        (" \n\t ", ""),
    ] {
        assert_eq!(body(written), cleaned, "{written:?}");
    }
}

#[test]
fn lines_are_one_line_without_overrides() {
    for (written, cleaned) in [
        ("  Ada \n\n Lovelace\t", "Ada Lovelace"),
        ("Ada\u{202E}moc.live", "Adamoc.live"),
        ("\u{2066}Ada\u{2069}", "Ada"),
        ("\u{200B}\u{2060}", ""),
        ("\u{3164}", ""),
        ("می\u{200C}خواهم", "می\u{200C}خواهم"),
        ("👩\u{200D}🚀", "👩\u{200D}🚀"),
    ] {
        assert_eq!(line(written), cleaned, "{written:?}");
    }
}

#[test]
fn what_shows_nothing_is_blank() {
    for blank in ["", " \n\t", "\u{200B}", "\u{3000}\u{2800}", "\u{FE0F}"] {
        assert!(is_blank(blank), "{blank:?}");
    }
    for seen in ["a", ".", "👍", "¨"] {
        assert!(!is_blank(seen), "{seen:?}");
    }
}

#[test]
fn names_are_found_without_case_and_accents() {
    for (name, folded) in [
        ("Zoë", "zoe"),
        ("ÉLYSÉE  Palace", "elysee palace"),
        ("Ⓐda ﬁsh", "ada fish"),
        ("İstanbul", "istanbul"),
        ("Ελλάδα", "ελλαδα"),
        ("日本", "日本"),
    ] {
        assert_eq!(fold_for_search(name), folded, "{name}");
    }
}

#[test]
fn tags_that_look_the_same_are_the_same() {
    for (written, folded) in
        [("Rust", "rust"), ("ＲＵＳＴ", "rust"), ("Été", "été"), ("E\u{301}te\u{301}", "été"), ("ｶﾞ", "ガ")]
    {
        assert_eq!(fold_tag(written), folded, "{written}");
    }
}

#[test]
fn texts_are_refused_when_too_long_with_both_numbers_in_the_sentence() {
    let refusal = limit::check_post(&"a".repeat(612), "", 500).expect_err("too long");
    assert_eq!(refusal, TextRefusal::TooLong { subject: Subject::Post, count: 612, max: 500 });
    assert_eq!(refusal.to_string(), "This post is longer than 500 characters (it has 612).");
    assert_eq!(limit::check_post(&"a".repeat(400), &"b".repeat(100), 500), Ok(()));
    assert!(limit::check_post(&"a".repeat(401), &"b".repeat(100), 500).is_err());
    assert_eq!(limit::check_post(" \u{200B}", "\n", 500), Err(TextRefusal::Empty { subject: Subject::Post }));
    assert_eq!(limit::check_post("", "a warning alone", 500), Ok(()));

    assert_eq!(limit::check_display_name(&"é".repeat(30)), Ok(()));
    assert!(limit::check_display_name(&"é".repeat(31)).is_err());
    assert_eq!(limit::check_display_name(&"👩\u{200D}👩\u{200D}👧\u{200D}👦".repeat(30)), Ok(()));
    assert!(limit::check_note(&"n".repeat(501)).is_err());
    assert!(limit::check_field("web", &"v".repeat(256)).is_err());
    assert!(limit::check_field(" ", "a value").is_err());
    assert_eq!(limit::check_field("", ""), Ok(()));
}

#[test]
fn one_character_of_endless_marks_is_refused() {
    let endless = format!("a{}", "\u{301}".repeat(20_000));
    assert!(matches!(limit::check_post(&endless, "", 500), Err(TextRefusal::TooLarge { .. })));
    assert!(matches!(limit::check_display_name(&endless), Err(TextRefusal::TooLarge { .. })));
    assert!(matches!(limit::check_field("name", &endless), Err(TextRefusal::TooLarge { .. })));
}

#[test]
fn html_is_read_as_text() {
    for (html, text) in [
        ("<p>one<br>two</p><p>three</p>", "one\ntwo\n\nthree"),
        ("<p>a &lt; b &amp;amp; c&nbsp;d &quot;e&quot;</p>", "a < b &amp; c d \"e\""),
        ("<p>with <a href=\"https://a.example\">a <b>link</b></a></p>", "with a link"),
        ("<script>alert(1)</script>after", "after"),
        ("a\nb", "a b"),
        ("", ""),
    ] {
        assert_eq!(from_html(html), text, "{html}");
    }
}

#[test]
fn excerpts_are_cut_between_words() {
    for (text, max, cut) in [
        ("short", 10, "short"),
        ("one two three", 13, "one two three"),
        ("one two three", 12, "one two…"),
        ("one two, three", 9, "one two…"),
        ("incomprehensibilities", 8, "incompr…"),
        ("line\n\nbreaks  here", 40, "line breaks here"),
        ("🏴󠁧󠁢󠁥󠁮󠁧󠁿🏴󠁧󠁢󠁥󠁮󠁧󠁿🏴󠁧󠁢󠁥󠁮󠁧󠁿", 2, "🏴󠁧󠁢󠁥󠁮󠁧󠁿…"),
        ("\u{202E}evil title", 40, "evil title"),
        ("anything", 0, ""),
    ] {
        assert_eq!(excerpt(text, max), cut, "{text:?} {max}");
    }
}
