//! Handles: the short name by which an account is called, and the addresses made from it.
//!
//! Says which handles may exist, which may be signed up for, and how `@name@domain` is read. Whether a handle is taken
//! is for the store to say.

use crate::refusal::Refusal;
use std::fmt;
use std::hash::{Hash, Hasher};

/// The longest handle of an account on this server, in characters.
pub const HANDLE_CHARS_MAX: usize = 30;
/// The longest name of an account on another server that is read, in characters.
const REMOTE_NAME_CHARS_MAX: usize = 64;
/// The longest domain (with its port) that is read, in bytes.
const DOMAIN_BYTES_MAX: usize = 260;

/// Why a handle or an address was refused. Each variant's text is a public sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HandleRefusal {
    /// Nothing was given.
    #[error("A handle needs at least one character.")]
    Empty,
    /// More than [`HANDLE_CHARS_MAX`] characters.
    #[error("A handle has at most {HANDLE_CHARS_MAX} characters.")]
    TooLong,
    /// A character other than an ASCII letter, a digit or an underscore.
    #[error("A handle has only the letters a to z, digits and underscores.")]
    Characters,
    /// A name that could be taken for the people who run the server, or for one of its pages.
    #[error("This handle is reserved. Please choose another one.")]
    Reserved,
    /// What follows the `@` is not a domain.
    #[error("This address does not end in a domain name.")]
    Domain,
}

impl From<HandleRefusal> for Refusal {
    fn from(refusal: HandleRefusal) -> Self {
        let code = match refusal {
            HandleRefusal::Empty => "handle_empty",
            HandleRefusal::TooLong => "handle_too_long",
            HandleRefusal::Characters => "handle_characters",
            HandleRefusal::Reserved => "handle_reserved",
            HandleRefusal::Domain => "address_domain",
        };
        Self::invalid("username", code, refusal.to_string())
    }
}

/// A well-formed handle of an account on this server: 1 to 30 ASCII letters, digits and underscores.
///
/// The case is kept as its owner wrote it and means nothing: handles compare and hash by their folded form.
#[derive(Debug, Clone)]
pub struct Handle(String);

impl Handle {
    /// Reads a handle without `@`. Reserved names pass, because accounts of the server itself may have them.
    pub fn parse(text: &str) -> Result<Self, HandleRefusal> {
        if text.is_empty() {
            return Err(HandleRefusal::Empty);
        }
        if !text.bytes().all(is_handle_byte) {
            return Err(HandleRefusal::Characters);
        }
        if text.len() > HANDLE_CHARS_MAX {
            return Err(HandleRefusal::TooLong);
        }
        Ok(Self(text.to_owned()))
    }

    /// Reads a handle that somebody wants to sign up with, or change to.
    ///
    /// Spaces around it and one leading `@` are forgiven; reserved names are not.
    pub fn parse_wanted(text: &str) -> Result<Self, HandleRefusal> {
        let text = text.trim();
        let handle = Self::parse(text.strip_prefix('@').unwrap_or(text))?;
        if is_reserved(&handle.folded()) { Err(HandleRefusal::Reserved) } else { Ok(handle) }
    }

    /// The handle as its owner wrote it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The form under which handles are unique: lower-case ASCII.
    pub fn folded(&self) -> String {
        self.0.to_ascii_lowercase()
    }
}

impl fmt::Display for Handle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl PartialEq for Handle {
    fn eq(&self, other: &Self) -> bool {
        self.0.eq_ignore_ascii_case(&other.0)
    }
}

impl Eq for Handle {}

impl Hash for Handle {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.folded().hash(state);
    }
}

impl PartialOrd for Handle {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Handle {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.folded().cmp(&other.folded())
    }
}

/// Whom an address names.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Address {
    /// An account of this server.
    Local(Handle),
    /// An account of another server.
    Remote {
        /// Lower-case; may hold dots and hyphens, which our own handles never do.
        name: String,
        /// Lower-case ASCII (punycode), with the port where one was given.
        domain: String,
    },
}

impl Address {
    /// Reads `name`, `@name`, `name@domain` and `@name@domain`, also after `acct:`; spaces around it are forgiven.
    ///
    /// `own_domain` is ours, with its port if it has one: an address there is local.
    pub fn parse(text: &str, own_domain: &str) -> Result<Self, HandleRefusal> {
        let text = text.trim();
        let text = text.strip_prefix("acct:").unwrap_or(text);
        let text = text.strip_prefix('@').unwrap_or(text);
        match text.split_once('@') {
            None => Handle::parse(text).map(Self::Local),
            Some((name, domain)) => Self::of_parts(name, domain, own_domain),
        }
    }

