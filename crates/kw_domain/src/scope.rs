//! Scopes: what a client may do in somebody's name.
//!
//! A scope is a word. `read` and `write` hold all words that begin with them, `follow` (old) those about blocks, follows
//! and mutes. Which endpoint needs which scope is said in the table of routes.

use std::collections::BTreeSet;
use std::fmt;

/// One scope that we know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Scope(&'static str);

macro_rules! scopes {
    ($($name:ident = $word:literal),* $(,)?) => {
        impl Scope {
            $(#[doc = concat!("`", $word, "`")] pub const $name: Self = Self($word);)*

            /// Every scope, as announced.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];
        }
    };
}

scopes! {
    PROFILE = "profile",
    PUSH = "push",
    FOLLOW = "follow",
    READ = "read",
    READ_ACCOUNTS = "read:accounts",
    READ_BLOCKS = "read:blocks",
    READ_BOOKMARKS = "read:bookmarks",
    READ_FAVOURITES = "read:favourites",
    READ_FILTERS = "read:filters",
    READ_FOLLOWS = "read:follows",
    READ_LISTS = "read:lists",
    READ_MUTES = "read:mutes",
    READ_NOTIFICATIONS = "read:notifications",
    READ_SEARCH = "read:search",
    READ_STATUSES = "read:statuses",
    WRITE = "write",
    WRITE_ACCOUNTS = "write:accounts",
    WRITE_BLOCKS = "write:blocks",
    WRITE_BOOKMARKS = "write:bookmarks",
    WRITE_CONVERSATIONS = "write:conversations",
    WRITE_FAVOURITES = "write:favourites",
    WRITE_FILTERS = "write:filters",
    WRITE_FOLLOWS = "write:follows",
    WRITE_LISTS = "write:lists",
    WRITE_MEDIA = "write:media",
    WRITE_MUTES = "write:mutes",
    WRITE_NOTIFICATIONS = "write:notifications",
    WRITE_REPORTS = "write:reports",
    WRITE_STATUSES = "write:statuses",
    ADMIN_READ = "admin:read",
    ADMIN_READ_ACCOUNTS = "admin:read:accounts",
    ADMIN_READ_REPORTS = "admin:read:reports",
    ADMIN_READ_DOMAIN_ALLOWS = "admin:read:domain_allows",
    ADMIN_READ_DOMAIN_BLOCKS = "admin:read:domain_blocks",
    ADMIN_READ_IP_BLOCKS = "admin:read:ip_blocks",
    ADMIN_READ_EMAIL_DOMAIN_BLOCKS = "admin:read:email_domain_blocks",
    ADMIN_READ_CANONICAL_EMAIL_BLOCKS = "admin:read:canonical_email_blocks",
    ADMIN_WRITE = "admin:write",
    ADMIN_WRITE_ACCOUNTS = "admin:write:accounts",
    ADMIN_WRITE_REPORTS = "admin:write:reports",
    ADMIN_WRITE_DOMAIN_ALLOWS = "admin:write:domain_allows",
    ADMIN_WRITE_DOMAIN_BLOCKS = "admin:write:domain_blocks",
    ADMIN_WRITE_IP_BLOCKS = "admin:write:ip_blocks",
    ADMIN_WRITE_EMAIL_DOMAIN_BLOCKS = "admin:write:email_domain_blocks",
    ADMIN_WRITE_CANONICAL_EMAIL_BLOCKS = "admin:write:canonical_email_blocks",
}

/// What `follow` stands for.
const FOLLOW_PARTS: [Scope; 6] = [
    Scope::READ_BLOCKS,
    Scope::READ_FOLLOWS,
    Scope::READ_MUTES,
    Scope::WRITE_BLOCKS,
    Scope::WRITE_FOLLOWS,
    Scope::WRITE_MUTES,
];

impl Scope {
    /// The scope with this word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|scope| scope.0 == word)
    }

    /// Its word.
    pub const fn word(self) -> &'static str {
        self.0
    }

    /// Whether whoever has this scope has `other` too.
    pub fn includes(self, other: Self) -> bool {
        let is_part = other.0.strip_prefix(self.0).is_some_and(|rest| rest.starts_with(':'));
        self == other || is_part || self == Self::FOLLOW && FOLLOW_PARTS.contains(&other)
    }
}

impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

/// A set of scopes.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scopes(BTreeSet<Scope>);

/// A word that is no scope of ours.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("There is no scope `{0}`")]
pub struct UnknownScope(pub String);

impl Scopes {
    /// The scopes in a text, parted by white space or `+`. Without any: `read`.
    pub fn parse(text: &str) -> Result<Self, UnknownScope> {
        let words = text.split(|c: char| c.is_whitespace() || c == '+').filter(|word| !word.is_empty());
        let scopes = Self::of_words(words)?;
        Ok(if scopes.0.is_empty() { Self::from_iter([Scope::READ]) } else { scopes })
    }

    /// The scopes with these words.
    pub fn of_words<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<Self, UnknownScope> {
        words.into_iter().map(|word| Scope::parse(word).ok_or_else(|| UnknownScope(word.to_owned()))).collect()
    }

    /// What a person may do on our own pages: everything that is theirs.
    pub fn of_browser() -> Self {
        Self::from_iter([Scope::PROFILE, Scope::PUSH, Scope::FOLLOW, Scope::READ, Scope::WRITE])
    }

    /// Whether they hold `scope`, by itself or in a broader one.
    pub fn includes(&self, scope: Scope) -> bool {
        self.0.iter().any(|held| held.includes(scope))
    }

    /// Whether they hold everything that `others` hold.
    pub fn cover(&self, others: &Self) -> bool {
        let held = |scope: Scope| self.includes(scope) || self.includes_follow(scope);
        others.0.iter().all(|scope| held(*scope))
    }

    fn includes_follow(&self, scope: Scope) -> bool {
        scope == Scope::FOLLOW && FOLLOW_PARTS.iter().all(|part| self.includes(*part))
    }

    /// In order of their words.
    pub fn iter(&self) -> impl Iterator<Item = Scope> {
        self.0.iter().copied()
    }

    /// Their words, sorted.
    pub fn words(&self) -> Vec<String> {
        self.0.iter().map(|scope| scope.0.to_owned()).collect()
    }
}

impl FromIterator<Scope> for Scopes {
    fn from_iter<I: IntoIterator<Item = Scope>>(scopes: I) -> Self {
        Self(scopes.into_iter().collect())
    }
}

/// Their words with spaces between, as tokens carry them.
impl fmt::Display for Scopes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words().join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scopes(text: &str) -> Scopes {
        Scopes::parse(text).expect("known scopes")
    }

    #[test]
    fn a_broader_scope_includes_its_parts_and_nothing_else() {
        for (held, asked, included) in [
            ("write", Scope::WRITE_MEDIA, true),
            ("write:media", Scope::WRITE, false),
            ("read", Scope::WRITE_MEDIA, false),
            ("read", Scope::PROFILE, false),
            ("profile", Scope::READ_ACCOUNTS, false),
            ("follow", Scope::WRITE_FOLLOWS, true),
            ("follow", Scope::READ_MUTES, true),
            ("follow", Scope::WRITE_STATUSES, false),
            ("admin:read", Scope::ADMIN_READ_REPORTS, true),
            ("admin:read", Scope::READ_ACCOUNTS, false),
            ("read", Scope::ADMIN_READ, false),
        ] {
            assert_eq!(scopes(held).includes(asked), included, "{held} {asked}");
        }
    }

    #[test]
    fn sets_are_compared_as_sets() {
        assert_eq!(scopes("write read"), scopes("read  write read"));
        assert!(scopes("read write").cover(&scopes("follow write:media")));
        assert!(!scopes("read").cover(&scopes("follow")));
        assert!(!scopes("read").cover(&scopes("read write")));
        assert!(scopes("follow").cover(&scopes("write:blocks read:mutes")));
    }

    #[test]
    fn without_a_scope_it_is_read_and_an_unknown_word_is_named() {
        assert_eq!(scopes("  "), scopes("read"));
        assert_eq!(Scopes::parse("read root"), Err(UnknownScope("root".to_owned())));
        assert_eq!(Scopes::parse("admin"), Err(UnknownScope("admin".to_owned())));
        assert_eq!(scopes("write follow read").to_string(), "follow read write");
    }
}
