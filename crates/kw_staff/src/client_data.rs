//! What the browser says of the page that asked the passkey: WebAuthn's `clientDataJSON` (Level 3, section 5.8.1).
//!
//! Fields that we do not know are let be, as the specification asks for: browsers add some to show that one must. A field that
//! comes twice is refused.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde::Deserialize;

use crate::refusal::Refusal;

/// The longest client data, in bytes.
pub(crate) const CLIENT_DATA_BYTES_MAX: usize = 2048;
/// Its type when a key is made.
pub(crate) const CREATE: &str = "webauthn.create";
/// Its type when a key signs.
pub(crate) const GET: &str = "webauthn.get";

/// What is expected of a client.
pub(crate) struct Expected<'a> {
    pub(crate) kind: &'static str,
    pub(crate) challenge: &'a [u8],
    pub(crate) origin: &'a str,
}

#[derive(Deserialize)]
struct ClientData {
    #[serde(rename = "type")]
    kind: String,
    challenge: String,
    origin: String,
    #[serde(default, rename = "crossOrigin")]
    cross_origin: bool,
    #[serde(default, rename = "topOrigin")]
    top_origin: Option<String>,
}

/// Refused unless `bytes` say what is expected, in a page of ours that is in no page of somebody else.
pub(crate) fn check(bytes: &[u8], expected: &Expected<'_>) -> Result<(), Refusal> {
    if bytes.len() > CLIENT_DATA_BYTES_MAX {
        return Err(malformed());
    }
    let data: ClientData = serde_json::from_slice(bytes).map_err(|_| malformed())?;
    if data.kind != expected.kind {
        return Err(Refusal::new(
            "wrong_ceremony",
            "Your browser answered another question than the one that was asked. Load the page again and start over.",
        ));
    }
    if data.challenge != BASE64_URL_SAFE_NO_PAD.encode(expected.challenge) {
        return Err(Refusal::new(
            "wrong_challenge",
            "This signature is over something else. Load the page again and sign what it shows.",
        ));
    }
    if data.origin != expected.origin {
        return Err(Refusal::new(
            "wrong_origin",
            format!("This signature was made on another site. Sign on {} only.", expected.origin),
        ));
    }
    if data.cross_origin || data.top_origin.is_some() {
        return Err(Refusal::new(
            "cross_origin",
            format!("This signature was made inside a page of another site. Open {} itself.", expected.origin),
        ));
    }
    Ok(())
}

/// As a browser writes it.
pub(crate) fn write(expected: &Expected<'_>) -> Vec<u8> {
    let text = |text: &str| serde_json::Value::from(text).to_string();
    format!(
        "{{\"type\":{},\"challenge\":{},\"origin\":{},\"crossOrigin\":false}}",
        text(expected.kind),
        text(&BASE64_URL_SAFE_NO_PAD.encode(expected.challenge)),
        text(expected.origin),
    )
    .into_bytes()
}

fn malformed() -> Refusal {
    Refusal::new("client_data", "What your browser answered cannot be read. Load the page again and start over.")
}