    /// The address of `name` at `domain`, both as written.
    pub fn of_parts(name: &str, domain: &str, own_domain: &str) -> Result<Self, HandleRefusal> {
        let domain = fold_domain(domain).ok_or(HandleRefusal::Domain)?;
        if fold_domain(own_domain).as_deref() == Some(&*domain) {
            return Handle::parse(name).map(Self::Local);
        }
        check_remote_name(name)?;
        Ok(Self::Remote { name: name.to_ascii_lowercase(), domain })
    }
}

/// The form under which domains compare: lower-case ASCII, punycode where it was written in another script, with the
/// port where one was given. `None` when it is no domain.
pub fn fold_domain(text: &str) -> Option<String> {
    if text.is_empty() || text.len() > DOMAIN_BYTES_MAX {
        return None;
    }
    let (host, port) = match text.rsplit_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (text, None),
    };
    let url::Host::Domain(host) = url::Host::parse(host).ok()? else {
        return None;
    };
    let host = host.trim_end_matches('.');
    if host.is_empty() || !host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_')) {
        return None;
    }
    match port {
        None => Some(host.to_owned()),
        Some(port) if port.bytes().all(|byte| byte.is_ascii_digit()) => {
            port.parse::<u16>().ok().map(|port| format!("{host}:{port}"))
        }
        Some(_) => None,
    }
}

/// Whether `byte` may stand in a handle of this server.
pub(crate) fn is_handle_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

fn check_remote_name(name: &str) -> Result<(), HandleRefusal> {
    if name.is_empty() {
        return Err(HandleRefusal::Empty);
    }
    if !name.bytes().all(|byte| is_handle_byte(byte) || matches!(byte, b'.' | b'-')) {
        return Err(HandleRefusal::Characters);
    }
    if name.len() > REMOTE_NAME_CHARS_MAX {
        return Err(HandleRefusal::TooLong);
    }
    Ok(())
}

/// Whether nobody may sign up as `folded`.
///
/// Names of staff are caught in their usual disguises too (`Adm1n`, `s_u_p_p_o_r_t`, `admin2`): a letter from a false
/// "support" is how accounts are stolen. Names of pages are caught only as they are.
fn is_reserved(folded: &str) -> bool {
    let plain: String = folded.chars().filter(|c| *c != '_').map(undisguise).collect();
    let unnumbered: String =
        folded.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_').chars().filter(|c| *c != '_').collect();
    STAFF_NAMES.contains(&&*plain) || STAFF_NAMES.contains(&&*unnumbered) || PAGE_NAMES.contains(&folded)
}

fn undisguise(c: char) -> char {
    match c {
        '0' => 'o',
        '1' => 'i',
        '3' => 'e',
        '4' => 'a',
        '5' => 's',
        '7' => 't',
        c => c,
    }
}

/// Names that could be taken for the people who run the server, or for the server itself.
#[rustfmt::skip]
const STAFF_NAMES: &[&str] = &[
    "abuse", "actor", "admin", "administrateur", "administration", "administrator", "admins", "daemon", "guard",
    "helpdesk", "hostmaster", "instance", "kittiwake", "mailerdaemon", "moderateur", "moderation", "moderator",
    "moderators", "mods", "noreply", "nobody", "official", "officiel", "operator", "owner", "postmaster", "privacy",
    "root", "security", "securite", "server", "staff", "support", "sysadmin", "sysop", "system", "team",
    "trustandsafety", "verification", "verified", "webmaster",
];

