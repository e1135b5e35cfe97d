//! Taking over a stream: every row with the stamp that it had, so that doing it twice is doing it once.

use std::io::Read;

use futures::future::try_join_all;
use sha2::{Digest, Sha256};

use super::frame::FamilyEntry;
use super::read::{Content, Reader};
use super::{Progress, TransferError};
use crate::limit::{OPERATION_BYTES_MAX, STEP_BYTES_MAX, STEP_ROWS_MAX, STEPS_MAX};
use crate::{
    Batch, Change, Condition, Family, Operation, OperationId, Outcome, Partition, Put, Stamp, Store, SweptRow,
};

/// What may be taken over.
#[derive(Debug, Clone, Copy)]
pub struct Import<'a> {
    /// The families that this build knows.
    pub families: &'a [Family],
    /// Those whose rows are never written, whatever the stream holds.
    pub except: &'a [Family],
}

impl Import<'_> {
    /// The family to write for one of the stream: `None` where it is left out.
    fn target(&self, of_stream: &FamilyEntry) -> Result<Option<Family>, TransferError> {
        if self.except.iter().any(|family| family.id == of_stream.id || family.name == of_stream.name) {
            return Ok(None);
        }
        let refuse = |why| Err(TransferError::Family { family: of_stream.name.clone(), why });
        match self.families.iter().find(|family| family.id == of_stream.id) {
            Some(family) if FamilyEntry::from(family) == *of_stream => Ok(Some(*family)),
            Some(_) => refuse("keeps in another way; use the version that wrote the export"),
            None => refuse("does not know; use the version that wrote the export, or a later one"),
        }
    }
}

/// Writes the rows of a stream into `store`. A block is checked before any of it is written, and nothing is written after
/// one that is damaged. After an error it can be repeated from the beginning: rows that are there already stay as they are.
pub async fn import<R: Read>(
    store: &dyn Store,
    mut reader: Reader<R>,
    plan: &Import<'_>,
    progress: &mut dyn FnMut(Progress),
) -> Result<Progress, TransferError> {
    let families = reader.header().families.clone();
    let targets = families.iter().map(|family| plan.target(family)).collect::<Result<Vec<_>, _>>()?;
    let mut done = Progress::default();
    loop {
        let block = match reader.next_content()? {
            Content::End => return Ok(done),
            Content::Rows(block) => block,
        };
        let target = families.iter().position(|family| family.id == block.family).and_then(|index| targets[index]);
        if let Some(family) = target {
            done.rows += block.rows.len() as u64;
            done.family = family.name;
            write_block(store, family, block.rows, &reader.sums().trailer().sha256).await?;
        }
        done.bytes = reader.sums().bytes;
        progress(done);
    }
}

/// The first of `families` that holds any row. An import wants a store where there is none.
pub async fn find_family_with_rows(store: &dyn Store, families: &[Family]) -> Result<Option<Family>, TransferError> {
    for family in families {
        let mut token = None;
        loop {
            let page = store.sweep(*family, token.as_deref(), 1).await?;
            if !page.rows.is_empty() {
                return Ok(Some(*family));
            }
            token = page.next;
            if token.is_none() {
                break;
            }
        }
    }
    Ok(None)
}

async fn write_block(store: &dyn Store, family: Family, rows: Vec<SweptRow>, seed: &[u8]) -> Result<(), TransferError> {
    let operations = operations_of(steps_of(family, rows), seed);
    // All at once: an engine that groups what waits syncs once for them.
    let outcomes = try_join_all(operations.iter().map(|operation| store.perform(operation))).await?;
    let all_done = outcomes.iter().all(|outcome| *outcome == Outcome::Done);
    if all_done { Ok(()) } else { Err(TransferError::Refused(family.name)) }
}

/// Rows as steps, each as large as a step may be, with their bytes.
fn steps_of(family: Family, rows: Vec<SweptRow>) -> Vec<(Batch, usize)> {
    let mut steps: Vec<(Batch, usize)> = Vec::new();
    for SweptRow { partition, row } in rows {
        let bytes = row.key.len() + row.value.len();
        let put = Some(Put { value: row.value, expires_ms: row.expires_ms });
        let change = Change { key: row.key, put, condition: Condition::Newer, stamp: Some(row.stamp) };
        let has_room = |(step, of_step): &(Batch, usize)| {
            step.partition.key == partition && step.changes.len() < STEP_ROWS_MAX && *of_step + bytes <= STEP_BYTES_MAX
        };
        if let Some((step, of_step)) = steps.last_mut().filter(|last| has_room(last)) {
            step.changes.push(change);
            *of_step += bytes;
        } else {
            steps.push((Batch { partition: Partition { family, key: partition }, changes: vec![change] }, bytes));
        }
    }
    steps
}

/// Steps as operations, each as large as an operation may be.
fn operations_of(steps: Vec<(Batch, usize)>, seed: &[u8]) -> Vec<Operation> {
    let mut operations: Vec<Operation> = Vec::new();
    let mut of_operation = 0;
    for (step, bytes) in steps {
        of_operation += bytes;
        let has_room = |last: &Operation| last.steps.len() < STEPS_MAX && of_operation <= OPERATION_BYTES_MAX;
        if let Some(last) = operations.last_mut().filter(|last| has_room(last)) {
            last.steps.push(step);
        } else {
            let id = operation_id(seed, operations.len());
            operations.push(Operation { id, stamp: Stamp::default(), not_after_ms: u64::MAX, steps: vec![step] });
            of_operation = bytes;
        }
    }
    operations
}

/// The same for the same place of the same stream.
fn operation_id(seed: &[u8], number: usize) -> OperationId {
    let digest = Sha256::new()
        .chain_update(b"kittiwake import")
        .chain_update(seed)
        .chain_update((number as u64).to_be_bytes())
        .finalize();
    let (id, _) = digest.split_first_chunk::<16>().expect("a digest has 32 bytes");
    OperationId(u128::from_be_bytes(*id))
}
