//! What the operator configured, as far as use cases care. The binary's configuration fills it.

use url::Url;

/// The settings of a server.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Scheme, host and port under which people reach it; no path.
    pub origin: Url,
    /// What people call it.
    pub title: String,
    /// What it is for, in a sentence or two.
    pub description: String,
    /// Whom to write to.
    pub contact_email: String,
    /// Its rules, in order.
    pub rules: Vec<String>,
    /// Who may sign up.
    pub registrations: Registrations,
    /// Grapheme clusters in a post and its warning together.
    pub post_characters_max: usize,
    /// How much work a password hash is.
    pub password_cost: PasswordCost,
    /// How much is kept in memory.
    pub cache: CacheSettings,
    /// Whether anything of it is real. No configuration says otherwise.
    pub stage: Stage,
}

/// Whether a server is for people or plays a story. No page, command or configuration of a server makes it a play: only
/// `kittiwake replay` does, in a process and a directory of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// For people. A ledger that was founded on made-up rules is refused.
    Real,
    /// A play: rules and crowds may be made up, and the ledger says for ever that they were.
    Play,
}

/// Who may sign up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Registrations {
    /// Anyone.
    Open,
    /// Anyone who is then approved.
    Approval,
    /// Those with an invitation.
    Invitation,
    /// Nobody.
    Closed,
}

/// How much work a password hash is: argon2id's parameters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PasswordCost {
    /// OWASP's: 19 MiB, two passes, one lane.
    Full,
    /// As little as the algorithm allows. For tests only: the binary cannot be configured to it.
    Least,
}

/// How much is kept in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CacheSettings {
    /// Heads of outboxes.
    pub heads_max: usize,
    /// Readers' graphs, and what else is kept of readers.
    pub graphs_max: usize,
    /// Accounts with their numbers.
    pub accounts_max: usize,
    /// Posts with their numbers.
    pub posts_max: usize,
}

impl Settings {
    /// The settings of a server at `origin` with everything else as it comes.
    pub fn at(origin: Url) -> Self {
        Self {
            origin,
            title: "Kittiwake".to_owned(),
            description: String::new(),
            contact_email: String::new(),
            rules: Vec::new(),
            registrations: Registrations::Open,
            post_characters_max: 500,
            password_cost: PasswordCost::Full,
            cache: CacheSettings { heads_max: 50_000, graphs_max: 10_000, accounts_max: 20_000, posts_max: 20_000 },
            stage: Stage::Real,
        }
    }

    /// Host and port as people write them behind a name: `example.org`, `localhost:8080`.
    pub fn domain(&self) -> String {
        let host = self.origin.host_str().unwrap_or("localhost");
        self.origin.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
    }

    /// What the ledger is called: the first line of its checkpoints, and its key's name.
    pub fn ledger_origin(&self) -> String {
        format!("{}/ledger", self.domain())
    }

    /// An absolute address under the origin; `path` begins with a slash.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin.as_str().trim_end_matches('/'))
    }
}
