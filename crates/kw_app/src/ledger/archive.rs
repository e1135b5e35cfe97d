//! A ledger outside its databases: the files that C2SP's tlog-tiles names, and beside them `openings.jsonl`, a line an
//! opening. Written by `kittiwake ledger export`, read by whoever verifies it elsewhere. docs/ledger.md describes the format.
//!
//! Knows no directory: files are written and read by functions of the caller.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kw_ledger::tile::{BundleAddress, Resource, TileAddress};
use kw_ledger::{Edge, Opening, leaf_hash};
use kw_staff::entry::leaf::{Audience, Openings, Shown};
use serde::{Deserialize, Serialize};

use super::shelf::Shelf;
use super::verify::Source;
use crate::failure::Failure;
use crate::families::staff::DETAIL;

/// The file of the openings.
pub const OPENINGS: &str = "openings.jsonl";

/// Where the files of an export go.
pub trait Sink {
    /// Writes a file, by its path from the top of the export.
    fn put(&mut self, path: &str, bytes: &[u8]) -> std::io::Result<()>;
    /// Adds to the end of a file.
    fn append(&mut self, path: &str, bytes: &[u8]) -> std::io::Result<()>;
}

/// A line of `openings.jsonl`.
#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    index: u64,
    field: String,
    audience: String,
    /// Base64.
    salt: String,
    /// The bytes that were committed to, which are text.
    text: String,
}

/// Writes the ledger as it is into `sink`, the checkpoint last; how many entries. `tell` hears how far it is.
pub async fn export(shelf: &Shelf, sink: &mut impl Sink, mut tell: impl FnMut(u64, u64)) -> Result<u64, Failure> {
    let Some((size, checkpoint)) = shelf.checkpoint().await? else { return Ok(0) };
    let mut edge = Edge::new();
    for address in BundleAddress::between(0, size) {
        let first = edge.size();
        let leaves = shelf.leaves(first..first + u64::from(address.width)).await?;
        let mut lines = Vec::new();
        for (index, leaf) in (first..).zip(&leaves) {
            edge.push(leaf_hash(leaf));
            write_lines(index, shelf.openings(index).await?, &mut lines)?;
        }
        put(sink, Resource::Bundle(address), &shelf.bundle(address).await?)?;
        sink.append(OPENINGS, &lines).map_err(unwritten)?;
        tell(edge.size(), size);
    }
    for address in TileAddress::between(0, size) {
        put(sink, Resource::Tile(address), &shelf.tile(address).await?.encode())?;
    }
    put(sink, Resource::Checkpoint, &checkpoint)?;
    Ok(size)
}

fn put(sink: &mut impl Sink, resource: Resource, bytes: &[u8]) -> Result<(), Failure> {
    sink.put(&resource.to_string(), bytes).map_err(unwritten)
}

#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` hands over")]
fn unwritten(error: std::io::Error) -> Failure {
    Failure::Outside(format!("the export cannot be written: {error}"))
}

fn write_lines(index: u64, openings: Openings, out: &mut Vec<u8>) -> Result<(), Failure> {
    let Openings { target, body, private } = openings;
    for Shown { audience, opening } in target.into_iter().chain(body).chain(private) {
        let text = String::from_utf8(opening.bytes().to_vec());
        let line = Line {
            index,
            field: opening.field().to_owned(),
            audience: audience.word().to_owned(),
            salt: STANDARD.encode(opening.salt()),
            text: text.map_err(|_| damaged(format!("entry {index}: an opening is no text")))?,
        };
        serde_json::to_writer(&mut *out, &line).map_err(|error| Failure::Outside(error.to_string()))?;
        out.push(b'\n');
    }
    Ok(())
}

/// A ledger in files.
pub struct Archive<R> {
    read: R,
    openings: Option<BTreeMap<u64, Openings>>,
}

