//! The HTML that clients expect.

use super::{field_html, post_html};

#[test]
fn blank_lines_make_paragraphs_and_line_ends_breaks() {
    for (text, html) in [
        ("", ""),
        (" \n ", ""),
        ("hello", "<p>hello</p>"),
        ("one\ntwo", "<p>one<br>two</p>"),
        ("one\n\ntwo", "<p>one</p><p>two</p>"),
        ("one\n \t\n\n\ntwo\n", "<p>one</p><p>two</p>"),
        ("\n\none", "<p>one</p>"),
        ("one\r\n\r\ntwo", "<p>one</p><p>two</p>"),
    ] {
        assert_eq!(post_html(text), html, "{text:?}");
    }
}

#[test]
fn everything_else_is_escaped() {
    for (text, html) in [
        ("<script>alert('x')</script>", "<p>&lt;script&gt;alert('x')&lt;/script&gt;</p>"),
        ("a & b &amp; c", "<p>a &amp; b &amp;amp; c</p>"),
        ("\"quoted\"", "<p>\"quoted\"</p>"),
        ("thin\u{A0}space", "<p>thin&nbsp;space</p>"),
        ("nul\0", "<p>nul</p>"),
        (":kittiwake:", "<p>:kittiwake:</p>"),
    ] {
        assert_eq!(post_html(text), html, "{text:?}");
    }
}

#[test]
fn mentions_of_accounts_are_cards_and_others_stay_text() {
    assert_eq!(
        post_html("hi @Ada, @nobody"),
        "<p>hi <span class=\"h-card\" translate=\"no\"><a href=\"https://cliff.example/@ada\" class=\"u-url mention\">\
         @<span>ada</span></a></span>, @nobody</p>"
    );
    assert_eq!(
        post_html("@ben@other.example"),
        "<p><span class=\"h-card\" translate=\"no\"><a href=\"https://other.example/@ben\" class=\"u-url mention\">\
         @<span>ben</span></a></span></p>"
    );
}

#[test]
fn hashtags_link_to_their_folded_name_and_show_as_written() {
    assert_eq!(
        post_html("#Été!"),
        "<p><a href=\"https://cliff.example/tags/été\" class=\"mention hashtag\" rel=\"tag\">#<span>Été</span></a>!</p>"
    );
}

#[test]
fn links_are_shown_without_scheme_and_cut_at_thirty() {
    let open = "target=\"_blank\" rel=\"nofollow noopener\" translate=\"no\"><span class=\"invisible\">";
    assert_eq!(
        post_html("https://www.a.example/x"),
        format!(
            "<p><a href=\"https://www.a.example/x\" {open}https://www.</span><span>a.example/x</span>\
             <span class=\"invisible\"></span></a></p>"
        )
    );
    assert_eq!(
        post_html("https://a.example/0123456789012345678901234567"),
        format!(
            "<p><a href=\"https://a.example/0123456789012345678901234567\" {open}https://</span>\
             <span class=\"ellipsis\">a.example/01234567890123456789</span>\
             <span class=\"invisible\">01234567</span></a></p>"
        )
    );
    assert!(
        post_html("https://a.example/01234567890123456789").contains("<span>a.example/01234567890123456789</span>")
    );
    assert!(post_html("https://a.example/?a=1&b='2'").contains("href=\"https://a.example/?a=1&amp;b='2\""));
}

#[test]
fn fields_are_one_line_and_their_links_are_the_owners() {
    assert_eq!(field_html("she & her"), "she &amp; her");
    assert_eq!(
        field_html("https://a.example"),
        "<a href=\"https://a.example\" target=\"_blank\" rel=\"me nofollow noopener\" translate=\"no\">\
         <span class=\"invisible\">https://</span><span>a.example</span><span class=\"invisible\"></span></a>"
    );
}

#[test]
fn direction_marks_end_where_their_text_ends() {
    assert_eq!(post_html("a \u{202E}evil"), "<p>a \u{202E}evil\u{202C}</p>");
    assert_eq!(post_html("\u{2067}open \u{202E}both"), "<p>\u{2067}open \u{202E}both\u{202C}\u{2069}</p>");
    assert_eq!(post_html("\u{2067}closed\u{2069} fine"), "<p>\u{2067}closed\u{2069} fine</p>");
    assert!(post_html("\u{202E}x @ada").starts_with("<p>\u{202E}x \u{202C}<span"));
}
