//! Somebody's browser: it speaks HTTP over a real connection, keeps cookies, and sends back the forms that pages have.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::header::{CONTENT_TYPE, COOKIE, HOST, LOCATION, ORIGIN, SET_COOKIE};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use url::{Url, form_urlencoded};

use super::stage::Stage;
use crate::failure::CommandError;

/// Redirects that are followed, one after another.
const REDIRECTS_MAX: usize = 5;

/// What parts the fields of a form that can carry files.
const BOUNDARY: &str = "a-line-that-no-field-has";

/// What a request carries.
#[derive(Debug, Default)]
struct Body {
    kind: &'static str,
    text: String,
}

/// A browser of one person.
#[derive(Debug, Clone)]
pub struct Browser {
    address: SocketAddr,
    origin: Url,
    cookies: BTreeMap<String, String>,
}

/// What came back.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// The path that it came from, after redirects.
    pub path: String,
    /// The body.
    pub text: String,
}

impl Browser {
    /// One that nobody has used yet, for this server.
    pub fn new(stage: &Stage) -> Self {
        Self { address: stage.address(), origin: stage.origin().clone(), cookies: BTreeMap::new() }
    }

    /// The server's name behind an `@`.
    pub fn domain(&self) -> &str {
        &self.origin[url::Position::BeforeHost..url::Position::AfterPort]
    }

    /// Opens a page, and follows where it leads.
    pub async fn open(&mut self, path: &str) -> Result<Answer, CommandError> {
        self.go(Method::GET, path, Body::default()).await
    }

    /// Sends a form, and follows where it leads.
    pub async fn send(&mut self, path: &str, fields: &[(String, String)]) -> Result<Answer, CommandError> {
        let mut body = form_urlencoded::Serializer::new(String::new());
        body.extend_pairs(fields);
        let kind = "application/x-www-form-urlencoded";
        self.go(Method::POST, path, Body { kind, text: body.finish() }).await
    }

    /// Sends a form that can carry files, without any.
    pub async fn send_parts(&mut self, path: &str, fields: &[(String, String)]) -> Result<Answer, CommandError> {
        let part = |(name, value): &(String, String)| {
            format!("--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
        };
        let text = fields.iter().map(part).collect::<String>() + &format!("--{BOUNDARY}--\r\n");
        let kind = concat!("multipart/form-data; boundary=", "a-line-that-no-field-has");
        self.go(Method::POST, path, Body { kind, text }).await
    }

    async fn go(&mut self, method: Method, path: &str, body: Body) -> Result<Answer, CommandError> {
        let (mut method, mut path, mut body) = (method, path.to_owned(), body);
        for _ in 0..=REDIRECTS_MAX {
            let (answer, location) = self.ask(&method, &path, body).await?;
            let Some(next) = location.filter(|_| answer.status.is_redirection()) else { return Ok(answer) };
            let place = self.origin.join(&next).map_err(|error| CommandError::said(format!("{path}: {error}")))?;
            place[url::Position::BeforePath..url::Position::AfterQuery].clone_into(&mut path);
            (method, body) = (Method::GET, Body::default());
        }
        Err(CommandError::said(format!("{path} leads round and round")))
    }

    async fn ask(&mut self, method: &Method, path: &str, body: Body) -> Result<(Answer, Option<String>), CommandError> {
        let broken = |error: hyper::Error| CommandError::said(format!("{method} {path}: {error}"));
        let stream = TcpStream::connect(self.address).await.map_err(CommandError::io("the server does not answer"))?;
        let connected = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await;
        let (mut sender, connection) = connected.map_err(broken)?;
        let connection = tokio::spawn(connection);
        let response = sender.send_request(self.request(method, path, body)?).await.map_err(broken)?;
        let (head, body) = response.into_parts();
        let text = String::from_utf8_lossy(&body.collect().await.map_err(broken)?.to_bytes()).into_owned();
        connection.abort();
        for cookie in head.headers.get_all(SET_COOKIE) {
            self.take(cookie.to_str().unwrap_or_default());
        }
        let location = head.headers.get(LOCATION).and_then(|value| value.to_str().ok()).map(str::to_owned);
        Ok((Answer { status: head.status, path: path.to_owned(), text }, location))
    }

    fn request(&self, method: &Method, path: &str, body: Body) -> Result<Request<Full<Bytes>>, CommandError> {
        let mut request = Request::builder().method(method).uri(path).header(HOST, self.domain());
        if *method == Method::POST {
            request =
                request.header(ORIGIN, self.origin.origin().ascii_serialization()).header(CONTENT_TYPE, body.kind);
        }
        if !self.cookies.is_empty() {
            let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            request = request.header(COOKIE, cookies.join("; "));
        }
        let request = request.body(Full::new(Bytes::from(body.text)));
        request.map_err(|error| CommandError::said(format!("{method} {path}: {error}")))
    }

    fn take(&mut self, cookie: &str) {
        let pair = cookie.split(';').next().and_then(|pair| pair.split_once('='));
        match pair {
            Some((name, "")) => _ = self.cookies.remove(name.trim()),
            Some((name, value)) => _ = self.cookies.insert(name.trim().to_owned(), value.to_owned()),
            None => {}
        }
    }
}
