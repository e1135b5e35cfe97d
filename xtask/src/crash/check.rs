//! What must be true after every crash.

use std::collections::BTreeMap;

use serde_json::Value;

use super::writer::Writer;
use crate::client::{Client, text};
use crate::failure::{Failure, Outcome, While};

/// Checks what was written since the last round, and all counts.
pub fn round(writers: &mut [Writer], root: &str) -> Outcome {
    for writer in &mut *writers {
        let listed = list(writer.client(), writer.account(), writer.checked_to.as_deref())?;
        compare(writer, &listed)?;
        count(writer)?;
        if let Some(newest) = listed.first() {
            writer.checked_to = Some(text(newest, "id").to_owned());
        }
    }
    count_replies(writers, root)
}

/// Checks everything that was ever written.
pub fn everything(writers: &[Writer], root: &str) -> Outcome {
    for writer in writers {
        let listed = list(writer.client(), writer.account(), None)?;
        let rows = listed.len();
        compare(writer, &listed)?;
        if rows != writer.acknowledged() {
            let words =
                format!("@{}: {rows} posts are listed, {} were acknowledged", writer.handle(), writer.acknowledged());
            return Err(Failure::new(words));
        }
    }
    count_replies(writers, root)
}

/// An account's posts above `since`, newest first, page by page.
fn list(client: &Client, account: &str, since: Option<&str>) -> Outcome<Vec<Value>> {
    let mut listed: Vec<Value> = Vec::new();
    loop {
        let older = listed.last().map(|post| format!("&max_id={}", text(post, "id"))).unwrap_or_default();
        let path = format!("/api/v1/accounts/{account}/statuses?limit=40{older}");
        let page = client.get(&path).doing(format_args!("reading {path}"))?;
        let posts = page.as_array().map(Vec::as_slice).unwrap_or_default();
        let fresh = posts.iter().take_while(|post| since.is_none_or(|since| newer(text(post, "id"), since)));
        let before = listed.len();
        listed.extend(fresh.cloned());
        if listed.len() - before < posts.len() || posts.is_empty() {
            return Ok(listed);
        }
    }
}

/// Whether an id is newer than another: they are decimal numbers without leading zeros.
fn newer(id: &str, than: &str) -> bool {
    (id.len(), id) > (than.len(), than)
}

/// Each listed post is an acknowledged one, and each acknowledged one in that stretch is listed once.
fn compare(writer: &Writer, listed: &[Value]) -> Outcome {
    let mut found: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for post in listed {
        found.entry(plain(text(post, "content"))).or_default().push(text(post, "id"));
    }
    let in_stretch = |id: &str| writer.checked_to.as_deref().is_none_or(|seen| newer(id, seen));
    let whole = listed.len() >= writer.acknowledged();
    for (words, id) in writer.posts().filter(|(_, id)| whole || in_stretch(id)) {
        match found.remove(&words).as_deref() {
            Some([once]) if *once == id => {}
            Some(ids) => {
                return Err(Failure::new(format!(
                    "@{}: «{words}» was acknowledged as {id} and is listed as {ids:?}",
                    writer.handle()
                )));
            }
            None => {
                return Err(Failure::new(format!(
                    "@{}: «{words}» ({id}) was acknowledged and is lost",
                    writer.handle()
                )));
            }
        }
    }
    match found.into_iter().next() {
        Some((words, ids)) => {
            Err(Failure::new(format!("@{}: «{words}» {ids:?} is listed and was never acknowledged", writer.handle())))
        }
        None => Ok(()),
    }
}

fn plain(html: &str) -> String {
    html.replace("<p>", "").replace("</p>", "")
}

fn count(writer: &Writer) -> Outcome {
    let account = writer.client().get(&format!("/api/v1/accounts/{}", writer.account())).doing("reading an account")?;
    expect_count(&format!("@{}: statuses_count", writer.handle()), &account["statuses_count"], writer.acknowledged())
}

fn count_replies(writers: &[Writer], root: &str) -> Outcome {
    let Some(first) = writers.first() else { return Ok(()) };
    let post = first.client().get(&format!("/api/v1/statuses/{root}")).doing("reading the common post")?;
    expect_count("the common post: replies_count", &post["replies_count"], writers.iter().map(Writer::replies).sum())
}

fn expect_count(what: &str, found: &Value, expected: usize) -> Outcome {
    if found.as_u64() == Some(expected as u64) {
        return Ok(());
    }
    Err(Failure::new(format!("{what} is {found}; {expected} were acknowledged")))
}

#[cfg(test)]
mod tests {
    use super::newer;

    #[test]
    fn ids_are_ordered_by_length_and_then_by_digits() {
        assert!(newer("1000", "999"));
        assert!(newer("1001", "1000"));
        assert!(!newer("1000", "1000"));
    }
}
