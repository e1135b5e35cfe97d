//! The bytes of the stream: blocks and what is in them. See `docs/export-format.md`.

use crate::{Bytes, Class, Family, Row, Stamp, SweptRow};

/// The format that this build writes.
pub const FORMAT: u16 = 1;
/// How every export begins.
pub const MAGIC: &[u8; 8] = b"KWEXPORT";
/// The longest payload of a block: a page of a sweep and what is said of each row fit many times.
pub const PAYLOAD_BYTES_MAX: usize = 4 * 1024 * 1024;

pub const HEADER: u8 = 1;
pub const ROWS: u8 = 2;
pub const TRAILER: u8 = 3;

/// Where rows have no expiry.
const NEVER: u64 = u64::MAX;

/// What an export says of itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Whose data it is: the server's origin.
    pub origin: String,
    /// When it was begun, in milliseconds since 1970.
    pub made_ms: u64,
    /// The families in it, in their order.
    pub families: Vec<FamilyEntry>,
}

/// A family as a header describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FamilyEntry {
    /// Its number.
    pub id: u16,
    /// Its name.
    pub name: String,
    /// Its class.
    pub class: Class,
    /// Whether its partitions are counted.
    pub counted: bool,
}

impl From<&Family> for FamilyEntry {
    fn from(family: &Family) -> Self {
        Self { id: family.id, name: family.name.to_owned(), class: family.class, counted: family.counted }
    }
}

/// The payload of a block of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowsBlock {
    /// The number of the rows' family.
    pub family: u16,
    /// Where the sweep goes on; `None` at the end of the family.
    pub next: Option<Bytes>,
    /// The rows.
    pub rows: Vec<SweptRow>,
}

/// The payload of the last block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trailer {
    /// Rows in the stream.
    pub rows: u64,
    /// Blocks before this one.
    pub blocks: u64,
    /// SHA-256 of everything before this block.
    pub sha256: [u8; 32],
}

/// A block as it stands in the stream: kind, length, payload, CRC-32 of these three.
pub fn block(kind: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(payload.len() + 9);
    bytes.push(kind);
    bytes.extend_from_slice(&(payload.len() as u32).to_be_bytes());
    bytes.extend_from_slice(payload);
    let checksum = crc32fast::hash(&bytes);
    bytes.extend_from_slice(&checksum.to_be_bytes());
    bytes
}

pub fn header_payload(header: &Header) -> Vec<u8> {
    let mut payload = FORMAT.to_be_bytes().to_vec();
    payload.extend_from_slice(&header.made_ms.to_be_bytes());
    put_short(&mut payload, header.origin.as_bytes());
    payload.extend_from_slice(&(header.families.len() as u16).to_be_bytes());
    for family in &header.families {
        payload.extend_from_slice(&family.id.to_be_bytes());
        payload.push(u8::from(family.class == Class::Stamped));
        payload.push(u8::from(family.counted));
        put_short(&mut payload, family.name.as_bytes());
    }
    payload
}

pub fn rows_payload(block: &RowsBlock) -> Vec<u8> {
    let mut payload = block.family.to_be_bytes().to_vec();
    payload.push(u8::from(block.next.is_some()));
    put_short(&mut payload, block.next.as_deref().unwrap_or_default());
    payload.extend_from_slice(&(block.rows.len() as u32).to_be_bytes());
    for SweptRow { partition, row } in &block.rows {
        put_short(&mut payload, partition);
        put_short(&mut payload, &row.key);
        payload.extend_from_slice(&row.stamp.0.to_be_bytes());
        payload.extend_from_slice(&row.expires_ms.unwrap_or(NEVER).to_be_bytes());
        payload.extend_from_slice(&(row.value.len() as u32).to_be_bytes());
        payload.extend_from_slice(&row.value);
    }
    payload
}

pub fn trailer_payload(trailer: &Trailer) -> Vec<u8> {
    [&trailer.rows.to_be_bytes()[..], &trailer.blocks.to_be_bytes(), &trailer.sha256].concat()
}

/// Bytes after their length in two bytes.
fn put_short(payload: &mut Vec<u8>, bytes: &[u8]) {
    payload.extend_from_slice(&(bytes.len() as u16).to_be_bytes());
    payload.extend_from_slice(bytes);
}

/// Takes a payload apart. Every method answers `None` when the payload is too short.
#[derive(Debug)]
pub struct Payload<'a>(pub &'a [u8]);

impl Payload<'_> {
    /// The format number, which every format begins its header with.
    pub fn format(&mut self) -> Option<u16> {
        self.array().map(u16::from_be_bytes)
    }

    /// The rest of a header.
    pub fn header(mut self) -> Option<Header> {
        let made_ms = u64::from_be_bytes(self.array()?);
        let origin = self.text()?;
        let count = u16::from_be_bytes(self.array()?);
        let mut families = Vec::new();
        for _ in 0..count {
            let id = u16::from_be_bytes(self.array()?);
            let [stamped, counted] = self.array()?;
            let class = if stamped == 0 { Class::Serial } else { Class::Stamped };
            families.push(FamilyEntry { id, name: self.text()?, class, counted: counted != 0 });
        }
        self.0.is_empty().then_some(Header { origin, made_ms, families })
    }

    pub fn rows(mut self) -> Option<RowsBlock> {
        let family = u16::from_be_bytes(self.array()?);
        let [goes_on] = self.array()?;
        let token = self.short()?;
        let count = u32::from_be_bytes(self.array()?);
        let mut rows = Vec::new();
        for _ in 0..count {
            rows.push(self.row()?);
        }
        self.0.is_empty().then_some(RowsBlock { family, next: (goes_on != 0).then_some(token), rows })
    }

    pub fn trailer(mut self) -> Option<Trailer> {
        let (rows, blocks) = (u64::from_be_bytes(self.array()?), u64::from_be_bytes(self.array()?));
        let sha256 = self.array()?;
        self.0.is_empty().then_some(Trailer { rows, blocks, sha256 })
    }

    fn row(&mut self) -> Option<SweptRow> {
        let (partition, key) = (self.short()?, self.short()?);
        let stamp = Stamp(u64::from_be_bytes(self.array()?));
        let expires_ms = Some(u64::from_be_bytes(self.array()?)).filter(|expires_ms| *expires_ms != NEVER);
        let length = u32::from_be_bytes(self.array()?);
        let value = self.take(length as usize)?;
        Some(SweptRow { partition, row: Row { key, value, stamp, expires_ms } })
    }

    fn text(&mut self) -> Option<String> {
        String::from_utf8(self.short()?.to_vec()).ok()
    }

    fn short(&mut self) -> Option<Bytes> {
        let length = u16::from_be_bytes(self.array()?);
        self.take(usize::from(length))
    }

    fn take(&mut self, length: usize) -> Option<Bytes> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(Bytes::copy_from_slice(taken))
    }

    fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (taken, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*taken)
    }
}
