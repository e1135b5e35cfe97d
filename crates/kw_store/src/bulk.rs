//! Runs of rows for an engine that nobody uses yet: sorted by whoever makes them, and loaded without being asked about.
//!
//! A run has no conditions, no outcomes and no operation: it is for made-up colonies in a directory of their own, before a
//! server was ever started there. What people do goes through [`Store::perform`](crate::Store::perform) and through nothing else.

use std::ops::Range;

use crate::{Family, Stamp};

/// Rows of one family in the order of their partitions and keys. Partitions are whole; a counted one has its count.
#[derive(Debug, Clone)]
pub struct Run {
    family: Family,
    bytes: Vec<u8>,
    rows: Vec<Place>,
    partition: Range<u32>,
    /// Where the count of the partition is, and what it is.
    count: Option<(u32, u64)>,
}

/// Where the bytes of one row are.
#[derive(Debug, Clone)]
struct Place {
    partition: Range<u32>,
    key: Range<u32>,
    value: Range<u32>,
    stamp: Stamp,
}

/// One row of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Loaded<'r> {
    /// The key of its partition.
    pub partition: &'r [u8],
    /// Its own; empty for the partition's count.
    pub key: &'r [u8],
    /// What it says.
    pub value: &'r [u8],
    /// When it was written.
    pub stamp: Stamp,
}

impl Run {
    /// An empty run.
    pub fn of(family: Family) -> Self {
        Self { family, bytes: Vec::new(), rows: Vec::new(), partition: 0..0, count: None }
    }

    /// Whose rows these are.
    pub const fn family(&self) -> Family {
        self.family
    }

    /// How many rows it has, counts included.
    pub const fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether it has none.
    pub const fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Whether the next row belongs to another partition than the one before.
    pub fn ends_before(&self, partition: &[u8]) -> bool {
        self.is_empty() || self.slice(&self.partition) != partition
    }

    /// Adds a row behind all others. A partition begins when its key is first named.
    pub fn push(&mut self, partition: &[u8], key: &[u8], value: impl FnOnce(&mut Vec<u8>), stamp: Stamp) {
        if self.ends_before(partition) {
            self.begin(partition);
        }
        let key = self.keep(|bytes| bytes.extend_from_slice(key));
        let value = self.keep(value);
        self.rows.push(Place { partition: self.partition.clone(), key, value, stamp });
        if let Some((at, count)) = &mut self.count {
            *count += 1;
            self.bytes[*at as usize..][..8].copy_from_slice(&count.to_be_bytes());
        }
    }

    fn begin(&mut self, partition: &[u8]) {
        self.partition = self.keep(|bytes| bytes.extend_from_slice(partition));
        if self.family.counted {
            let value = self.keep(|bytes| bytes.extend_from_slice(&[0; 8]));
            self.count = Some((value.start, 0));
            let key = value.start..value.start;
            self.rows.push(Place { partition: self.partition.clone(), key, value, stamp: Stamp(0) });
        }
    }

    fn keep(&mut self, write: impl FnOnce(&mut Vec<u8>)) -> Range<u32> {
        let from = self.bytes.len() as u32;
        write(&mut self.bytes);
        from..self.bytes.len() as u32
    }

    fn slice(&self, range: &Range<u32>) -> &[u8] {
        &self.bytes[range.start as usize..range.end as usize]
    }

    /// The row at a place.
    pub fn row(&self, at: usize) -> Loaded<'_> {
        let Place { partition, key, value, stamp } = &self.rows[at];
        Loaded { partition: self.slice(partition), key: self.slice(key), value: self.slice(value), stamp: *stamp }
    }
}

/// Cuts sorted things into runs of some `rows_max` rows, at the end of a partition. `place` writes the key of a thing's
/// partition; `push` adds its row.
pub fn cut<T>(
    family: Family,
    rows_max: usize,
    mut things: impl Iterator<Item = T>,
    mut place: impl FnMut(&T, &mut Vec<u8>),
    mut push: impl FnMut(&mut Run, &[u8], T),
) -> impl Iterator<Item = Run> {
    let (mut partition, mut held) = (Vec::new(), None);
    std::iter::from_fn(move || {
        let mut run = Run::of(family);
        while let Some(thing) = held.take().or_else(|| things.next()) {
            partition.clear();
            place(&thing, &mut partition);
            if run.len() >= rows_max && run.ends_before(&partition) {
                held = Some(thing);
                break;
            }
            push(&mut run, &partition, thing);
        }
        (!run.is_empty()).then_some(run)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Class;

    const FAMILY: Family = Family { id: 9, name: "edges", class: Class::Serial, counted: true };

    #[test]
    fn runs_hold_whole_partitions_and_each_has_its_count() {
        let edges = (0..10_u8).flat_map(|from| (0..=from).map(move |to| (from, to)));
        let push = |run: &mut Run, partition: &[u8], (_, to): (u8, u8)| {
            run.push(partition, &[to], |value| value.push(to), Stamp(7));
        };
        let runs: Vec<Run> = cut(FAMILY, 12, edges, |(from, _), out| out.push(*from), push).collect();
        assert!(runs.len() > 2 && runs.iter().all(|run| run.family() == FAMILY));
        let mut seen = std::collections::BTreeMap::<u8, (u64, u64)>::new();
        for run in &runs {
            assert_eq!(run.row(0).key, b"", "a run begins with a partition");
            for row in (0..run.len()).map(|at| run.row(at)) {
                let of = seen.entry(row.partition[0]).or_default();
                match row.key {
                    [] => of.0 = u64::from_be_bytes(row.value.try_into().expect("eight bytes")),
                    key => {
                        assert_eq!((key, row.stamp), (row.value, Stamp(7)));
                        of.1 += 1;
                    }
                }
            }
        }
        assert_eq!(
            seen.into_iter().collect::<Vec<_>>(),
            (0..10).map(|n| (n, (u64::from(n) + 1, u64::from(n) + 1))).collect::<Vec<_>>()
        );
    }
}
