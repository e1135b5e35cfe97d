//! One connection to a server on this machine: requests are bytes made beforehand, so that whoever asks costs little.

use std::net::Ipv4Addr;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::failure::CommandError;

/// So long a connection is trusted on which nothing is asked.
const IDLE_MAX: Duration = Duration::from_secs(5);

/// A connection that is kept open.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    port: u16,
    asked: Instant,
    read: Vec<u8>,
}

/// What came back; it is gone with the next request.
#[derive(Debug, Clone, Copy)]
pub struct Answer<'c> {
    /// The status.
    pub status: u16,
    /// The lines above the body.
    pub head: &'c str,
    /// The body.
    pub body: &'c [u8],
}

/// A request for a page.
pub fn get(path: &str, token: Option<&str>) -> Vec<u8> {
    let token = token.map(|token| format!("Authorization: Bearer {token}\r\n")).unwrap_or_default();
    format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{token}\r\n").into_bytes()
}

/// A request that posts a few words.
pub fn post(token: &str, number: u64) -> Vec<u8> {
    let body = format!("status=Gale+warning+number+{number}+for+the+north+coast+and+the+islands+until+tomorrow+noon");
    let kind = "application/x-www-form-urlencoded";
    let head = format!(
        "POST /api/v1/statuses HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    (head + &body).into_bytes()
}

impl Connection {
    /// Connects.
    pub async fn open(port: u16) -> Result<Self, CommandError> {
        let stream = TcpStream::connect((Ipv4Addr::LOCALHOST, port)).await.map_err(broken)?;
        stream.set_nodelay(true).map_err(broken)?;
        Ok(Self { stream, port, asked: Instant::now(), read: Vec::with_capacity(128 * 1024) })
    }

    /// Asks, and waits for the whole answer.
    pub async fn ask(&mut self, request: &[u8]) -> Result<Answer<'_>, CommandError> {
        // Servers close connections on which nobody asked anything for a while, as while a large colony is made. One that is
        // cut sooner is a failure: nobody knows whether what was asked was done.
        if self.asked.elapsed() > IDLE_MAX {
            *self = Self::open(self.port).await?;
        }
        self.asked = Instant::now();
        self.read.clear();
        self.stream.write_all(request).await.map_err(broken)?;
        let head_bytes = loop {
            if let Some(end) = self.read.windows(4).position(|four| four == b"\r\n\r\n") {
                break end + 4;
            }
            self.more().await?;
        };
        let (status, length) = what_comes(&self.read[..head_bytes])?;
        while self.read.len() < head_bytes + length {
            self.more().await?;
        }
        let head = std::str::from_utf8(&self.read[..head_bytes]).unwrap_or_default();
        Ok(Answer { status, head, body: &self.read[head_bytes..head_bytes + length] })
    }

    /// The same; anything but 200 is an error, because a refusal costs less than an answer.
    pub async fn ask_well(&mut self, request: &[u8]) -> Result<Answer<'_>, CommandError> {
        let answer = self.ask(request).await?;
        if answer.status == 200 {
            return Ok(answer);
        }
        let line = String::from_utf8_lossy(request).lines().next().unwrap_or_default().to_owned();
        Err(CommandError::said(format!("{line}: {} {}", answer.status, String::from_utf8_lossy(answer.body))))
    }

    async fn more(&mut self) -> Result<(), CommandError> {
        match self.stream.read_buf(&mut self.read).await.map_err(broken)? {
            0 => Err(CommandError::said("the server cut the connection")),
            _ => Ok(()),
        }
    }
}

fn broken(error: std::io::Error) -> CommandError {
    CommandError::io("the server does not answer")(error)
}

/// Status and length of the body.
fn what_comes(head: &[u8]) -> Result<(u16, usize), CommandError> {
    let unknown = || CommandError::said("the server answers without Content-Length");
    let head = std::str::from_utf8(head).map_err(|_| unknown())?;
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or_else(unknown)?;
    let length = head.lines().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
    });
    Ok((status, length.ok_or_else(unknown)?))
}

#[cfg(test)]
mod tests {
    use super::what_comes;

    #[test]
    fn an_answer_says_how_long_it_is_or_is_refused() {
        let (status, length) =
            what_comes(b"HTTP/1.1 404 Not Found\r\nContent-Length: 12\r\n\r\n").expect("both are there");
        assert_eq!((status, length), (404, 12));
        assert!(what_comes(b"HTTP/1.1 200 OK\r\n\r\n").is_err());
    }
}
