//! A small client of the API, as much of it as crashes and measurements need. It knows nothing that a stranger's client
//! would not know.

use std::fmt;
use std::time::Duration;

use serde_json::Value;
use ureq::Agent;

/// One account's connection to one server.
#[derive(Debug, Clone)]
pub struct Client {
    agent: Agent,
    origin: String,
    token: String,
}

/// Why a call brought no answer to work with.
#[derive(Debug)]
pub enum Trouble {
    /// The connection broke, or there was none: what was asked may or may not have happened.
    Cut(String),
    /// The server answered, and it was a refusal.
    Refused(u16, String),
}

impl fmt::Display for Trouble {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cut(why) => write!(out, "the connection broke: {why}"),
            Self::Refused(status, body) => write!(out, "status {status}: {body}"),
        }
    }
}

type Answer = Result<Value, Trouble>;

impl Client {
    /// Signs up a new account through the API, as an application does it.
    pub fn sign_up(origin: &str, handle: &str, password: &str) -> Result<Self, Trouble> {
        let agent: Agent = Agent::config_builder()
            .timeout_global(Some(Duration::from_secs(30)))
            .http_status_as_error(false)
            .build()
            .into();
        let mut client = Self { agent, origin: origin.to_owned(), token: String::new() };
        let oob = "urn:ietf:wg:oauth:2.0:oob";
        let scopes = "read write follow";
        let app = client.post(
            "/api/v1/apps",
            &[("client_name", "xtask"), ("redirect_uris", oob), ("scopes", scopes)],
            None,
        )?;
        let grant = [
            ("grant_type", "client_credentials"),
            ("client_id", text(&app, "client_id")),
            ("client_secret", text(&app, "client_secret")),
            ("scope", scopes),
        ];
        let token = client.post("/oauth/token", &grant, None)?;
        text(&token, "access_token").clone_into(&mut client.token);
        let email = format!("{handle}@example.org");
        let form =
            [("username", handle), ("email", &email), ("password", password), ("agreement", "true"), ("locale", "en")];
        let token = client.post("/api/v1/accounts", &form, None)?;
        text(&token, "access_token").clone_into(&mut client.token);
        Ok(client)
    }

    /// Reads `path`, which may carry a query.
    pub fn get(&self, path: &str) -> Answer {
        let request = self.agent.get(format!("{}{path}", self.origin)).header("Authorization", self.bearer());
        answer(request.call())
    }

    /// Sends a form. A repeated `key` asks for the outcome that the first call with it had.
    pub fn post(&self, path: &str, form: &[(&str, &str)], key: Option<&str>) -> Answer {
        let mut request = self.agent.post(format!("{}{path}", self.origin));
        if !self.token.is_empty() {
            request = request.header("Authorization", self.bearer());
        }
        if let Some(key) = key {
            request = request.header("Idempotency-Key", key);
        }
        answer(request.send_form(form.iter().copied()))
    }

    /// What stands in the `Authorization` header.
    pub fn bearer(&self) -> String {
        format!("Bearer {}", self.token)
    }
}

/// A text field of an answer; empty when there is none.
pub fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}

fn answer(response: Result<ureq::http::Response<ureq::Body>, ureq::Error>) -> Answer {
    let mut response = response.map_err(|error| Trouble::Cut(error.to_string()))?;
    let status = response.status().as_u16();
    let body = response.body_mut().read_to_string().map_err(|error| Trouble::Cut(error.to_string()))?;
    if !(200..300).contains(&status) {
        return Err(Trouble::Refused(status, body));
    }
    serde_json::from_str(&body).map_err(|error| Trouble::Cut(format!("half an answer: {error}")))
}
