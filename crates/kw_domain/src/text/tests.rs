//! Tables of cases, and properties that hold for any text.

mod clean;
mod length;
mod parse;
mod properties;
mod render;
mod sanitise;

use super::render::{self as html, MentionTarget};
use super::{MentionName, parse as read};

/// `ada` and `ben@other.example` exist, nobody else does.
fn resolve(name: &MentionName) -> Option<MentionTarget> {
    match (&*name.name, name.domain.as_deref()) {
        ("ada", None | Some("cliff.example")) => {
            Some(MentionTarget { url: "https://cliff.example/@ada".into(), username: "ada".into() })
        }
        ("ben", Some("other.example")) => {
            Some(MentionTarget { url: "https://other.example/@ben".into(), username: "ben".into() })
        }
        _ => None,
    }
}

fn tag_url(name: &str) -> String {
    format!("https://cliff.example/tags/{name}")
}

fn post_html(text: &str) -> String {
    html::post_html(&read(text), &resolve, &tag_url)
}

fn field_html(text: &str) -> String {
    html::field_html(&read(text), &resolve, &tag_url)
}
