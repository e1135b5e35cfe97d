//! Founding: what a server writes about itself at its first start, and holds on to.
//!
//! Addresses, passkeys and sessions hang on the origin, so rows of one origin are never served under another.

use kw_domain::refusal::{Kind, Refusal};

use crate::authority::{Authority, Job};
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::SECRET;
use crate::key::Only;
use crate::operation::Before;
use crate::rows::SecretRow;

const ORIGIN: u8 = 1;
const EMAIL_KEY: u8 = 2;
const FORM_KEY: u8 = 3;

/// What this server knows and nobody else.
#[derive(Clone)]
pub struct Secrets {
    /// Under this key e-mail addresses are hashed.
    pub email_key: [u8; 32],
    /// Under this key pages sign their forms.
    pub form_key: [u8; 32],
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets(…)")
    }
}

/// Writes what is missing and reads what is there. Refused when the rows belong to another origin.
pub(crate) async fn found(cx: &Context) -> Result<Secrets, Failure> {
    retry(|| found_once(cx)).await
}

async fn found_once(cx: &Context) -> Result<Secrets, Failure> {
    let keys = [ORIGIN, EMAIL_KEY, FORM_KEY];
    let stored = cx.find_many(&SECRET, &Only, &keys).await?;
    let origin = cx.settings().origin.origin().ascii_serialization();
    let mut bytes: Vec<Vec<u8>> = Vec::with_capacity(keys.len());
    let mut draft = cx.draft(&Authority::system(Job::Founding));
    let mut is_whole = true;
    for (key, row) in keys.iter().zip(&stored) {
        if let Some(row) = row {
            bytes.push(row.value.bytes.clone());
            continue;
        }
        let new = if *key == ORIGIN { origin.clone().into_bytes() } else { cx.random_bytes::<32>().to_vec() };
        draft.decide(&SECRET, (&Only, key), Before::Absent, &SecretRow { bytes: new.clone() });
        bytes.push(new);
        is_whole = false;
    }
    check_origin(&bytes[0], &origin)?;
    if !is_whole {
        cx.perform(draft).await?;
    }
    Ok(Secrets { email_key: key_of(&bytes[1])?, form_key: key_of(&bytes[2])? })
}

fn check_origin(stored: &[u8], configured: &str) -> Result<(), Refusal> {
    let stored = String::from_utf8_lossy(stored);
    if stored == configured {
        return Ok(());
    }
    let sentence = format!(
        "This data belongs to {stored}, and the configuration says {configured}. Accounts, passkeys and sessions hang on \
         the address: set `origin` back to {stored}, or start with an empty data directory."
    );
    Err(Refusal::new(Kind::Invalid, "another_origin", sentence))
}

fn key_of(bytes: &[u8]) -> Result<[u8; 32], Failure> {
    let damaged = |_| Failure::Damaged { family: SECRET.family.name, why: "a key is not 32 bytes".to_owned() };
    bytes.try_into().map_err(damaged)
}
