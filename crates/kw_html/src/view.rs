//! What every page has in common: a name, a title, what it says of itself to other sites, and a sample.
//!
//! A view is a plain struct with the same name as its template. It holds words and numbers that are ready to be shown,
//! never rows of the store, and it decides nothing: whoever fills it in has gone through the visibility check.

use crate::locale::Locale;
use crate::page::{Nav, Page};

/// One page of the site.
pub trait View: askama::Template + Sized {
    /// The name of the page, for screenshots and tests: `views/<name>.rs`, `templates/views/<name>.html`.
    const NAME: &'static str;

    /// What surrounds the page.
    fn page(&self) -> &Page;

    /// The title that tells this tab from the others, without the name of the site.
    fn title(&self) -> String;

    /// One or two sentences for search engines and link cards. Plain text.
    fn description(&self) -> String {
        self.page().site.description.clone()
    }

    /// Where the reader is.
    fn nav(&self) -> Nav {
        Nav::Elsewhere
    }

    /// The one address of what is shown, as a path, where several addresses lead to it.
    fn canonical(&self) -> Option<String> {
        None
    }

    /// What a link card calls this page.
    fn card(&self) -> Card {
        Card::Website
    }

    /// The picture of a link card: an absolute address, or a path of ours.
    fn picture(&self) -> Option<String> {
        None
    }

    /// Whether search engines may keep this page.
    fn indexing(&self) -> Indexing {
        Indexing::Refused
    }

    /// The address of the picture of a link card.
    fn picture_url(&self) -> String {
        let picture = self.picture().unwrap_or_else(|| crate::assets::path("thumbnail.png").to_owned());
        if picture.starts_with('/') { format!("{}{picture}", self.page().site.origin) } else { picture }
    }

    /// Whether search engines are asked not to keep the page.
    fn is_kept_from_engines(&self) -> bool {
        self.indexing() == Indexing::Refused
    }

    /// The page as HTML.
    fn to_html(&self) -> String {
        self.render().expect("a template only fails when a value refuses to be printed, and ours never do")
    }

    /// The page as it usually looks.
    fn sample(locale: Locale) -> Self;

    /// All the forms of the page that differ enough to be looked at, each with the rest of its name.
    fn samples(locale: Locale) -> Vec<(&'static str, Self)> {
        vec![("", Self::sample(locale))]
    }
}

/// What a page is to the sites that show a card of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Card {
    /// Anything that is not one of the others.
    Website,
    /// Somebody's profile.
    Profile,
    /// A post.
    Article,
}

impl Card {
    /// The word of the Open Graph protocol.
    pub fn word(self) -> &'static str {
        match self {
            Self::Website => "website",
            Self::Profile => "profile",
            Self::Article => "article",
        }
    }
}

/// Whether search engines may keep a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Indexing {
    /// They may.
    Allowed,
    /// They are asked not to.
    Refused,
}
