//! Finding mentions in written text: `@name` and `@name@domain`.

use crate::handle::{Address, HANDLE_CHARS_MAX, HandleRefusal, fold_domain, is_handle_byte};

/// Whom a mention names, in the form under which names compare.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MentionName {
    /// Lower-case ASCII, without `@`.
    pub name: String,
    /// The domain as given, lower-case ASCII with its port; `None` where the mention names none.
    pub domain: Option<String>,
}

impl MentionName {
    /// Whose address this is, `own_domain` being ours.
    pub fn address(&self, own_domain: &str) -> Result<Address, HandleRefusal> {
        match &self.domain {
            None => Address::parse(&self.name, own_domain),
            Some(domain) => Address::of_parts(&self.name, domain, own_domain),
        }
    }
}

/// Reads a mention at the start of `rest`, which begins with `@`; `before` is the character in front of it.
///
/// Gives the mention's length in bytes. In the middle of a word, in an e-mail address or in a path there is none.
pub(super) fn read(before: Option<char>, rest: &str) -> Option<(usize, MentionName)> {
    if before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '_' | '/' | '=' | '.' | '-' | '+')) {
        return None;
    }
    let behind_at = &rest[1..];
    let long = name_length(behind_at);
    if let Some((length, domain)) = behind_at[long..].strip_prefix('@').and_then(read_domain)
        && (1..=64).contains(&long)
    {
        let name = behind_at[..long].to_ascii_lowercase();
        return Some((1 + long + 1 + length, MentionName { name, domain: Some(domain) }));
    }
    let short = behind_at.bytes().take_while(|byte| is_handle_byte(*byte)).count();
    let next = behind_at[short..].chars().next();
    // `@am` is not meant in `@amélie`, but `@ada` is in `@adaさん`: only a Latin letter goes on with the name.
    if !(1..=HANDLE_CHARS_MAX).contains(&short) || next.is_some_and(goes_on) {
        return None;
    }
    Some((1 + short, MentionName { name: behind_at[..short].to_ascii_lowercase(), domain: None }))
}

fn goes_on(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
        || matches!(c, '\u{AA}' | '\u{B5}' | '\u{BA}' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}')
}

/// The length of a name as other servers allow it: dots and hyphens between letters, digits and underscores.
fn name_length(text: &str) -> usize {
    let reach = text.bytes().take_while(|byte| is_handle_byte(*byte) || matches!(byte, b'.' | b'-')).count();
    let trimmed = text[..reach].trim_end_matches(['.', '-']);
    if trimmed.starts_with(['.', '-']) { 0 } else { trimmed.len() }
}

/// Reads a domain at the start of `text`, with a port if digits follow: its length in bytes and its folded form.
fn read_domain(text: &str) -> Option<(usize, String)> {
    let reach = text.find(|c: char| !(c.is_alphanumeric() || is_mark_or_joint(c))).unwrap_or(text.len());
    let host = text[..reach].trim_end_matches(['.', '-']);
    let port =
        text[host.len()..].strip_prefix(':').map_or(0, |port| port.bytes().take_while(u8::is_ascii_digit).count());
    if (1..=5).contains(&port) {
        let length = host.len() + 1 + port;
        if let Some(domain) = fold_domain(&text[..length]) {
            return Some((length, domain));
        }
    }
    // Without a dot it is no domain that could be reached, except where a port says that somebody tries things at home.
    if !host.contains('.') {
        return None;
    }
    fold_domain(host).map(|domain| (host.len(), domain))
}

fn is_mark_or_joint(c: char) -> bool {
    matches!(c, '.' | '-' | '_') || unicode_normalization::char::is_combining_mark(c)
}
