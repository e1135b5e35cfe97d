//! Load on a server: connections that are kept open, each sending its next request as soon as it has the answer.
//!
//! Requests are bytes made beforehand, so that the loader, which shares the processor with the server, costs little.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpStream;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use crate::failure::{Failure, Outcome, While};

/// What to ask for, again and again.
#[derive(Debug, Clone)]
pub enum Ask {
    /// One path, read.
    Get { path: String, token: Option<String> },
    /// Posts with a text that is never the same twice.
    Post { token: String },
}

/// How a stretch of load went.
#[derive(Debug, Clone, Copy)]
pub struct Went {
    /// Requests that were answered with 200.
    pub requests: u64,
    /// How long it took.
    pub time: Duration,
}

static NUMBER: AtomicU64 = AtomicU64::new(0);

/// Asks over `connections` connections for as long as `time`.
pub fn run(port: u16, ask: &Ask, connections: usize, time: Duration) -> Outcome<Went> {
    let started = Instant::now();
    let end = started + time;
    let counts: Vec<Outcome<u64>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..connections).map(|_| scope.spawn(move || one_connection(port, ask, end))).collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or_else(|_| Err(Failure::new("a loader panicked"))))
            .collect()
    });
    let requests = counts.into_iter().sum::<Outcome<u64>>()?;
    Ok(Went { requests, time: started.elapsed() })
}

fn one_connection(port: u16, ask: &Ask, end: Instant) -> Outcome<u64> {
    let stream = TcpStream::connect(("127.0.0.1", port)).doing("connecting")?;
    stream.set_nodelay(true).doing("connecting")?;
    let mut writer = stream.try_clone().doing("connecting")?;
    let mut reader = BufReader::with_capacity(64 * 1024, stream);
    let mut body = Vec::new();
    let fixed = ask.bytes();
    let mut count = 0;
    while Instant::now() < end {
        match &fixed {
            Some(bytes) => writer.write_all(bytes),
            None => writer.write_all(&ask.fresh_bytes()),
        }
        .doing("asking")?;
        answer(&mut reader, &mut body)?;
        count += 1;
    }
    Ok(count)
}

impl Ask {
    fn bytes(&self) -> Option<Vec<u8>> {
        match self {
            Self::Get { path, token } => {
                let token = token.as_ref().map(|token| format!("Authorization: {token}\r\n")).unwrap_or_default();
                Some(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n{token}\r\n").into_bytes())
            }
            Self::Post { .. } => None,
        }
    }

    fn fresh_bytes(&self) -> Vec<u8> {
        let Self::Post { token } = self else { return Vec::new() };
        let body = format!("status=Gale+warning+number+{}+for+the+north+coast", NUMBER.fetch_add(1, Ordering::Relaxed));
        let kind = "application/x-www-form-urlencoded";
        let head = format!(
            "POST /api/v1/statuses HTTP/1.1\r\nHost: localhost\r\nAuthorization: {token}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\n\r\n",
            body.len()
        );
        (head + &body).into_bytes()
    }
}

/// Reads one answer with a length; anything but 200 is a failure, because a refusal costs less than an answer.
fn answer(reader: &mut impl BufRead, body: &mut Vec<u8>) -> Outcome {
    let mut line = String::new();
    let mut length = None;
    reader.read_line(&mut line).doing("reading an answer")?;
    if line.split(' ').nth(1) != Some("200") {
        return Err(Failure::new(format!("not 200 but: {line}")));
    }
    loop {
        line.clear();
        reader.read_line(&mut line).doing("reading an answer")?;
        let Some((name, value)) = line.split_once(':') else { break };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().ok();
        }
    }
    body.resize(length.ok_or_else(|| Failure::new("an answer without Content-Length"))?, 0);
    reader.read_exact(body).doing("reading an answer")
}

#[cfg(test)]
mod tests {
    use super::answer;

    #[test]
    fn answers_are_read_to_their_end_and_refusals_are_failures() {
        let mut two = &b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\nabHTTP/1.1 429 Too Many\r\n\r\n"[..];
        let mut body = Vec::new();
        answer(&mut two, &mut body).expect("the first is well");
        assert_eq!(body, b"ab");
        assert!(answer(&mut two, &mut body).is_err());
    }
}
