//! The world outside, as parameters: sending mail, looking at pages of other sites.

use std::fmt::Debug;
use std::pin::Pin;
use std::sync::Arc;

use crate::failure::Failure;

/// What a call to the outside returns.
pub type OutsideFuture<'a, T> = Pin<Box<dyn Future<Output = Result<T, Failure>> + Send + 'a>>;

/// A letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// The address.
    pub to: String,
    /// The subject.
    pub subject: String,
    /// The text, plain.
    pub text: String,
}

/// Sends letters.
pub trait Mailer: Debug + Send + Sync + 'static {
    /// Hands a letter to the mail server.
    fn send(&self, letter: Letter) -> OutsideFuture<'_, ()>;
}

/// Looks at public pages of other sites: never at addresses of this machine or its network, never at more than a
/// megabyte, never for longer than a few seconds.
pub trait Fetcher: Debug + Send + Sync + 'static {
    /// The HTML at an `https` address.
    fn page(&self, url: url::Url) -> OutsideFuture<'_, String>;
}

/// The world outside. `None` where the operator configured no way there.
#[derive(Debug, Clone, Default)]
pub struct Outside {
    /// Mail; without it addresses are not confirmed.
    pub mailer: Option<Arc<dyn Mailer>>,
    /// Pages of other sites; without it links in profiles are not verified.
    pub fetcher: Option<Arc<dyn Fetcher>>,
}
