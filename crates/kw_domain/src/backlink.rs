//! Whether a page links back: the proof that a link in a profile leads to a page of the same person.
//!
//! Reads just as much HTML as that takes: the `a` and `link` elements with `rel="me"`, outside comments and scripts. It
//! runs through the page once, whatever the page is made of.

use url::Url;

/// Whether `html` has an `a` or `link` with `rel="me"` to `profile`.
pub fn links_back(html: &str, profile: &Url) -> bool {
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = after(comment, "-->");
            continue;
        }
        let name_length = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let name = rest[..name_length].to_ascii_lowercase();
        let (tag, end) = read_tag(&rest[name_length..]);
        rest = end;
        match name.as_str() {
            "a" | "link" if tag.is_to(profile) => return true,
            "script" | "style" | "template" | "textarea" | "title" => rest = after_element(rest, &name),
            _ => {}
        }
    }
    false
}

/// The attributes of a tag that matter here.
#[derive(Debug, Default)]
struct Tag {
    href: String,
    rel: String,
}

impl Tag {
    fn is_to(&self, profile: &Url) -> bool {
        let is_me = self.rel.split_ascii_whitespace().any(|word| word.eq_ignore_ascii_case("me"));
        is_me && Url::parse(self.href.trim()).is_ok_and(|url| same_page(&url, profile))
    }
}

/// The same page, whatever the case of the path and a slash at its end: handles have no case.
fn same_page(one: &Url, other: &Url) -> bool {
    let path = |url: &Url| url.path().trim_end_matches('/').to_ascii_lowercase();
    one.origin() == other.origin() && path(one) == path(other) && one.query().is_none()
}

/// The attributes up to the end of the tag, and what follows it.
fn read_tag(mut rest: &str) -> (Tag, &str) {
    let mut tag = Tag::default();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() {
            return (tag, rest);
        }
        if let Some(end) = rest.strip_prefix('>') {
            return (tag, end);
        }
        let ends_name = |(_, c): &(usize, char)| c.is_ascii_whitespace() || "=>/".contains(*c);
        let name_length = rest.char_indices().skip(1).find(ends_name).map_or(rest.len(), |(at, _)| at);
        let Some((name, behind)) = rest.split_at_checked(name_length) else { return (tag, "") };
        let (value, behind) = read_value(behind.trim_start_matches(|c: char| c.is_ascii_whitespace()));
        match name.to_ascii_lowercase().as_str() {
            "href" if tag.href.is_empty() => tag.href = value.replace("&amp;", "&"),
            "rel" if tag.rel.is_empty() => value.clone_into(&mut tag.rel),
            _ => {}
        }
        rest = behind;
    }
}

/// The value behind an attribute's name, if there is one, and what follows it.
fn read_value(rest: &str) -> (&str, &str) {
    let Some(rest) = rest.strip_prefix('=') else { return ("", rest) };
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace());
    for quote in ['"', '\''] {
        if let Some(quoted) = rest.strip_prefix(quote) {
            return quoted.split_once(quote).unwrap_or((quoted, ""));
        }
    }
    rest.split_at(rest.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(rest.len()))
}

fn after<'t>(text: &'t str, end: &str) -> &'t str {
    text.split_once(end).map_or("", |(_, rest)| rest)
}

/// What follows the end tag of an element whose content is no markup.
fn after_element<'t>(text: &'t str, name: &str) -> &'t str {
    let mut rest = text;
    while let Some(at) = rest.find("</") {
        rest = &rest[at + 2..];
        if rest.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name)) {
            return rest;
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn profile() -> Url {
        Url::parse("https://cliff.example/@ada").expect("an address")
    }

    #[test]
    fn links_to_oneself_are_found_however_they_are_written() {
        for html in [
            r#"<a rel="me" href="https://cliff.example/@ada">me</a>"#,
            r"<p>text<A HREF='https://cliff.example/@Ada/' REL='nofollow ME'>",
            "<link href=https://cliff.example/@ada rel=me>",
            r#"<script>if (a < b) {}</script><a class="x" rel = "me noopener"
               href = "https://cliff.example/@ada">"#,
            r#"<!-- no --><a href="https://cliff.example/@ada" rel="me"/>"#,
        ] {
            assert!(links_back(html, &profile()), "{html}");
        }
    }

    #[test]
    fn anything_else_is_no_proof() {
        for html in [
            "",
            "<",
            "<a",
            r#"<a href="https://cliff.example/@ada">"#,
            r#"<a rel="me" href="https://cliff.example/@ben">"#,
            r#"<a rel="me" href="https://other.example/@ada">"#,
            r#"<a rel="home" href="https://cliff.example/@ada">"#,
            r#"<a rel="me" href="/@ada">"#,
            r#"<!-- <a rel="me" href="https://cliff.example/@ada"> -->"#,
            r#"<script><a rel="me" href="https://cliff.example/@ada"></script>"#,
            r#"<textarea><a rel="me" href="https://cliff.example/@ada">"#,
            r#"<img alt='<a rel="me" href="https://cliff.example/@ada">'>"#,
            r#"<abbr rel="me" href="https://cliff.example/@ada">"#,
            r#"<a rel="me" href="https://cliff.example/@ada?as=ben">"#,
        ] {
            assert!(!links_back(html, &profile()), "{html}");
        }
    }

    proptest! {
        #[test]
        fn any_page_is_read(html in "[<>/a-e=\"' !\\-éscriptme]{0,80}") {
            links_back(&html, &profile());
        }
    }
}
