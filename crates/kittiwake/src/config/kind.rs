//! What values may be: one type a kind, each with a sentence that says what is expected. Nothing is read half: a value
//! is valid, or refused before anything starts.

use std::fmt;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;

use kw_app::settings::Registrations;
use kw_web::Network;
use url::Url;

/// A value as it was written, before anybody knows what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Raw {
    /// A text, number or boolean.
    Text(String),
    /// An array of texts.
    List(Vec<String>),
}

/// How TOML writes values of a kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// In quotes.
    Text,
    /// Bare.
    Number,
    /// In brackets.
    List,
    /// In quotes, and never shown.
    Secret,
}

/// A kind of values.
pub trait Kind {
    /// What it is read as.
    type Value;
    /// How TOML writes it.
    const SHAPE: Shape = Shape::Text;
    /// What is expected, for a sentence that begins "should be".
    fn expected() -> String;
    /// The value, unless it is none of this kind.
    fn read(raw: &Raw) -> Option<Self::Value>;
}

impl Raw {
    /// A single value. An array is none.
    fn text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.trim()),
            Self::List(_) => None,
        }
    }

    /// Several values: an array, or a text with one a line.
    fn list(&self) -> Vec<&str> {
        let all: Vec<&str> = match self {
            Self::Text(text) => text.lines().collect(),
            Self::List(items) => items.iter().map(String::as_str).collect(),
        };
        all.into_iter().map(str::trim).filter(|item| !item.is_empty()).collect()
    }
}

/// An address and a port.
#[derive(Debug)]
pub struct Address;

impl Kind for Address {
    type Value = SocketAddr;

    fn expected() -> String {
        "an address and a port, like 127.0.0.1:8080 or [::]:8080".to_owned()
    }

    fn read(raw: &Raw) -> Option<SocketAddr> {
        raw.text()?.parse().ok()
    }
}

/// Scheme, host, perhaps port. Empty is "not set".
#[derive(Debug)]
pub struct Origin;

impl Kind for Origin {
    type Value = Option<Url>;

    fn expected() -> String {
        "https:// (or http://) and a host, perhaps with a port, and no path: https://social.example.org".to_owned()
    }

    fn read(raw: &Raw) -> Option<Option<Url>> {
        let text = raw.text()?;
        if text.is_empty() {
            return Some(None);
        }
        let url = Url::parse(text).ok()?;
        let is_web = matches!(url.scheme(), "https" | "http") && url.host_str().is_some();
        let is_bare = url.path() == "/" && url.query().is_none() && url.fragment().is_none();
        let is_nobodys = url.username().is_empty() && url.password().is_none();
        (is_web && is_bare && is_nobodys).then_some(Some(url))
    }
}

/// A directory.
#[derive(Debug)]
pub struct Folder;

impl Kind for Folder {
    type Value = PathBuf;

    fn expected() -> String {
        "a directory".to_owned()
    }

    fn read(raw: &Raw) -> Option<PathBuf> {
        Some(raw.text()?).filter(|text| !text.is_empty()).map(PathBuf::from)
    }
}

/// Addresses and networks.
#[derive(Debug)]
pub struct Networks;

impl Kind for Networks {
    type Value = Vec<Network>;
    const SHAPE: Shape = Shape::List;

    fn expected() -> String {
        "a list of addresses or networks, like 127.0.0.1 or 10.0.0.0/8; in the environment, one a line".to_owned()
    }

    fn read(raw: &Raw) -> Option<Vec<Network>> {
        raw.list().into_iter().map(network).collect()
    }
}

fn network(text: &str) -> Option<Network> {
    let (address, bits) = text.split_once('/').map_or((text, None), |(address, bits)| (address, Some(bits)));
    let address: IpAddr = address.parse().ok()?;
    let bits_max = if address.is_ipv4() { 32 } else { 128 };
    let prefix_bits = bits.map_or(Some(bits_max), |bits| bits.parse().ok())?;
    (prefix_bits <= bits_max).then_some(Network { address, prefix_bits })
}

/// What is logged.
#[derive(Debug)]
pub struct Filter;

impl Kind for Filter {
    type Value = String;

    fn expected() -> String {
        "one of error, warn, info, debug, trace, off, or a filter such as `warn,kw_web=debug`".to_owned()
    }

    fn read(raw: &Raw) -> Option<String> {
        let text = raw.text()?;
        let is_level = |part: &str| {
            let level = part.rsplit('=').next().unwrap_or(part).trim();
            ["error", "warn", "info", "debug", "trace", "off"].contains(&level.to_lowercase().as_str())
        };
        let is_filter = text.split(',').all(is_level) && tracing_subscriber::EnvFilter::try_new(text).is_ok();
        is_filter.then(|| text.to_owned())
    }
}

/// How log lines are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFormat {
    /// For people.
    Text,
    /// For machines, one object a line.
    Json,
}

/// A format of log lines.
#[derive(Debug)]
pub struct Format;

impl Kind for Format {
    type Value = LogFormat;