impl<R> std::fmt::Debug for Archive<R> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Archive").field("has_openings", &self.openings.is_some()).finish_non_exhaustive()
    }
}

impl<R: Fn(&str) -> std::io::Result<Option<Vec<u8>>> + Sync> Archive<R> {
    /// Reads files through `read`, which gives none where there is no such file. All openings are kept in memory.
    pub fn open(read: R) -> Result<Self, Failure> {
        let file = read(OPENINGS).map_err(|error| unread(OPENINGS, &error))?;
        let openings = file.map(|file| read_lines(&file)).transpose()?;
        Ok(Self { read, openings })
    }
}

impl<R: Fn(&str) -> std::io::Result<Option<Vec<u8>>> + Sync> Source for Archive<R> {
    async fn read(&self, resource: Resource) -> Result<Option<Vec<u8>>, Failure> {
        let path = resource.to_string();
        (self.read)(&path).map_err(|error| unread(&path, &error))
    }

    async fn openings(&self, index: u64) -> Result<Openings, Failure> {
        Ok(self.openings.as_ref().and_then(|openings| openings.get(&index)).cloned().unwrap_or_default())
    }

    fn has_openings(&self) -> bool {
        self.openings.is_some()
    }

    /// Files beyond the checkpoint are nobody's business: partial ones stay where they are when a log grows.
    async fn has_entry(&self, _index: u64) -> Result<bool, Failure> {
        Ok(false)
    }
}

impl Source for Shelf {
    async fn read(&self, resource: Resource) -> Result<Option<Vec<u8>>, Failure> {
        match resource {
            Resource::Checkpoint => Ok(self.checkpoint().await?.map(|(_, checkpoint)| checkpoint)),
            Resource::Tile(address) => Ok(Some(self.tile(address).await?.encode())),
            Resource::Bundle(address) => self.bundle(address).await.map(Some),
        }
    }

    async fn openings(&self, index: u64) -> Result<Openings, Failure> {
        self.openings(index).await
    }

    fn has_openings(&self) -> bool {
        true
    }

    async fn has_entry(&self, index: u64) -> Result<bool, Failure> {
        self.has_entry(index).await
    }
}

fn read_lines(file: &[u8]) -> Result<BTreeMap<u64, Openings>, Failure> {
    let mut all: BTreeMap<u64, Openings> = BTreeMap::new();
    let text = std::str::from_utf8(file).map_err(|_| damaged(format!("{OPENINGS} is no text")))?;
    for (number, line) in (1..).zip(text.lines()) {
        let (index, shown) = read_line(line).map_err(|why| damaged(format!("{OPENINGS}, line {number}: {why}")))?;
        let openings = all.entry(index).or_default();
        let place = match shown.opening.field() {
            "target" => &mut openings.target,
            "body" => &mut openings.body,
            "private" => &mut openings.private,
            field => return Err(damaged(format!("{OPENINGS}, line {number}: no leaf has a `{field}`"))),
        };
        if place.replace(shown).is_some() {
            return Err(damaged(format!("{OPENINGS}, line {number}: it was opened before")));
        }
    }
    Ok(all)
}

fn read_line(line: &str) -> Result<(u64, Shown), String> {
    let line: Line = serde_json::from_str(line).map_err(|error| error.to_string())?;
    let salt = STANDARD.decode(&line.salt).map_err(|error| error.to_string())?;
    let salt = salt.try_into().map_err(|_| "a salt has 32 bytes".to_owned())?;
    let audience = Audience::from_word(&line.audience).ok_or("it is for nobody we know")?;
    let opening = Opening::new(&line.field, salt, line.text.into_bytes()).map_err(|error| error.to_string())?;
    Ok((line.index, Shown { audience, opening }))
}

fn unread(path: &str, error: &std::io::Error) -> Failure {
    damaged(format!("{path} cannot be read: {error}"))
}

fn damaged(why: String) -> Failure {
    Failure::Damaged { family: DETAIL.family.name, why }
}