/// Names of pages, and words that look like one in an address.
#[rustfmt::skip]
const PAGE_NAMES: &[&str] = &[
    "about", "account", "accounts", "activity", "all", "anonymous", "api", "apps", "assets", "auth", "authorize",
    "bookmarks", "compose", "deactivate", "deleted", "discover", "docs", "edit", "embed", "everyone", "explore",
    "favicon", "favourites", "feed", "followers", "following", "health", "help", "home", "host_meta", "inbox", "index",
    "invite", "invites", "ledger", "legal", "lists", "local", "login", "logout", "me", "media", "mentions", "messages",
    "new", "nodeinfo", "notice", "notices", "notifications", "null", "oauth", "outbox", "post", "posts", "profile",
    "public", "register", "report", "reports", "rules", "search", "session", "sessions", "settings", "share",
    "sign_in", "sign_out", "sign_up", "signin", "signout", "signup", "static", "status", "statuses", "streaming",
    "tag", "tags", "terms", "timeline", "timelines", "undefined", "unknown", "user", "users", "webfinger",
    "well_known",
];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn handles_are_letters_digits_and_underscores_up_to_thirty() {
        for good in ["a", "7", "_", "Ada_Lovelace", "x".repeat(30).as_str()] {
            assert_eq!(Handle::parse(good).map(|handle| handle.as_str().to_owned()), Ok(good.to_owned()));
        }
        for (bad, why) in [
            ("", HandleRefusal::Empty),
            ("x".repeat(31).as_str(), HandleRefusal::TooLong),
            ("ada lovelace", HandleRefusal::Characters),
            ("ada.lovelace", HandleRefusal::Characters),
            ("ada-lovelace", HandleRefusal::Characters),
            ("amélie", HandleRefusal::Characters),
            ("@ada", HandleRefusal::Characters),
            ("ada\0", HandleRefusal::Characters),
            ("аda", HandleRefusal::Characters), // a Cyrillic а
        ] {
            assert_eq!(Handle::parse(bad), Err(why), "{bad:?}");
        }
    }

    #[test]
    fn case_is_kept_and_means_nothing() {
        let (written, other) = (Handle::parse("AdaL").expect("good"), Handle::parse("adal").expect("good"));
        assert_eq!(written, other);
        assert_eq!(written.as_str(), "AdaL");
        assert_eq!(written.folded(), "adal");
        assert_eq!(written.cmp(&other), std::cmp::Ordering::Equal);
    }

    #[test]
    fn names_of_staff_and_of_pages_cannot_be_signed_up_for() {
        for reserved in
            ["admin", "Admin", "@ADMIN", "adm1n", "s_upport", "support_2", "r00t", "settings", "api", "oauth", "about"]
        {
            assert_eq!(Handle::parse_wanted(reserved), Err(HandleRefusal::Reserved), "{reserved}");
        }
        for free in ["ada", "badminton", "supporter", "apiary", "abouttime", "settings_fan", "homer", "l33t"] {
            assert!(Handle::parse_wanted(free).is_ok(), "{free}");
        }
        assert!(Handle::parse("admin").is_ok());
    }

    #[test]
    fn reserved_names_are_themselves_well_formed_and_caught() {
        for name in STAFF_NAMES.iter().chain(PAGE_NAMES) {
            assert!(Handle::parse(name).is_ok(), "{name}");
            assert_eq!(Handle::parse_wanted(name), Err(HandleRefusal::Reserved), "{name}");
        }
    }

    #[test]
    fn addresses_are_read_in_all_their_forms() {
        let ada = Address::Local(Handle::parse("ada").expect("good"));
        for text in [
            "ada",
            "@ada",
            " @ada ",
            "ada@cliff.example",
            "@ada@cliff.example",
            "@Ada@CLIFF.example",
            "acct:ada@cliff.example",
        ] {
            assert_eq!(Address::parse(text, "cliff.example"), Ok(ada.clone()), "{text}");
        }
        assert_eq!(Address::parse("@ada@localhost:8080", "localhost:8080"), Ok(ada));
        assert_eq!(
            Address::parse("@Ben.K@Other.Example", "cliff.example"),
            Ok(Address::Remote { name: "ben.k".into(), domain: "other.example".into() })
        );
        assert_eq!(
            Address::parse("ada@bücher.example", "cliff.example"),
            Ok(Address::Remote { name: "ada".into(), domain: "xn--bcher-kva.example".into() })
        );
    }

    #[test]
    fn addresses_that_name_nobody_are_refused() {
        for (text, why) in [
            ("", HandleRefusal::Empty),
            ("@", HandleRefusal::Empty),
            ("@@cliff.example", HandleRefusal::Empty),
            ("ada@", HandleRefusal::Domain),
            ("ada@a@b", HandleRefusal::Domain),
            ("ada@one two", HandleRefusal::Domain),
            ("ada@cliff.example:port", HandleRefusal::Domain),
            ("ada@cliff.example:99999", HandleRefusal::Domain),
            ("ada@127.0.0.1", HandleRefusal::Domain),
            ("a.b@cliff.example", HandleRefusal::Characters),
            ("a b@other.example", HandleRefusal::Characters),
        ] {
            assert_eq!(Address::parse(text, "cliff.example"), Err(why), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in any::<String>()) {
            if let Ok(Address::Remote { name, domain }) = Address::parse(&text, "cliff.example") {
                let again = Address::parse(&format!("@{name}@{domain}"), "cliff.example");
                prop_assert_eq!(again, Ok(Address::Remote { name, domain }));
            }
        }

        #[test]
        fn every_well_formed_handle_is_read(text in "[A-Za-z0-9_]{1,30}") {
            let handle = Handle::parse(&text).expect("well-formed");
            prop_assert_eq!(Handle::parse(&handle.folded()).expect("folded stays well-formed"), handle);
        }
    }
}
