//! Whether every row is as it should be: counts equal rows, and what points to something points to something that is
//! there. Reads everything, changes nothing, and is meant for a store that nobody else writes to.

use kw_store::{Bytes, COUNT_KEY, Family, limit, row::count_in};

use super::pointers;
use crate::context::Context;
use crate::failure::Failure;
use crate::families::catalogue;
use crate::family::{Rows, Stored, Value};
use crate::key::Key;

/// Findings kept of one check; the rest are counted.
const FINDINGS_MAX: usize = 50;

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The family of the row.
    pub family: &'static str,
    /// What is wrong, in a sentence.
    pub what: String,
}

/// What an examination found.
#[derive(Debug, Default)]
pub struct Examination {
    /// What is wrong: the first of each family.
    pub findings: Vec<Finding>,
    /// How many more there are than are listed.
    pub more: u64,
    /// How many rows were looked at.
    pub rows: u64,
}

/// Looks at every row. `watch` hears the name of each family as its turn comes.
pub async fn examine(cx: &Context, mut watch: impl FnMut(&'static str)) -> Result<Examination, Failure> {
    let mut examiner = Examiner { cx, found: Examination::default() };
    for (family, _) in catalogue() {
        watch(family.name);
        examiner.count(family, |_| ()).await?;
    }
    pointers::follow(&mut examiner, &mut watch).await?;
    Ok(examiner.found)
}

/// Compares every count with its rows and follows no pointer: one pass over what is counted, a page at a time. `watch`
/// hears, page by page, the family and how many rows were seen so far.
pub async fn compare_counts(cx: &Context, mut watch: impl FnMut(&'static str, u64)) -> Result<Examination, Failure> {
    let mut examiner = Examiner { cx, found: Examination::default() };
    for (family, _) in catalogue().into_iter().filter(|(family, _)| family.counted) {
        examiner.count(family, |rows| watch(family.name, rows)).await?;
    }
    Ok(examiner.found)
}

/// Goes through rows and writes down what is wrong.
#[derive(Debug)]
pub(super) struct Examiner<'a> {
    /// What it reads with.
    pub cx: &'a Context,
    found: Examination,
}

/// Where a row of a family stands, and whether it stays.
#[derive(Debug)]
pub(super) struct Seen<P, K, V> {
    /// Its partition.
    pub partition: P,
    /// The row.
    pub row: Stored<K, V>,
    /// Whether it goes by itself: reservations do, and what they are for may never have happened.
    pub is_passing: bool,
}

impl Examiner<'_> {
    /// Writes down that something is wrong.
    pub fn note(&mut self, family: &'static str, what: String) {
        if self.found.findings.iter().filter(|finding| finding.family == family).count() < FINDINGS_MAX {
            self.found.findings.push(Finding { family, what });
        } else {
            self.found.more += 1;
        }
    }

    /// Compares each partition's `#n` with its rows.
    async fn count(&mut self, family: Family, mut watch: impl FnMut(u64)) -> Result<(), Failure> {
        let mut tally = Tally::default();
        let mut token: Option<Bytes> = None;
        loop {
            let page = self.cx.store().sweep(family, token.as_deref(), limit::SCAN_ROWS_MAX).await?;
            for swept in &page.rows {
                if tally.partition.as_ref() != Some(&swept.partition) {
                    self.judge(family, &tally);
                    tally = Tally { partition: Some(swept.partition.clone()), ..Tally::default() };
                }
                if swept.row.key == COUNT_KEY {
                    tally.said = count_in(Some(&swept.row))?;
                } else {
                    tally.rows += 1;
                    self.found.rows += 1;
                }
            }
            watch(self.found.rows);
            token = page.next;
            if token.is_none() {
                break;
            }
        }
        self.judge(family, &tally);
        Ok(())
    }

    fn judge(&mut self, family: Family, tally: &Tally) {
        if family.counted && tally.said != tally.rows {
            let partition = tally.partition.as_deref().unwrap_or_default();
            // The first number of a partition's key is, in nearly every family, the account or post that it belongs to.
            let place = partition.first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes));
            let what = format!("the partition of {place} says it has {} rows and has {}", tally.said, tally.rows);
            self.note(family.name, what);
        }
    }

    /// Shows every row of a family to `visit`; one that cannot be read is written down instead.
    pub async fn each<P: Key, K: Key, V: Value>(
        &mut self,
        rows: &Rows<P, K, V>,
        mut visit: impl AsyncFnMut(&mut Self, Seen<P, K, V>) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let mut token: Option<Bytes> = None;
        loop {
            let page = self.cx.store().sweep(rows.family, token.as_deref(), limit::SCAN_ROWS_MAX).await?;
            for swept in page.rows.iter().filter(|swept| swept.row.key != COUNT_KEY) {
                let is_passing = swept.row.expires_ms.is_some();
                match (P::from_bytes(&swept.partition), rows.decode(&swept.row)) {
                    (Some(partition), Ok(row)) => visit(self, Seen { partition, row, is_passing }).await?,
                    (None, _) => self.note(rows.family.name, "a partition's key has another shape".to_owned()),
                    (_, Err(failure)) => self.note(rows.family.name, failure.to_string()),
                }
            }
            token = page.next;
            if token.is_none() {
                return Ok(());
            }
        }
    }
}

/// The rows of one partition.
#[derive(Debug, Default)]
struct Tally {
    partition: Option<Bytes>,
    said: u64,
    rows: u64,
}
