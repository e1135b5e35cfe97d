//! Where to go after a form: only to paths of our own.

use url::Url;

/// The longest path that is followed, in bytes.
const BYTES_MAX: usize = 2_048;

/// `text` when it is path and query of a page of ours, as a browser would read it too.
pub fn own_path(text: &str) -> Option<&str> {
    let is_plain = text.len() <= BYTES_MAX && text.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    if !is_plain || !text.starts_with('/') || text.starts_with("//") {
        return None;
    }
    // The last word has the parser that browsers agree on: whatever it makes of the text must stay on the site.
    let here = Url::parse("https://here.invalid/").ok()?;
    let there = here.join(text).ok()?;
    (there.origin() == here.origin()).then_some(text)
}

/// `text` when it is a path of ours, else `otherwise`.
pub fn own_path_or<'a>(text: Option<&'a str>, otherwise: &'a str) -> &'a str {
    text.and_then(own_path).unwrap_or(otherwise)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_of_ours_are_followed() {
        for path in ["/", "/home", "/@ada/115?x=1#post-1", "/tags/%C3%A9t%C3%A9", "/search?q=https://evil.example"] {
            assert_eq!(own_path(path), Some(path));
        }
    }

    #[test]
    fn nothing_leads_to_another_site() {
        for text in [
            "",
            "home",
            "https://evil.example/",
            "//evil.example",
            "/\\evil.example",
            "\\\\evil.example",
            "/\t/evil.example",
            " //evil.example",
            "/\r\nLocation: https://evil.example",
            "javascript:alert(1)",
            "/é",
        ] {
            assert_eq!(own_path(text), None, "{text:?}");
        }
        assert_eq!(own_path(&format!("/{}", "a".repeat(BYTES_MAX))), None);
    }
}
