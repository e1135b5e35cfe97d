//! Entries with what of them may be read: everything for those who decide, and what is public for everybody else.

use kw_staff::entry::Entry;
use kw_staff::entry::leaf::{Audience, Openings};

use crate::context::Context;
use crate::failure::Failure;

/// An entry with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Its index.
    pub index: u64,
    /// What it records, as far as its openings are there.
    pub entry: Entry,
}

/// The entries at `indexes`, in that order.
pub async fn load(cx: &Context, indexes: &[u64]) -> Result<Vec<Placed>, Failure> {
    let mut entries = Vec::with_capacity(indexes.len());
    for index in indexes {
        let shelf = cx.ledger().shelf();
        let leaves = shelf.leaves(*index..*index + 1).await?;
        let entry = shelf.entries(*index, &leaves).await?.pop();
        entries.extend(entry.map(|entry| Placed { index: *index, entry }));
    }
    Ok(entries)
}

/// What the public may read of an entry: its openings as text, by the field that they open.
pub async fn public_openings(cx: &Context, index: u64) -> Result<Vec<(String, String)>, Failure> {
    let Openings { target, body, private } = cx.ledger().shelf().openings(index).await?;
    let all = target.into_iter().chain(body).chain(private);
    let public = all.filter(|shown| shown.audience == Audience::Public).map(|shown| shown.opening);
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    Ok(public.map(|opening| (opening.field().to_owned(), text(opening.bytes()))).collect())
}
