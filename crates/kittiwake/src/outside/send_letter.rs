//! Letters, handed to the configured mail server. Plain text, one recipient, no retries: a use case that needs one sends
//! again.

use std::time::Duration;

use kw_app::failure::Failure;
use kw_app::outside::{Letter, Mailer, OutsideFuture};
use lettre::message::{Mailbox, header::ContentType};
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::config::Secret;
use crate::failure::CommandError;

const TIMEOUT: Duration = Duration::from_secs(15);

/// Sends through one mail server.
#[derive(Debug)]
pub struct SmtpMailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

impl SmtpMailer {
    /// A mailer for the server at `url`, which sends as `from`. Connects when the first letter is sent.
    pub fn new(url: &Secret, from: &str) -> Result<Self, CommandError> {
        // The error may quote the address, which holds the password.
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.reveal())
            .map_err(|_| CommandError::said("`smtp_url` is not the address of a mail server that can be used"))?;
        let from = from.parse().map_err(|_| CommandError::said("`smtp_from` is not an e-mail address"))?;
        Ok(Self { transport: transport.timeout(Some(TIMEOUT)).build(), from })
    }

    async fn deliver(&self, letter: Letter) -> Result<(), Failure> {
        let to =
            letter.to.parse::<Mailbox>().map_err(|_| Failure::Outside("this is not an e-mail address".to_owned()))?;
        let message = Message::builder()
            .from(self.from.clone())
            .to(to)
            .subject(letter.subject)
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text)
            .map_err(|error| Failure::Outside(format!("the letter could not be written: {error}")))?;
        let sent = self.transport.send(message).await;
        sent.map(|_| ()).map_err(|error| Failure::Outside(format!("the mail server did not take the letter: {error}")))
    }
}

impl Mailer for SmtpMailer {
    fn send(&self, letter: Letter) -> OutsideFuture<'_, ()> {
        Box::pin(self.deliver(letter))
    }
}
