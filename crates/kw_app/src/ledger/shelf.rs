//! The two databases of the ledger, read as such: by a server that folds them, and by whoever verifies them without one.

use std::ops::Range;

use kw_ledger::tile::{BundleAddress, Tile, TileAddress, WIDTH, decode_bundle, encode_bundle};
use kw_ledger::{Hash, Leaf, leaf_hash};
use kw_staff::entry::Entry;
use kw_staff::entry::leaf::{self, Openings};
use kw_store::{Direction, SharedStore, StoreError, limit};

use crate::failure::Failure;
use crate::families::staff::{BUNDLE, DETAIL, LEDGER, NODE, OPENING_KEYS};
use crate::family::{Rows, Stored, Value};
use crate::key::{Key, Only};
use crate::ledger::opening::unseal;
use crate::ledger::rows::{LedgerKey, LedgerRow};

/// The databases of a ledger.
#[derive(Debug, Clone)]
pub struct Shelf {
    /// Entries and their sealed openings.
    pub ledger: SharedStore,
    /// The keys of the openings.
    pub keys: SharedStore,
}

impl Shelf {
    /// The head row; none before the founding.
    pub(super) async fn head(&self) -> Result<Option<Stored<LedgerKey, LedgerRow>>, Failure> {
        find(&self.ledger, &LEDGER, &Only, &LedgerKey::Head).await
    }

    /// How many entries the head says there are, and its signed checkpoint.
    pub async fn checkpoint(&self) -> Result<Option<(u64, Vec<u8>)>, Failure> {
        Ok(match self.head().await?.map(|head| head.value) {
            Some(LedgerRow::Head { size, checkpoint, .. }) => Some((size, checkpoint)),
            _ => None,
        })
    }

    /// Whether there is an entry at `index`, whatever the head says.
    pub async fn has_entry(&self, index: u64) -> Result<bool, Failure> {
        let is_sealed = find(&self.ledger, &BUNDLE, &(index / WIDTH), &Only).await?.is_some();
        Ok(is_sealed || find(&self.ledger, &LEDGER, &Only, &LedgerKey::Entry(index)).await?.is_some())
    }

    /// The leaves of a range that lies in one bundle, in their exact bytes.
    pub async fn leaves(&self, range: Range<u64>) -> Result<Vec<Vec<u8>>, Failure> {
        if let Some(leaves) = self.sealed_leaves(&range).await? {
            return Ok(leaves);
        }
        let leaves = self.loose_leaves(&range).await?;
        let found = leaves.len() as u64;
        if found == range.end - range.start {
            return Ok(leaves);
        }
        // Between the two looks the bundle may have been sealed.
        let sealed = self.sealed_leaves(&range).await?;
        sealed.ok_or_else(|| damaged(format!("entry {} is missing", range.start + found)))
    }

    /// Those of a bundle that has a row of its own.
    async fn sealed_leaves(&self, range: &Range<u64>) -> Result<Option<Vec<Vec<u8>>>, Failure> {
        let bundle = range.start / WIDTH;
        let Some(row) = find(&self.ledger, &BUNDLE, &bundle, &Only).await? else { return Ok(None) };
        let leaves = decode_bundle(WIDTH as u16, &row.value.bytes);
        let leaves = leaves.map_err(|error| damaged(format!("bundle {bundle}: {error}")))?;
        let wanted = leaves.into_iter().skip((range.start % WIDTH) as usize).take((range.end - range.start) as usize);
        Ok(Some(wanted.map(<[u8]>::to_vec).collect()))
    }

    /// Those beside the head, up to the first that is missing.
    async fn loose_leaves(&self, range: &Range<u64>) -> Result<Vec<Vec<u8>>, Failure> {
        let mut leaves = Vec::with_capacity((range.end - range.start) as usize);
        let mut rows = kw_store::Range {
            from: Some(LedgerKey::Entry(range.start).to_bytes()),
            to: Some(LedgerKey::Entry(range.end).to_bytes()),
        };
        loop {
            let page =
                self.ledger.scan(&LEDGER.partition(&Only), &rows, Direction::Ascending, limit::SCAN_ROWS_MAX).await?;
            for row in &page.rows {
                let row = LEDGER.decode(row)?;
                if let (LedgerKey::Entry(index), LedgerRow::Entry { leaf }) = (row.key, row.value)
                    && index == range.start + leaves.len() as u64
                {
                    leaves.push(leaf);
                }
            }
            match page.rows.last() {
                Some(last) if page.more => rows.from = Some(crate::context::after(&last.key)),
                _ => return Ok(leaves),
            }
        }
    }

