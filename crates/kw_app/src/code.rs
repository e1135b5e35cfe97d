//! Codes that are used once: what they are for is stored under their hash, and expires.

use kw_domain::time::Millis;
use kw_store::Stamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::context::Context;
use crate::failure::Failure;
use crate::families::CODE;
use crate::key::Only;
use crate::rows::{CodeRow, Hash};
use crate::secret::token;

/// How long a code of a running sign-in or authorisation is good for, in milliseconds.
pub const SHORT_MS: u64 = 10 * Millis::MINUTE;
/// How long a code in a letter is good for, in milliseconds.
pub const LETTER_MS: u64 = 2 * Millis::DAY;

/// What a code is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A client is to get a token.
    Authorisation,
    /// An e-mail address is to be confirmed.
    Confirmation,
    /// A forgotten password is to be replaced.
    Reset,
    /// A password was right, and a second factor is to follow.
    SecondFactor,
    /// A passkey is to be enrolled.
    Enrolment,
    /// The owner of a stepped-up account is to show that it is them.
    StepUp,
    /// A member of staff is to sign in.
    StaffSignIn,
    /// A member of staff was sent a link to make a passkey.
    StaffInvitation,
    /// A browser is making a passkey of staff's.
    StaffEnrolment,
}

impl Purpose {
    const fn word(self) -> &'static str {
        match self {
            Self::Authorisation => "authorisation",
            Self::Confirmation => "confirmation",
            Self::Reset => "reset",
            Self::SecondFactor => "second_factor",
            Self::Enrolment => "enrolment",
            Self::StepUp => "step_up",
            Self::StaffSignIn => "staff_sign_in",
            Self::StaffInvitation => "staff_invitation",
            Self::StaffEnrolment => "staff_enrolment",
        }
    }

    /// The row of a code with this purpose.
    pub fn row<T: Serialize>(self, value: &T) -> CodeRow {
        CodeRow { purpose: self.word().to_owned(), bytes: pack(value) }
    }
}

/// A code that was found.
#[derive(Debug)]
pub struct Kept<T> {
    /// What it is found by.
    pub hash: Hash,
    /// What it is for.
    pub value: T,
    /// When it was written.
    pub stamp: Stamp,
}

/// A new code and its hash.
pub fn mint(cx: &Context) -> (String, Hash) {
    let code = token::token(cx.random_bytes());
    let hash = token::hash(&code);
    (code, hash)
}

/// What `code` is for, if it is one of that purpose and has not expired.
pub async fn find<T: DeserializeOwned>(cx: &Context, purpose: Purpose, code: &str) -> Result<Option<Kept<T>>, Failure> {
    let hash = token::hash(code);
    let Some(row) = cx.find(&CODE, &hash, &Only).await? else { return Ok(None) };
    if row.value.purpose != purpose.word() {
        return Ok(None);
    }
    Ok(Some(Kept { hash, value: unpack(CODE.family.name, &row.value.bytes)?, stamp: row.stamp }))
}

/// The bytes of a value inside a row.
pub fn pack<T: Serialize>(value: &T) -> Vec<u8> {
    postcard::to_allocvec(value).expect("rows hold nothing that postcard cannot write")
}

/// The value inside a row of `family`.
pub fn unpack<T: DeserializeOwned>(family: &'static str, bytes: &[u8]) -> Result<T, Failure> {
    postcard::from_bytes(bytes).map_err(|error| Failure::Damaged { family, why: error.to_string() })
}
