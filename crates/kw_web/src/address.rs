//! Where things are: the addresses of accounts, posts, tags and pictures.
//!
//! What people see (`url`) is made of handles and changes with them; what names a thing for good (`uri`) is made of ids.

use kw_app::settings::Settings;
use kw_domain::id::{AccountId, PostId};

/// The page of an account.
pub fn account_url(settings: &Settings, handle: &str) -> String {
    settings.url(&format!("/@{handle}"))
}

/// The name of an account for good.
pub fn account_uri(settings: &Settings, id: AccountId) -> String {
    settings.url(&format!("/users/{id}"))
}

/// The page of a post or boost. Clients take its last part for the id.
pub fn post_url(settings: &Settings, handle: &str, id: PostId) -> String {
    settings.url(&format!("/@{handle}/{id}"))
}

/// The name of a post or boost for good.
pub fn post_uri(settings: &Settings, author: AccountId, id: PostId) -> String {
    settings.url(&format!("/users/{author}/statuses/{id}"))
}

/// The page of a tag, by its folded name.
pub fn tag_url(settings: &Settings, name: &str) -> String {
    settings.url(&format!("/tags/{}", encode_path(name)))
}

/// Where a picture of an account is served. The file's name changes with its content.
pub fn picture_url(settings: &Settings, account: AccountId, file: &str) -> String {
    settings.url(&format!("/media/{account}/{file}"))
}

/// The address of a file that the site serves itself, by its plain name.
pub fn asset_url(settings: &Settings, name: &str) -> String {
    settings.url(kw_html::assets::path(name))
}

/// One part of a path, percent-encoded.
pub fn encode_path(part: &str) -> String {
    use std::fmt::Write as _;

    let mut out = String::with_capacity(part.len());
    for byte in part.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("writing to a string does not fail");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings() -> Settings {
        Settings::at("https://cliff.example".parse().expect("a URL"))
    }

    #[test]
    fn a_post_is_found_under_its_authors_handle_with_the_id_last() {
        assert_eq!(post_url(&settings(), "ada", PostId(7)), "https://cliff.example/@ada/7");
        assert_eq!(account_uri(&settings(), AccountId(5)), "https://cliff.example/users/5");
    }

    #[test]
    fn tags_in_any_script_have_an_address() {
        assert_eq!(tag_url(&settings(), "été"), "https://cliff.example/tags/%C3%A9t%C3%A9");
    }
}
