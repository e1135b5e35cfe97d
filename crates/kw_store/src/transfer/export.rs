//! Writing a stream, and finding where one that was interrupted goes on.

use std::io::{Read, Write};

use super::frame::{self, FamilyEntry, Header, MAGIC, RowsBlock};
use super::read::{Content, Reader, Sums};
use super::{Progress, TransferError};
use crate::{Bytes, Family, Store, limit};

/// What is to be exported.
#[derive(Debug, Clone, Copy)]
pub struct ExportSource<'a> {
    /// Whose data it is: the server's origin.
    pub origin: &'a str,
    /// The present moment, in milliseconds since 1970.
    pub made_ms: u64,
    /// Which families, in which order.
    pub families: &'a [Family],
}

impl ExportSource<'_> {
    fn header(&self) -> Header {
        let families = self.families.iter().map(FamilyEntry::from).collect();
        Header { origin: self.origin.to_owned(), made_ms: self.made_ms, families }
    }
}

/// Where an interrupted export goes on.
#[derive(Debug, Clone)]
pub struct ResumePoint {
    header: Header,
    sums: Sums,
    /// The family and the token of the last whole block.
    last: Option<(u16, Option<Bytes>)>,
    is_complete: bool,
}

impl ResumePoint {
    /// The length to which the file is to be cut before anything is added to it.
    pub fn bytes(&self) -> u64 {
        self.sums.bytes
    }

    /// Whether the export has its trailer already. Then it must not be cut, and there is nothing to do.
    pub fn is_complete(&self) -> bool {
        self.is_complete
    }
}

/// Reads an export as far as it is whole. Whatever comes after the last whole block will be written again.
pub fn find_resume_point(read: impl Read) -> Result<ResumePoint, TransferError> {
    let mut reader = Reader::open(read)?;
    let mut last = None;
    let is_complete = loop {
        match reader.next_content() {
            Ok(Content::Rows(block)) => last = Some((block.family, block.next)),
            Ok(Content::End) => break true,
            Err(TransferError::Incomplete { .. } | TransferError::Damaged { .. }) => break false,
            Err(error) => return Err(error),
        }
    };
    Ok(ResumePoint { header: reader.header().clone(), sums: reader.sums().clone(), last, is_complete })
}

/// Writes all rows of the families to `write`, or what is missing of them after `resume`. `progress` is told after each
/// block. The caller makes the file durable.
pub async fn export(
    store: &dyn Store,
    source: &ExportSource<'_>,
    resume: Option<ResumePoint>,
    write: &mut impl Write,
    progress: &mut dyn FnMut(Progress),
) -> Result<Progress, TransferError> {
    let (mut sums, last) = match resume {
        Some(point) => {
            check_same(&point.header, &source.header())?;
            if point.is_complete {
                return Ok(Progress { rows: point.sums.rows, bytes: point.sums.bytes, family: "" });
            }
            (point.sums, point.last)
        }
        None => (begin(&source.header(), write)?, None),
    };
    let reached = last.as_ref().and_then(|(id, _)| source.families.iter().position(|family| family.id == *id));
    for (index, family) in source.families.iter().enumerate().skip(reached.unwrap_or(0)) {
        let mut token = match &last {
            Some((_, token)) if reached == Some(index) => match token {
                Some(token) => Some(token.clone()),
                None => continue,
            },
            _ => None,
        };
        loop {
            let page = store.sweep(*family, token.as_deref(), limit::SCAN_ROWS_MAX).await?;
            // A count row has no key.
            let rows: Vec<_> = page.rows.into_iter().filter(|swept| !swept.row.key.is_empty()).collect();
            sums.rows += rows.len() as u64;
            let block = RowsBlock { family: family.id, next: page.next, rows };
            add(&mut sums, write, frame::ROWS, &frame::rows_payload(&block))?;
            progress(Progress { rows: sums.rows, bytes: sums.bytes, family: family.name });
            token = block.next;
            if token.is_none() {
                break;
            }
        }
    }
    let trailer = frame::trailer_payload(&sums.trailer());
    add(&mut sums, write, frame::TRAILER, &trailer)?;
    write.flush()?;
    Ok(Progress { rows: sums.rows, bytes: sums.bytes, family: "" })
}

fn begin(header: &Header, write: &mut impl Write) -> Result<Sums, TransferError> {
    let mut sums = Sums::default();
    write.write_all(MAGIC)?;
    sums.add(MAGIC);
    add(&mut sums, write, frame::HEADER, &frame::header_payload(header))?;
    Ok(sums)
}

fn add(sums: &mut Sums, write: &mut impl Write, kind: u8, payload: &[u8]) -> Result<(), TransferError> {
    let block = frame::block(kind, payload);
    write.write_all(&block)?;
    sums.add(&block);
    sums.blocks += 1;
    Ok(())
}

fn check_same(of_file: &Header, of_source: &Header) -> Result<(), TransferError> {
    if of_file.origin != of_source.origin {
        return Err(TransferError::Mismatch(format!("it comes from {}", of_file.origin)));
    }
    if of_file.families != of_source.families {
        return Err(TransferError::Mismatch("it holds other families".to_owned()));
    }
    Ok(())
}
