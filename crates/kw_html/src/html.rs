//! Text that is already HTML.
//!
//! Templates escape every value they print, except values of this type. It says who vouches: whoever builds one. It
//! does not sanitise; that is the work of the text renderer, once, when a post is written.

use std::fmt;

/// HTML that may be printed as it is: it went through the sanitiser, or it was made here from escaped parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SafeHtml(String);

impl SafeHtml {
    /// Vouches that `html` is well formed and holds nothing that its author could use against its reader.
    pub fn trusted(html: impl Into<String>) -> Self {
        Self(html.into())
    }

    /// Plain text, escaped.
    pub fn text(text: &str) -> Self {
        let mut html = String::with_capacity(text.len());
        escape_into(&mut html, text);
        Self(html)
    }

    /// The HTML itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether there is nothing to print.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for SafeHtml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl askama::filters::HtmlSafe for SafeHtml {}

/// Appends `text` with the five characters replaced that mean something in HTML.
pub(crate) fn escape_into(html: &mut String, text: &str) {
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            other => html.push(other),
        }
    }
}
