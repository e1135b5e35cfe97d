//! How pages are cut, by rows and by bytes, and what a sweep's token holds. For engines.

use crate::{Bytes, Page, Row, StoreError, SweepPage, SweptRow, limit};

/// Gathers the rows of one page until it is full.
#[derive(Debug)]
pub struct PageCut {
    budget: Budget,
    page: Page,
}

impl PageCut {
    /// A page of at most `rows_max` rows, and within the limits of the contract.
    pub fn new(rows_max: usize) -> Self {
        Self { budget: Budget::new(rows_max), page: Page::default() }
    }

    /// Takes the next row. `false` when the page was full: then the row follows after it, and no other is wanted.
    pub fn take(&mut self, row: Row) -> bool {
        if self.budget.allows(&row) {
            self.page.rows.push(row);
        } else {
            self.page.more = true;
        }
        !self.page.more
    }

    /// How many rows must be offered at most for the page to be known.
    pub fn rows_wanted(&self) -> usize {
        self.budget.rows_max + 1
    }

    /// The page.
    pub fn page(self) -> Page {
        self.page
    }
}

/// Gathers the rows of one page of a sweep until it is full.
#[derive(Debug)]
pub struct SweepCut {
    budget: Budget,
    page: SweepPage,
}

impl SweepCut {
    /// A page of at most `rows_max` rows (never below one, or no sweep would end), and within the limits of the contract.
    pub fn new(rows_max: usize) -> Self {
        Self { budget: Budget::new(rows_max.max(1)), page: SweepPage::default() }
    }

    /// Takes the next row. `false` when the page was full: then the next page begins after the last row taken.
    pub fn take(&mut self, row: SweptRow) -> bool {
        if self.budget.allows(&row.row) {
            self.page.rows.push(row);
            return true;
        }
        self.page.next = self.page.rows.last().map(SweepToken::after);
        false
    }

    /// How many rows must be offered at most for the page to be known.
    pub fn rows_wanted(&self) -> usize {
        self.budget.rows_max + 1
    }

    /// The page.
    pub fn page(self) -> SweepPage {
        self.page
    }
}

/// Rows and bytes still free in a page.
#[derive(Debug)]
struct Budget {
    rows_max: usize,
    rows: usize,
    bytes: usize,
}

impl Budget {
    fn new(rows_max: usize) -> Self {
        Self { rows_max: rows_max.min(limit::SCAN_ROWS_MAX), rows: 0, bytes: 0 }
    }

    fn allows(&mut self, row: &Row) -> bool {
        let bytes = self.bytes + row.key.len() + row.value.len();
        let fits = self.rows < self.rows_max && (self.rows == 0 || bytes <= limit::SCAN_BYTES_MAX);
        if fits {
            self.rows += 1;
            self.bytes = bytes;
        }
        fits
    }
}

/// Where a page of a sweep ended: the last row of it, as `partition length (2 bytes) ‖ partition ‖ row key`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SweepToken {
    /// The partition of that row.
    pub partition: Bytes,
    /// Its key.
    pub key: Bytes,
}

impl SweepToken {
    /// The token of a page that ends with `row`.
    pub fn after(row: &SweptRow) -> Bytes {
        let mut token = Vec::with_capacity(2 + row.partition.len() + row.row.key.len());
        token.extend_from_slice(&(row.partition.len() as u16).to_be_bytes());
        token.extend_from_slice(&row.partition);
        token.extend_from_slice(&row.row.key);
        Bytes::from(token)
    }

    /// Reads a token back; refuses what cannot be one.
    pub fn read(token: &[u8]) -> Result<Self, StoreError> {
        let invalid = || StoreError::Invalid("this is not the token of a sweep".to_owned());
        let (length, rest) = token.split_first_chunk::<2>().ok_or_else(invalid)?;
        let (partition, key) = rest.split_at_checked(usize::from(u16::from_be_bytes(*length))).ok_or_else(invalid)?;
        if partition.len() > limit::PARTITION_KEY_BYTES_MAX || key.len() > limit::ROW_KEY_BYTES_MAX {
            return Err(invalid());
        }
        Ok(Self { partition: Bytes::copy_from_slice(partition), key: Bytes::copy_from_slice(key) })
    }
}
