//! What a client reads off the wire, as far as tests ask for it. Fields that a test needs beside these are in `raw`.

use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// An answer of the server.
#[derive(Debug, Clone)]
pub struct Answer {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body.
    pub body: Bytes,
}

impl Answer {
    /// The body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// The body as JSON, whatever the status.
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("not JSON ({error}): {}", self.text()))
    }

    /// The body as what was asked for; the test fails unless the status is 200.
    pub fn read<T: DeserializeOwned>(&self) -> T {
        assert_eq!(self.status, StatusCode::OK, "{}", self.text());
        serde_json::from_slice(&self.body).unwrap_or_else(|error| panic!("not that ({error}): {}", self.text()))
    }

    /// The sentence of an error.
    pub fn error(&self) -> String {
        self.json()["error"].as_str().unwrap_or_default().to_owned()
    }

    /// A header as text; empty when it is not there.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// Path and query that the `Link` header names for `rel`.
    pub fn link(&self, rel: &str) -> Option<String> {
        let wanted = format!("rel=\"{rel}\"");
        let link = self.header("link").split(", ").find(|link| link.ends_with(&wanted))?;
        let url = url::Url::parse(link.split(['<', '>']).nth(1)?).ok()?;
        Some(url[url::Position::BeforePath..].to_owned())
    }
}

/// A post, as clients see it. Equal when it is the same post.
#[derive(Debug, Clone, Deserialize)]
pub struct Post {
    /// Its id.
    pub id: String,
    /// The text, as HTML.
    pub content: String,
    /// Who sees it.
    pub visibility: String,
    /// The post that it replies to.
    pub in_reply_to_id: Option<String>,
    /// How often it was favourited.
    pub favourites_count: u64,
    /// How often it was boosted.
    pub reblogs_count: u64,
    /// How often it was replied to.
    pub replies_count: u64,
    /// Who wrote it.
    pub account: Account,
    /// The post that this one boosts.
    pub reblog: Option<Box<Post>>,
    /// Everything else.
    #[serde(flatten)]
    pub raw: Value,
}

impl PartialEq for Post {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// An account, as clients see it. Equal when it is the same account.
#[derive(Debug, Clone, Deserialize)]
pub struct Account {
    /// Its id.
    pub id: String,
    /// Its handle.
    pub username: String,
    /// How many follow it.
    pub followers_count: u64,
    /// How many it follows.
    pub following_count: u64,
    /// How many posts it has.
    pub statuses_count: u64,
    /// Everything else.
    #[serde(flatten)]
    pub raw: Value,
}

impl PartialEq for Account {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

/// What somebody is told: its kind, by whom, and about which post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notification {
    /// The client API's word.
    pub kind: String,
    /// The handle of who caused it.
    pub by: String,
    /// The id of the post that it is about.
    pub post: Option<String>,
}

impl Notification {
    /// A notification as it came.
    pub fn of(value: &Value) -> Self {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        Self {
            kind: text(&value["type"]),
            by: text(&value["account"]["username"]),
            post: value["status"]["id"].as_str().map(str::to_owned),
        }
    }
}

/// The notification that `handle` favourited `post`.
pub fn favourite_by(handle: &str, post: &Post) -> Notification {
    Notification { kind: "favourite".to_owned(), by: handle.to_owned(), post: Some(post.id.clone()) }
}