    fn expected() -> String {
        "one of text, json".to_owned()
    }

    fn read(raw: &Raw) -> Option<LogFormat> {
        match raw.text()? {
            "text" => Some(LogFormat::Text),
            "json" => Some(LogFormat::Json),
            _ => None,
        }
    }
}

/// Who may sign up.
#[derive(Debug)]
pub struct SignUps;

impl Kind for SignUps {
    type Value = Registrations;

    fn expected() -> String {
        "one of open, approval, invitation, closed".to_owned()
    }

    fn read(raw: &Raw) -> Option<Registrations> {
        match raw.text()? {
            "open" => Some(Registrations::Open),
            "approval" => Some(Registrations::Approval),
            "invitation" => Some(Registrations::Invitation),
            "closed" => Some(Registrations::Closed),
            _ => None,
        }
    }
}

/// A short text without line breaks.
#[derive(Debug)]
pub struct Line;

impl Kind for Line {
    type Value = String;

    fn expected() -> String {
        "1 to 100 characters on one line".to_owned()
    }

    fn read(raw: &Raw) -> Option<String> {
        let text = raw.text()?;
        let is_line = (1..=100).contains(&text.chars().count()) && !text.chars().any(char::is_control);
        is_line.then(|| text.to_owned())
    }
}

/// A text of some sentences.
#[derive(Debug)]
pub struct Text;

impl Kind for Text {
    type Value = String;

    fn expected() -> String {
        "a text of at most 2,000 characters".to_owned()
    }

    fn read(raw: &Raw) -> Option<String> {
        raw.text().filter(|text| text.chars().count() <= 2_000).map(str::to_owned)
    }
}

/// Several lines.
#[derive(Debug)]
pub struct Lines;

impl Kind for Lines {
    type Value = Vec<String>;
    const SHAPE: Shape = Shape::List;

    fn expected() -> String {
        "a list of at most 50 texts of at most 500 characters; in the environment, one a line".to_owned()
    }

    fn read(raw: &Raw) -> Option<Vec<String>> {
        let lines: Vec<String> = raw.list().into_iter().map(str::to_owned).collect();
        (lines.len() <= 50 && lines.iter().all(|line| line.chars().count() <= 500)).then_some(lines)
    }
}

/// An e-mail address, with or without a name. Empty is "not set".
#[derive(Debug)]
pub struct MailAddress;

impl Kind for MailAddress {
    type Value = String;

    fn expected() -> String {
        "an e-mail address, like harbour@example.org".to_owned()
    }

    fn read(raw: &Raw) -> Option<String> {
        let text = raw.text()?;
        (text.is_empty() || text.parse::<lettre::message::Mailbox>().is_ok()).then(|| text.to_owned())
    }
}

/// Something that is never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// What it is. For whoever has to use it.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

/// The address of a mail server, with the password in it. Empty is "not set".
#[derive(Debug)]
pub struct MailServer;

impl Kind for MailServer {
    type Value = Option<Secret>;
    const SHAPE: Shape = Shape::Secret;

    fn expected() -> String {
        "a mail server, like smtps://user:password@mail.example.org".to_owned()
    }

    fn read(raw: &Raw) -> Option<Option<Secret>> {
        let text = raw.text()?;
        if text.is_empty() {
            return Some(None);
        }
        let url = Url::parse(text).ok()?;
        let is_server = matches!(url.scheme(), "smtp" | "smtps") && url.has_host();
        is_server.then(|| Some(Secret(text.to_owned())))
    }
}

/// A whole number.
#[derive(Debug)]
pub struct Count<const MIN: usize, const MAX: usize>;

impl<const MIN: usize, const MAX: usize> Kind for Count<MIN, MAX> {
    type Value = usize;
    const SHAPE: Shape = Shape::Number;

    fn expected() -> String {
        format!("a whole number from {MIN} to {MAX}")
    }

    fn read(raw: &Raw) -> Option<usize> {
        raw.text()?.replace('_', "").parse().ok().filter(|count| (MIN..=MAX).contains(count))
    }
}

/// Something to multiply with.
#[derive(Debug)]
pub struct Factor;

impl Kind for Factor {
    type Value = f64;
    const SHAPE: Shape = Shape::Number;

    fn expected() -> String {
        "a number from 0.1 to 1000000".to_owned()
    }

    fn read(raw: &Raw) -> Option<f64> {
        raw.text()?.replace('_', "").parse().ok().filter(|factor| (0.1..=1_000_000.0).contains(factor))
    }
}

/// Whether something is done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switch {
    /// It is.
    On,
    /// It is not.
    Off,
}

/// On or off.
#[derive(Debug)]
pub struct Toggle;

impl Kind for Toggle {
    type Value = Switch;

    fn expected() -> String {
        "one of on, off".to_owned()
    }

    fn read(raw: &Raw) -> Option<Switch> {
        match raw.text()? {
            "on" | "true" => Some(Switch::On),
            "off" | "false" => Some(Switch::Off),
            _ => None,
        }
    }
}
