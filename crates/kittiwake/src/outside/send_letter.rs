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

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
    use tokio::net::TcpListener;

    use super::*;
    use crate::config::Config;

    /// The least of mail servers: takes one letter and answers it as it came.
    async fn take_letter(listener: TcpListener) -> String {
        let (stream, _) = listener.accept().await.expect("somebody comes");
        let mut stream = BufReader::new(stream);
        stream.write_all(b"220 bay\r\n").await.expect("they listen");
        let (mut letter, mut is_letter) = (String::new(), false);
        loop {
            let mut line = String::new();
            if stream.read_line(&mut line).await.expect("they write text") == 0 {
                return letter;
            }
            let answer = match line.trim_end() {
                "." => "250 taken\r\n",
                _ if is_letter => {
                    letter.push_str(&line);
                    continue;
                }
                "DATA" => "354 go on\r\n",
                "QUIT" => return letter,
                _ => "250 well\r\n",
            };
            is_letter = answer.starts_with("354");
            stream.write_all(answer.as_bytes()).await.expect("they listen");
        }
    }

    fn mailer(port: u16) -> SmtpMailer {
        let environment = [
            ("KITTIWAKE_SMTP_URL".to_owned(), format!("smtp://127.0.0.1:{port}")),
            ("KITTIWAKE_SMTP_FROM".to_owned(), "The Bay <house@bay.example>".to_owned()),
        ];
        let config = Config::load(None, environment).expect("it is a configuration");
        let url = config.mail.smtp_url.expect("it was set");
        SmtpMailer::new(&url, &config.mail.smtp_from).expect("it can be used")
    }

    #[tokio::test]
    async fn a_letter_reaches_the_mail_server_whole() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let port = listener.local_addr().expect("it has an address").port();
        let taken = tokio::spawn(take_letter(listener));
        let letter = Letter {
            to: "ada@cliff.example".to_owned(),
            subject: "Welcome".to_owned(),
            text: "Open this page:\nhttps://bay.example/confirm/abc".to_owned(),
        };
        let mailer = mailer(port);
        mailer.send(letter).await.expect("the server takes it");
        drop(mailer);
        let taken = taken.await.expect("the server ends");
        for words in
            ["To: ada@cliff.example", "house@bay.example", "Subject: Welcome", "https://bay.example/confirm/abc"]
        {
            assert!(taken.contains(words), "`{words}` is not in the letter:\n{taken}");
        }
    }

    #[tokio::test]
    async fn nobody_at_the_mail_server_is_a_failure_and_not_a_panic() {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port is free");
        let port = listener.local_addr().expect("it has an address").port();
        drop(listener);
        let letter = Letter { to: "ada@cliff.example".to_owned(), subject: String::new(), text: String::new() };
        let failure = mailer(port).send(letter).await.expect_err("nobody listens");
        assert!(failure.to_string().contains("mail server"), "{failure}");
    }
}
