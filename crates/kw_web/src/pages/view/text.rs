//! Text as it was written, as the HTML of a page.

use kw_domain::id::AccountId;
use kw_domain::text::render::{self, MentionTarget};
use kw_domain::text::{MentionName, parse, plain};
use kw_html::SafeHtml;

use crate::address::encode_path;

/// The text of a post. `named` are the accounts it names, by handle; `domain` is ours.
pub fn post(text: &str, named: &[(AccountId, String)], domain: &str) -> SafeHtml {
    let resolve = |name: &MentionName| target_of(name, named, domain);
    SafeHtml::trusted(render::post_html(&parse(text), &resolve, &tag_path))
}

/// A bio. Whom it names is not looked up, so their names stay text.
pub fn bio(text: &str) -> SafeHtml {
    SafeHtml::trusted(render::note_html(&parse(text), &|_| None, &tag_path))
}

/// The value of a line of a profile.
pub fn field(text: &str) -> SafeHtml {
    SafeHtml::trusted(render::field_html(&parse(text), &|_| None, &tag_path))
}

/// The first words of a text, on one line.
pub fn excerpt(text: &str, most: usize) -> String {
    plain::excerpt(text, most)
}

fn tag_path(name: &str) -> String {
    format!("/tags/{}", encode_path(name))
}

fn target_of(name: &MentionName, named: &[(AccountId, String)], domain: &str) -> Option<MentionTarget> {
    if name.domain.as_ref().is_some_and(|theirs| theirs != domain) {
        return None;
    }
    let (_, handle) = named.iter().find(|(_, handle)| handle.eq_ignore_ascii_case(&name.name))?;
    Some(MentionTarget { url: format!("/@{handle}"), username: handle.clone() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_is_named_is_linked_within_the_site_and_markup_is_not_markup() {
        let html = post("<b>@Ada</b> #Été", &[(AccountId(1), "ada".to_owned())], "cliff.example");
        assert!(html.as_str().contains("href=\"/@ada\""), "{}", html.as_str());
        assert!(html.as_str().contains("href=\"/tags/%C3%A9t%C3%A9\""), "{}", html.as_str());
        assert!(!html.as_str().contains("<b>"), "{}", html.as_str());
    }

    #[test]
    fn a_name_of_another_site_stays_text() {
        let html = post("@ada@elsewhere.example", &[(AccountId(1), "ada".to_owned())], "cliff.example");
        assert!(!html.as_str().contains("href"), "{}", html.as_str());
    }
}
