//! Style, scripts, fonts and pictures, inside of the binary.
//!
//! Each has its content's hash in its name, so that a browser may keep it for ever. Names inside of style and scripts
//! are written plainly in the sources (`/assets/site.css`) and replaced here.

use std::borrow::Cow;
use std::sync::OnceLock;

use sha2::{Digest, Sha256};

use crate::page::Page;

/// A file that the site serves under `/assets/`.
#[derive(Clone, Debug)]
pub struct Asset {
    /// The plain name: `site.css`.
    pub name: &'static str,
    /// The path with the hash: `/assets/site.1a2b3c4d.css`.
    pub path: String,
    /// The value of `Content-Type`.
    pub content_type: &'static str,
    /// The content.
    pub bytes: Cow<'static, [u8]>,
}

const CSS: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const FONT: &str = "font/woff2";
const PNG: &str = "image/png";
const SVG: &str = "image/svg+xml";

/// Name, type and content. A file may name those above it.
const SOURCES: [(&str, &str, &[u8]); 18] = [
    ("source-serif-4-latin-600.woff2", FONT, include_bytes!("../assets/source-serif-4-latin-600.woff2")),
    ("source-serif-4-latin-ext-600.woff2", FONT, include_bytes!("../assets/source-serif-4-latin-ext-600.woff2")),
    ("avatar-missing.png", PNG, include_bytes!("../assets/avatar-missing.png")),
    ("header-missing.png", PNG, include_bytes!("../assets/header-missing.png")),
    ("thumbnail.png", PNG, include_bytes!("../assets/thumbnail.png")),
    ("icon-180.png", PNG, include_bytes!("../assets/icon-180.png")),
    ("favicon.svg", SVG, include_bytes!("../assets/favicon.svg")),
    ("site.css", CSS, include_bytes!("../assets/site.css")),
    ("staff.css", CSS, include_bytes!("../assets/staff.css")),
    ("announce.js", SCRIPT, include_bytes!("../assets/announce.js")),
    ("buttons.js", SCRIPT, include_bytes!("../assets/buttons.js")),
    ("composer.js", SCRIPT, include_bytes!("../assets/composer.js")),
    ("keys.js", SCRIPT, include_bytes!("../assets/keys.js")),
    ("menus.js", SCRIPT, include_bytes!("../assets/menus.js")),
    ("passkey.js", SCRIPT, include_bytes!("../assets/passkey.js")),
    ("sign.js", SCRIPT, include_bytes!("../assets/sign.js")),
    ("updates.js", SCRIPT, include_bytes!("../assets/updates.js")),
    ("site.js", SCRIPT, include_bytes!("../assets/site.js")),
];

/// Every file, in no order that matters.
pub fn assets() -> &'static [Asset] {
    static ALL: OnceLock<Vec<Asset>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut all: Vec<Asset> = Vec::with_capacity(SOURCES.len());
        for (name, content_type, source) in SOURCES {
            let bytes = with_hashed_names(content_type, source, &all);
            let path = hashed_path(name, &bytes);
            all.push(Asset { name, path, content_type, bytes });
        }
        all
    })
}

/// The path of a file by its plain name.
pub fn path(name: &str) -> &'static str {
    let found = assets().iter().find(|asset| asset.name == name);
    &found.expect("templates name only files that exist, and a test renders them all").path
}

/// The tokens of the style: colours for light and dark, sizes, faces. For pages that stand alone and load nothing.
pub fn tokens() -> &'static str {
    let style = include_str!("../assets/site.css");
    let (_, rest) = style.split_once("/* Tokens */").expect("the style has its tokens");
    let (tokens, _) = rest.split_once("/* Ground */").expect("the ground stands behind the tokens");
    tokens.trim()
}

impl Page {
    /// The path of a file by its plain name.
    pub fn asset(&self, name: &str) -> &'static str {
        path(name)
    }
}

fn with_hashed_names(content_type: &str, source: &'static [u8], earlier: &[Asset]) -> Cow<'static, [u8]> {
    if content_type != CSS && content_type != SCRIPT {
        return Cow::Borrowed(source);
    }
    let mut text = String::from_utf8_lossy(source).into_owned();
    for asset in earlier {
        text = text.replace(&format!("/assets/{}", asset.name), &asset.path);
    }
    Cow::Owned(text.into_bytes())
}

fn hashed_path(name: &str, bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let hash = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]);
    let (stem, extension) = name.rsplit_once('.').expect("every file has an extension");
    format!("/assets/{stem}.{hash:08x}.{extension}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_plain_name_is_left_in_style_and_scripts() {
        for asset in assets().iter().filter(|asset| [CSS, SCRIPT].contains(&asset.content_type)) {
            let text = String::from_utf8_lossy(&asset.bytes);
            for (name, ..) in SOURCES {
                assert!(!text.contains(&format!("/assets/{name}")), "{} names {name} before it is listed", asset.name);
            }
        }
    }

    #[test]
    fn the_tokens_stand_alone() {
        let tokens = tokens();
        assert!(tokens.starts_with(":root {") && tokens.ends_with('}'));
        assert_eq!(tokens.matches('{').count(), tokens.matches('}').count());
        assert!(tokens.contains("--sea:") && tokens.contains("prefers-color-scheme: dark") && !tokens.contains("url("));
    }

    #[test]
    fn every_name_carries_the_hash_of_its_content() {
        let style = assets().iter().find(|asset| asset.name == "site.css").expect("there is a style");
        assert_eq!(style.path, hashed_path("site.css", &style.bytes));
        assert_ne!(hashed_path("site.css", b"a"), hashed_path("site.css", b"b"));
    }
}