    /// A bundle as it is published.
    pub async fn bundle(&self, address: BundleAddress) -> Result<Vec<u8>, Failure> {
        let first = address.index.saturating_mul(WIDTH);
        let leaves = self.leaves(first..first.saturating_add(u64::from(address.width))).await?;
        encode_bundle(&leaves).map_err(|error| damaged(error.to_string()))
    }

    /// A tile as it is published: hashes of leaves, or those that were kept from when they were complete.
    pub async fn tile(&self, address: TileAddress) -> Result<Tile, Failure> {
        let hashes = if address.level == 0 {
            let first = address.index.saturating_mul(WIDTH);
            let leaves = self.leaves(first..first.saturating_add(u64::from(address.width))).await?;
            leaves.iter().map(|leaf| leaf_hash(leaf)).collect()
        } else {
            let partition = NODE.partition(&(u64::from(address.level), address.index));
            let all = kw_store::Range::default();
            let page = self.ledger.scan(&partition, &all, Direction::Ascending, usize::from(address.width)).await?;
            let rows = page.rows.iter().map(|row| NODE.decode(row));
            rows.map(|row| row.map(|row| Hash::new(row.value.hash))).collect::<Result<_, _>>()?
        };
        Tile::new(address, hashes).map_err(|error| damaged(format!("{address}: {error}")))
    }

    /// The entries of these leaves with their openings, as far as those were not erased. Erasing leaves the sealed ones where
    /// they are: while none are there, an operation is still owed, and nobody may take its entry for an erased one.
    pub async fn entries(&self, first: u64, leaves: &[Vec<u8>]) -> Result<Vec<Entry>, Failure> {
        let mut entries = Vec::with_capacity(leaves.len());
        for (index, bytes) in (first..).zip(leaves) {
            let wrong = |why: String| damaged(format!("entry {index}: {why}"));
            let owed = || StoreError::Unavailable(format!("what opens entry {index} of the ledger is not there yet"));
            let openings = self.find_openings(index).await?.ok_or_else(owed)?;
            let leaf = Leaf::from_bytes(bytes).map_err(|error| wrong(error.to_string()))?;
            entries.push(leaf::decode(&leaf, &openings).map_err(|error| wrong(error.to_string()))?);
        }
        Ok(entries)
    }

    /// The openings of an entry that were not erased, with those for whom they are.
    pub async fn openings(&self, index: u64) -> Result<Openings, Failure> {
        Ok(self.find_openings(index).await?.unwrap_or_default())
    }

    /// The same; none while the sealed openings of the entry are not there.
    async fn find_openings(&self, index: u64) -> Result<Option<Openings>, Failure> {
        let bundle = index / WIDTH;
        let Some(detail) = find(&self.ledger, &DETAIL, &bundle, &index).await? else { return Ok(None) };
        let place = (index, detail.value.lock);
        let keys = find(&self.keys, &OPENING_KEYS, &bundle, &place).await?;
        let keys = keys.map(|row| row.value.keys).unwrap_or_default();
        let mut openings = Openings::default();
        for (sealed, key) in detail.value.sealed.iter().zip(&keys) {
            let Some(shown) = unseal(index, sealed, key)? else { continue };
            match shown.opening.field() {
                "target" => openings.target = Some(shown),
                "body" => openings.body = Some(shown),
                "private" => openings.private = Some(shown),
                field => return Err(damaged(format!("entry {index}: an opening of `{field}`, which no leaf has"))),
            }
        }
        Ok(Some(openings))
    }
}

async fn find<P: Key, K: Key, V: Value>(
    store: &SharedStore,
    rows: &Rows<P, K, V>,
    partition: &P,
    key: &K,
) -> Result<Option<Stored<K, V>>, Failure> {
    let found = store.get(&rows.partition(partition), &[key.to_bytes()]).await?;
    found.into_iter().flatten().next().map(|row| rows.decode(&row)).transpose()
}

fn damaged(why: String) -> Failure {
    Failure::Damaged { family: LEDGER.family.name, why }
}
