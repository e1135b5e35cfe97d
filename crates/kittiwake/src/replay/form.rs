//! Reading pages of our own as a browser does, as far as a play needs: forms with what is filled in already, the words that
//! are to be signed, and sentences. No parser for pages of others.

use std::collections::BTreeMap;

/// A form on a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Form {
    /// The attributes of its tag.
    pub attributes: BTreeMap<String, String>,
    /// Names and values of what it sends when nobody changes anything.
    pub fields: Vec<(String, String)>,
    /// The exact words that a passkey is asked to sign.
    pub statement: Option<String>,
}

impl Form {
    /// An attribute of its tag; empty where it has none.
    pub fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }

    /// Fills in a field, whatever was there.
    pub fn fill(&mut self, name: &str, value: impl Into<String>) {
        self.fields.retain(|(known, _)| known != name);
        self.fields.push((name.to_owned(), value.into()));
    }

    /// Adds a value, beside those that are there.
    pub fn tick(&mut self, name: &str, value: &str) {
        self.fields.push((name.to_owned(), value.to_owned()));
    }
}

/// The first form for which `is_wanted` holds.
pub fn find(page: &str, is_wanted: impl Fn(&Form) -> bool) -> Option<Form> {
    page.split("<form").skip(1).map(read).find(is_wanted)
}

/// The form that is sent to `action`.
pub fn sent_to(page: &str, action: &str) -> Option<Form> {
    find(page, |form| form.attribute("action") == action)
}

fn read(text: &str) -> Form {
    let text = text.split("</form>").next().unwrap_or_default();
    let (tag, inside) = text.split_once('>').unwrap_or((text, ""));
    let mut form = Form { attributes: attributes(tag), ..Form::default() };
    for (at, _) in inside.match_indices("<input") {
        let tag = inside[at + 6..].split('>').next().unwrap_or_default();
        let input = attributes(tag);
        let value = |name: &str| input.get(name).cloned().unwrap_or_default();
        let is_off = matches!(value("type").as_str(), "checkbox" | "radio") && !input.contains_key("checked");
        if !is_off && !value("name").is_empty() {
            form.fields.push((value("name"), value("value")));
        }
    }
    form.statement = text_of(inside, "data-statement");
    form
}

/// The text of the first element whose tag has `mark` in it, or begins with it, without tags inside of it.
pub fn text_of(page: &str, mark: &str) -> Option<String> {
    let at = page.find(mark)?;
    let begin = page[at..].find('>')? + at + 1;
    let tag = if mark.starts_with('<') { at } else { page[..at].rfind('<')? };
    let name = &page[tag + 1..];
    let name: String = name.chars().take_while(char::is_ascii_alphanumeric).collect();
    let end = page[begin..].find(&format!("</{name}>"))? + begin;
    let mut text = String::new();
    let mut is_tag = false;
    for letter in page[begin..end].chars() {
        match letter {
            '<' => is_tag = true,
            '>' if is_tag => is_tag = false,
            letter if !is_tag => text.push(letter),
            _ => {}
        }
    }
    Some(unescape(text.trim()))
}

fn attributes(tag: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut rest = tag.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix("=\"").and_then(|quoted| quoted.split_once('"')) {
            Some((value, after)) => (unescape(value), after),
            None => (String::new(), after.trim_start_matches('=')),
        };
        found.insert(name.to_owned(), value);
        rest = after.trim_start();
    }
    found
}

/// Text as it was before it was written into a page.
pub fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let known = after.split_once(';').and_then(|(name, after)| Some((letter(name)?, after)));
        match known {
            Some((letter, after)) => {
                out.push(letter);
                rest = after;
            }
            None => {
                out.push('&');
                rest = after;
            }
        }
    }
    out.push_str(rest);
    out
}

fn letter(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<p class="lead refused-why">Powers to hide end <b>14</b> days before the last&#39; day.</p>
        <form method="post" action="/one"><input type="hidden" name="csrf" value="a&#38;b"><input name="empty"></form>
        <form action="/two" data-sign data-rp="localhost"><input type="hidden" name="statement" value="">
        <input type="checkbox" name="urgent" value="1"><input type="radio" name="power" value="limit" checked>
        <pre class="statement" data-statement tabindex="0">{&#34;a&#34;:&quot;b&quot;}</pre><button data-go disabled>Go</button></form>"#;

    #[test]
    fn a_form_is_read_as_a_browser_would_send_it() {
        let one = sent_to(PAGE, "/one").expect("there is one");
        let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        assert_eq!(one.fields, [pair("csrf", "a&b"), pair("empty", "")]);
        let two = find(PAGE, |form| form.attributes.contains_key("data-sign")).expect("there is one");
        assert_eq!(two.attribute("data-rp"), "localhost");
        assert_eq!(two.fields, [pair("statement", ""), pair("power", "limit")]);
        assert_eq!(two.statement.as_deref(), Some(r#"{"a":"b"}"#));
        assert_eq!(sent_to(PAGE, "/three"), None);
    }

    #[test]
    fn a_sentence_is_read_without_its_tags() {
        let said = text_of(PAGE, "refused-why");
        assert_eq!(said.as_deref(), Some("Powers to hide end 14 days before the last' day."));
        assert_eq!(text_of(PAGE, "field-error"), None);
        assert_eq!(text_of("<p>one</p><h1>Two <span>three</span></h1>", "<h1").as_deref(), Some("Two three"));
    }

    #[test]
    fn what_is_no_entity_stays_as_it_is() {
        assert_eq!(unescape("a & b &nothing; &#65;&#x42; &"), "a & b &nothing; AB &");
    }
}
