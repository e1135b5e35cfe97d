//! What a request says: query string, form, multipart and JSON as one nested value.
//!
//! On every method the four mean the same. `a[]=1&a[]=2`, `a[0]=1`, `a=1&a=2`, `{"a": [1, 2]}` and `{"a[]": [1, 2]}` are one
//! list; `source[privacy]=x` and `{"source": {"privacy": "x"}}` one map. A `null` was not said. Unknown names are
//! ignored. What cannot be read at all (bad UTF-8, a broken body, too deep, too many) is refused before any handler runs.

mod form;
mod json;
mod multipart;
mod read;
mod value;

pub use read::{Flagged, From64};
pub use value::{File, Value};

use axum::body::Bytes;
use axum::extract::{FromRequest, Multipart, Request};
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode};

use crate::edge::Web;
use crate::error::Problem;
use value::Tree;

/// Deepest nesting of names.
const DEPTH_MAX: usize = 8;
/// Most values in one request.
const VALUES_MAX: usize = 1_000;
/// Longest name of a value, in bytes.
const NAME_BYTES_MAX: usize = 256;

/// Everything a request said.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Params(Tree);

impl Params {
    /// The parameters of a query string alone.
    pub fn from_query(query: &str) -> Result<Self, Problem> {
        Ok(Self(form::read(query.as_bytes())?))
    }

    /// Whether nothing was said.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromRequest<Web> for Params {
    type Rejection = Problem;

    async fn from_request(mut request: Request, web: &Web) -> Result<Self, Problem> {
        // The guard of a page has read its form already.
        if let Some(params) = request.extensions_mut().remove::<Self>() {
            return Ok(params);
        }
        let mut tree = form::read(request.uri().query().unwrap_or_default().as_bytes())?;
        let body = match Kind::of(request.headers()) {
            Kind::Multipart => {
                let parts = Multipart::from_request(request, web).await;
                multipart::read(parts.map_err(|rejection| refuse(rejection.status(), &rejection.body_text()))?).await?
            }
            kind => {
                let bytes = Bytes::from_request(request, web).await;
                let bytes = bytes.map_err(|rejection| refuse(rejection.status(), &rejection.body_text()))?;
                match kind {
                    _ if bytes.is_empty() => Tree::default(),
                    Kind::Json => json::read(&bytes)?,
                    Kind::Form => form::read(&bytes)?,
                    Kind::Multipart | Kind::Unknown => return Err(unknown_kind()),
                }
            }
        };
        tree.replace_with(body);
        Ok(Self(tree))
    }
}

/// How a body is written.
enum Kind {
    Json,
    Form,
    Multipart,
    Unknown,
}

impl Kind {
    fn of(headers: &HeaderMap) -> Self {
        let written = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let essence = written.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
        match &*essence {
            "multipart/form-data" => Self::Multipart,
            // Some clients register without saying how.
            "" | "application/x-www-form-urlencoded" => Self::Form,
            _ if essence == "application/json" || essence.ends_with("+json") => Self::Json,
            _ => Self::Unknown,
        }
    }
}

fn unknown_kind() -> Problem {
    let sentence = "A body is a form (URL-encoded or multipart) or JSON, and says so in Content-Type.";
    Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "content_type", sentence)
}

/// Why a body could not be taken in: too large, or cut off.
fn refuse(status: StatusCode, text: &str) -> Problem {
    if status == StatusCode::PAYLOAD_TOO_LARGE {
        return Problem::new(status, "too_large", "This request is larger than is accepted here.");
    }
    tracing::debug!(text, "a body could not be read");
    Problem::unreadable("The body of this request could not be read.")
}

#[cfg(test)]
mod tests;
