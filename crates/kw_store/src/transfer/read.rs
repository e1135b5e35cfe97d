//! Reading a stream block by block; nothing is given out that was not checked.

use std::io::Read;

use sha2::{Digest, Sha256};

use super::TransferError;
use super::frame::{self, Header, MAGIC, PAYLOAD_BYTES_MAX, Payload, RowsBlock, Trailer};

/// What comes next in a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Some rows.
    Rows(RowsBlock),
    /// The end: all of it was there and is what was written.
    End,
}

/// Reads a stream.
#[derive(Debug)]
pub struct Reader<R> {
    read: R,
    header: Header,
    sums: Sums,
}

/// What the trailer will be compared with.
#[derive(Debug, Clone, Default)]
pub struct Sums {
    /// Bytes up to the end of the last whole block.
    pub bytes: u64,
    /// Rows in them.
    pub rows: u64,
    /// Blocks, the header among them.
    pub blocks: u64,
    pub(super) sha256: Sha256,
}

impl Sums {
    /// Takes note of bytes in the stream.
    pub(super) fn add(&mut self, bytes: &[u8]) {
        self.bytes += bytes.len() as u64;
        self.sha256.update(bytes);
    }

    /// The trailer of a stream that ends here.
    pub(super) fn trailer(&self) -> Trailer {
        Trailer { rows: self.rows, blocks: self.blocks, sha256: self.sha256.clone().finalize().into() }
    }
}

impl<R: Read> Reader<R> {
    /// Begins to read an export, and checks its header.
    pub fn open(mut read: R) -> Result<Self, TransferError> {
        let mut magic = [0; MAGIC.len()];
        if read_up_to(&mut read, &mut magic)? < MAGIC.len() || magic != *MAGIC {
            return Err(TransferError::NotAnExport);
        }
        let mut sums = Sums::default();
        sums.add(&magic);
        let (kind, bytes) = next_block(&mut read, 0, sums.bytes)?;
        let mut payload = Payload(payload_of(&bytes));
        let damaged = || TransferError::Damaged { at: MAGIC.len() as u64, why: "it has no header".to_owned() };
        if kind != frame::HEADER {
            return Err(damaged());
        }
        let found = payload.format().ok_or_else(damaged)?;
        if found > frame::FORMAT {
            return Err(TransferError::Newer { found });
        }
        let header = payload.header().ok_or_else(damaged)?;
        sums.add(&bytes);
        sums.blocks += 1;
        Ok(Self { read, header, sums })
    }

    /// What the export says of itself.
    pub fn header(&self) -> &Header {
        &self.header
    }

    /// How much was read and checked so far.
    pub fn sums(&self) -> &Sums {
        &self.sums
    }

    /// The next block.
    pub fn next_content(&mut self) -> Result<Content, TransferError> {
        let at = self.sums.bytes;
        let damaged = |why: &str| TransferError::Damaged { at, why: why.to_owned() };
        let (kind, bytes) = next_block(&mut self.read, frame::ROWS, at)?;
        let payload = Payload(payload_of(&bytes));
        if kind == frame::TRAILER {
            let trailer = payload.trailer().ok_or_else(|| damaged("its trailer has another length"))?;
            if trailer != self.sums.trailer() {
                return Err(damaged("its trailer tells of other rows than were read"));
            }
            if read_up_to(&mut self.read, &mut [0])? > 0 {
                return Err(damaged("something follows its trailer"));
            }
            return Ok(Content::End);
        }
        let rows = payload.rows().ok_or_else(|| damaged("a block of rows has another length"))?;
        if !self.header.families.iter().any(|family| family.id == rows.family) {
            return Err(damaged("a block holds rows of a family that the header does not name"));
        }
        self.sums.add(&bytes);
        self.sums.blocks += 1;
        self.sums.rows += rows.rows.len() as u64;
        Ok(Content::Rows(rows))
    }
}

/// Reads a whole export and checks every block and the whole; what it says of itself, and how many rows it holds.
pub fn verify(read: impl Read) -> Result<(Header, u64), TransferError> {
    let mut reader = Reader::open(read)?;
    while reader.next_content()? != Content::End {}
    Ok((reader.header, reader.sums.rows))
}

/// The kind and the bytes of the block at `at`, once its checksum holds. A kind below `kind_min` is damage.
fn next_block(read: &mut impl Read, kind_min: u8, at: u64) -> Result<(u8, Vec<u8>), TransferError> {
    let damaged = |why: &str| TransferError::Damaged { at, why: why.to_owned() };
    let mut bytes = vec![0; 5];
    if read_up_to(read, &mut bytes)? < bytes.len() {
        return Err(TransferError::Incomplete { at });
    }
    let (kind, length) = (bytes[0], u32::from_be_bytes([bytes[1], bytes[2], bytes[3], bytes[4]]) as usize);
    if !(kind_min.max(frame::HEADER)..=frame::TRAILER).contains(&kind) || length > PAYLOAD_BYTES_MAX {
        return Err(damaged("no block begins here"));
    }
    bytes.resize(5 + length + 4, 0);
    if read_up_to(read, &mut bytes[5..])? < length + 4 {
        return Err(TransferError::Incomplete { at });
    }
    let (checked, checksum) = bytes.split_at(5 + length);
    if crc32fast::hash(checked).to_be_bytes() != *checksum {
        return Err(damaged("its checksum does not hold"));
    }
    Ok((kind, bytes))
}

fn payload_of(block: &[u8]) -> &[u8] {
    &block[5..block.len() - 4]
}

/// Fills `buffer` as far as the stream reaches; how far that was.
fn read_up_to(read: &mut impl Read, buffer: &mut [u8]) -> std::io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match read.read(&mut buffer[filled..]) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}
