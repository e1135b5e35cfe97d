//! Somebody who posts as fast as the server answers, and remembers what was acknowledged.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::client::{Client, Trouble, text};
use crate::failure::{Failure, Outcome, While};

/// One account that writes.
#[derive(Debug)]
pub struct Writer {
    client: Client,
    handle: String,
    account: String,
    /// The number of every post that the server acknowledged, with the id that it gave it.
    posts: BTreeMap<u64, String>,
    /// How many of them are replies to the common post.
    replies: usize,
    /// The post that was sent when the connection broke.
    pending: Option<u64>,
    next: u64,
    /// The newest id that an earlier check has seen.
    pub checked_to: Option<String>,
    trouble: Option<String>,
}

impl Writer {
    /// A writer who has not written yet.
    pub fn new(client: Client, handle: String, account: &str) -> Self {
        Self {
            client,
            handle,
            account: account.to_owned(),
            posts: BTreeMap::new(),
            replies: 0,
            pending: None,
            next: 0,
            checked_to: None,
            trouble: None,
        }
    }

    /// The connection.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// The account's handle.
    pub fn handle(&self) -> &str {
        &self.handle
    }

    /// The account's id.
    pub fn account(&self) -> &str {
        &self.account
    }

    /// How many posts were acknowledged.
    pub fn acknowledged(&self) -> usize {
        self.posts.len()
    }

    /// How many of them are replies to the common post.
    pub fn replies(&self) -> usize {
        self.replies
    }

    /// The acknowledged posts: their texts and their ids.
    pub fn posts(&self) -> impl Iterator<Item = (String, &str)> {
        self.posts.iter().map(|(&number, id)| (self.words(number), id.as_str()))
    }

    /// Posts what everybody replies to.
    pub fn post_root(&mut self) -> Outcome<String> {
        let number = self.take_number();
        self.send(number, None).doing("posting the first post")
    }

    /// Posts until the server goes away.
    pub fn write_until_cut(&mut self, root: &str, stop: &AtomicBool) {
        while !stop.load(Ordering::Relaxed) {
            let number = self.take_number();
            match self.send(number, Some(root)) {
                Ok(_) => {}
                Err(Trouble::Cut(_)) => {
                    self.pending = Some(number);
                    return;
                }
                Err(Trouble::Refused(status, body)) => {
                    self.trouble = Some(format!("@{}: post {number} was refused with {status}: {body}", self.handle));
                    return;
                }
            }
        }
    }

    /// Sends what was not acknowledged again, with the same key: afterwards it must be there once.
    pub fn settle(&mut self, root: &str) -> Outcome {
        if let Some(trouble) = self.trouble.take() {
            return Err(Failure::new(trouble));
        }
        if let Some(number) = self.pending.take() {
            self.send(number, Some(root)).doing(format_args!("@{}: repeating post {number}", self.handle))?;
        }
        Ok(())
    }

    fn take_number(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    fn words(&self, number: u64) -> String {
        format!("post {number} of {}", self.handle)
    }

    fn send(&mut self, number: u64, root: Option<&str>) -> Result<String, Trouble> {
        let words = self.words(number);
        let mut form = vec![("status", words.as_str()), ("visibility", "public")];
        let reply_to = root.filter(|_| number.is_multiple_of(2));
        form.extend(reply_to.map(|root| ("in_reply_to_id", root)));
        let key = format!("{}-{number}", self.handle);
        let status = self.client.post("/api/v1/statuses", &form, Some(&key))?;
        let id = text(&status, "id").to_owned();
        if self.posts.insert(number, id.clone()).is_none() {
            self.replies += usize::from(reply_to.is_some());
        }
        Ok(id)
    }
}
