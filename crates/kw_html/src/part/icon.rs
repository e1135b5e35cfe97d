//! Icons: strokes of our own, in one sprite that stands at the top of every page.

use crate::html::SafeHtml;
use crate::page::Page;

/// The sprite, as a hidden `<svg>` of symbols.
const SPRITE: &str = include_str!("../../assets/icons.svg");

impl Page {
    /// An icon of the sprite. Decoration: a label always stands beside it.
    pub fn icon(&self, name: &str) -> SafeHtml {
        SafeHtml::trusted(format!("<svg class=\"icon\" aria-hidden=\"true\"><use href=\"#i-{name}\"/></svg>"))
    }

    /// All icons, once a page.
    pub fn sprite(&self) -> SafeHtml {
        SafeHtml::trusted(SPRITE)
    }
}
