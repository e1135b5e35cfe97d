//! What surrounds every page: who reads it, in which language and zone, on which site.
//!
//! It knows nothing of requests: the caller copies in what the request said.

use crate::locale::{Locale, key};
use crate::part::account::AccountChip;

/// The surroundings of a page. Build one for each request; see [`Page::sample`].
#[derive(Clone, Debug)]
pub struct Page {
    /// The reader's language.
    pub locale: Locale,
    /// The reader's time zone by its IANA name (`Europe/Oslo`). An unknown one counts as UTC.
    pub time_zone: String,
    /// The moment of rendering, in Unix milliseconds.
    pub now_ms: i64,
    /// The colours that the reader asked for.
    pub theme: Theme,
    /// The site.
    pub site: Site,
    /// Whoever is signed in.
    pub viewer: Option<Viewer>,
    /// The token that every form carries. For signed-out readers it belongs to their browser.
    pub csrf: String,
    /// Path and query of this page, where forms should lead back to.
    pub path: String,
    /// What to say once, about what was just done.
    pub flash: Option<Flash>,
}

impl Page {
    /// Whether the page is at this path or below it.
    pub fn is_at(&self, path: &str) -> bool {
        self.path.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '?']))
    }

    /// The address of an account for people of other sites: `@ada@example.org`.
    pub fn full_handle(&self, account: &AccountChip) -> String {
        if account.handle.contains('@') {
            format!("@{}", account.handle)
        } else {
            format!("@{}@{}", account.handle, self.site.domain)
        }
    }
}

/// The site as its operator describes it.
#[derive(Clone, Debug)]
pub struct Site {
    /// Its name, in the wordmark and in titles.
    pub name: String,
    /// One or two sentences of plain text.
    pub description: String,
    /// The domain in `@handle@domain`.
    pub domain: String,
    /// Scheme and authority, without a slash at the end: `https://example.org`.
    pub origin: String,
    /// How many accounts there are, where that is told.
    pub members: Option<u64>,
    /// Tags that many write about now. May be empty.
    pub popular: Vec<TagLine>,
    /// Who may join.
    pub registration: Registration,
}

/// A tag with the number of its posts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TagLine {
    /// Without `#`, as most people write it.
    pub name: String,
    /// Posts with it, in the time that the list is about.
    pub posts: u64,
}

impl TagLine {
    /// The path of its page.
    pub fn url(&self) -> String {
        format!("/tags/{}", self.name)
    }
}

/// Who may sign up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Registration {
    /// Everyone.
    Open,
    /// Everyone; people of the site look at each request.
    Approval,
    /// Whoever was invited.
    Invitation,
    /// Nobody at present.
    Closed,
}

/// The most unread notifications that are told as a number; more are told as more.
pub const UNREAD_MAX: u64 = 20;

/// Whoever is signed in.
#[derive(Clone, Debug)]
pub struct Viewer {
    /// Their account.
    pub account: AccountChip,
    /// Notifications they have not seen, counted to just above [`UNREAD_MAX`].
    pub unread: u64,
    /// People who ask to follow them.
    pub follow_requests: u64,
}

impl Viewer {
    /// Whether there is more unread than is told as a number.
    pub const fn has_more_unread(&self) -> bool {
        self.unread > UNREAD_MAX
    }

    /// The number that is told.
    pub fn unread_told(&self) -> u64 {
        self.unread.min(UNREAD_MAX)
    }
}

/// The colours of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// As the device says.
    #[default]
    Device,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The value of `data-theme`; nothing when the device decides.
    pub fn word(self) -> Option<&'static str> {
        match self {
            Self::Device => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        }
    }
}

/// What was just done, said once on top of the next page. The words are already in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flash {
    /// Whether it went well.
    pub tone: Tone,
    /// One or two sentences of plain text.
    pub text: String,
}

/// Something that was just done, in one word: what a browser remembers from one page to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Said {
    /// Settings were saved.
    Saved,
    /// The password was changed.
    PasswordChanged,
    /// A post was deleted.
    Deleted,
    /// A letter was sent to the new address.
    LetterSent,
    /// The account was brought back.
    Restored,
}

impl Said {
    const ALL: [Self; 5] = [Self::Saved, Self::PasswordChanged, Self::Deleted, Self::LetterSent, Self::Restored];

    /// The word.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Saved => "saved",
            Self::PasswordChanged => "password",
            Self::Deleted => "deleted",
            Self::LetterSent => "letter",
            Self::Restored => "restored",
        }
    }

    /// What a word says.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|said| said.word() == word)
    }

    /// The message in a language.
    pub fn flash(self, locale: Locale) -> Flash {
        let (tone, text) = match self {
            Self::Saved => (Tone::Good, key("flash-saved")),
            Self::PasswordChanged => (Tone::Good, key("flash-password")),
            Self::Deleted => (Tone::Good, key("flash-deleted")),
            Self::LetterSent => (Tone::Note, key("flash-letter")),
            Self::Restored => (Tone::Good, key("flash-restored")),
        };
        Flash { tone, text: locale.t(text).to_owned() }
    }
}

/// How a message is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// It was done.
    Good,
    /// It was refused.
    Alarm,
    /// Something wants to be read.
    Note,
}

impl Tone {
    /// The word in the class name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Alarm => "alarm",
            Self::Note => "note",
        }
    }
}

/// The entry of the navigation that is current.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Nav {
    /// The home timeline.
    Home,
    /// The local timeline.
    Local,
    /// Notifications.
    Notifications,
    /// Search.
    Search,
    /// Bookmarks.
    Bookmarks,
    /// Favourites.
    Favourites,
    /// The viewer's own profile.
    Profile,
    /// Any page of the settings.
    Settings,
    /// Writing.
    Compose,
    /// None of these.
    Elsewhere,
}
