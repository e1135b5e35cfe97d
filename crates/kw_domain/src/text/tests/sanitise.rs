//! What other servers' HTML becomes.

use crate::text::sanitise::{own_html, remote_html};

#[test]
fn what_clients_know_stays() {
    for html in [
        "<p>one<br>two</p>",
        "<p class=\"quote-inline\">RE:</p>",
        "<blockquote><pre><code>a &lt; b</code></pre></blockquote>",
        "<ul><li>a</li></ul><ol start=\"3\" reversed=\"\"><li value=\"4\">b</li></ol>",
        "<p><b>b</b><strong>s</strong><i>i</i><em>e</em><u>u</u><s>s</s><del>d</del></p>",
        "<ruby>漢<rp>(</rp><rt>kan</rt><rp>)</rp></ruby>",
        "<p lang=\"fr\">bonjour</p>",
        "<span class=\"h-card\" translate=\"no\">x</span>",
    ] {
        assert_eq!(remote_html(html), html);
    }
}

#[test]
fn links_are_made_harmless() {
    let rest = "target=\"_blank\" rel=\"nofollow noopener\"";
    for (html, cleaned) in [
        ("<a href=\"https://a.example\">x</a>", format!("<a href=\"https://a.example\" {rest}>x</a>")),
        ("<a href=\"gemini://a.example\">x</a>", format!("<a href=\"gemini://a.example\" {rest}>x</a>")),
        (
            "<a rel=\"me opener\" target=\"_top\" href=\"https://a.example\">x</a>",
            format!("<a href=\"https://a.example\" {rest}>x</a>"),
        ),
        ("<a href=\"javascript:alert(1)\">x</a>", format!("<a {rest}>x</a>")),
        ("<a href=\"JaVaScRiPt&#58;alert(1)\">x</a>", format!("<a {rest}>x</a>")),
        ("<a href=\" data:text/html,x\">x</a>", format!("<a {rest}>x</a>")),
        ("<a href=\"/relative\">x</a>", format!("<a {rest}>x</a>")),
        ("<a href=\"//a.example\">x</a>", format!("<a {rest}>x</a>")),
        ("<a href=\"https://a.example\" onclick=\"x()\">x</a>", format!("<a href=\"https://a.example\" {rest}>x</a>")),
    ] {
        assert_eq!(remote_html(html), cleaned, "{html}");
    }
}

#[test]
fn scripts_styles_and_strangers_go() {
    for (html, cleaned) in [
        ("<script>alert(1)</script>a", "a"),
        ("<style>p{}</style>a", "a"),
        ("<img src=x onerror=alert(1)>a", "a"),
        ("<svg onload=alert(1)><script>x</script></svg>a", "a"),
        ("<math><mi><style><img src=x onerror=alert(1)></style></mi></math>a", "a"),
        ("<iframe src=\"https://a.example\">x</iframe>a", "a"),
        ("<p style=\"color:red\" id=\"x\" onmouseover=\"x\">a</p>", "<p>a</p>"),
        ("<div><section>a</section></div>", "a"),
        ("<form action=\"https://a.example\"><input name=x><button>go</button></form>", "go"),
        ("<!-- comment -->a", "a"),
        ("<p>unclosed", "<p>unclosed</p>"),
        ("<span class=\"h-card evil invisible admin-bar\">a</span>", "<span class=\"h-card invisible\">a</span>"),
        ("<span class=\"evil\">a</span>", "<span>a</span>"),
        ("<p class=\"h-card\">a</p>", "<p>a</p>"),
        ("<p lang=\"x y\">a</p>", "<p>a</p>"),
    ] {
        assert_eq!(remote_html(html), cleaned, "{html}");
    }
}

#[test]
fn headings_become_paragraphs_in_bold() {
    assert_eq!(remote_html("<h1>a</h1><p>b</p>"), "<p><strong>a</strong></p><p>b</p>");
    assert_eq!(remote_html("<h6 onclick=x>a</h6>"), "<p><strong>a</strong></p>");
    assert_eq!(remote_html("&lt;h1&gt;"), "&lt;h1&gt;");
    assert!(!remote_html("<h1><p>a</p><script>x</script></h1>").contains("<p><strong><p>"));
}

#[test]
fn our_own_links_keep_what_they_say() {
    let html = "<a href=\"https://a.example\" target=\"_blank\" rel=\"me nofollow noopener\" translate=\"no\">x</a>";
    assert_eq!(own_html(html), html);
    assert_eq!(own_html("<a rel=\"opener\" target=\"_top\">x</a>"), "<a>x</a>");
    assert_eq!(own_html("<script>x</script><h1>y</h1>"), "y");
}

#[test]
fn endless_and_endlessly_nested_html_is_cut() {
    assert!(remote_html(&"<b>".repeat(100_000)).len() < 2_000_000);
    assert!(remote_html(&"é".repeat(200_000)).len() <= 128 * 1024);
}
