//! A whole log checked offline: signature, order, leaves, tiles and root, and the first thing wrong with it.
//!
//! Reads through a function of the caller, so it knows neither files nor networks. It knows nothing of what entries mean:
//! that each was allowed is replayed by `kw_staff`.

use crate::checkpoint::SignedCheckpoint;
use crate::edge::Edge;
use crate::error::Error;
use crate::hash::{Hash, leaf_hash};
use crate::leaf::Leaf;
use crate::note::Verifier;
use crate::tile::{BundleAddress, Resource, Tile, decode_bundle};
use crate::tree::TreeHead;

/// The first thing that is wrong with a log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Finding {
    /// The checkpoint cannot be believed.
    #[error("checkpoint: {0}")]
    Checkpoint(Error),
    /// Something that the checkpoint implies could not be read.
    #[error("{path}: {why}")]
    Unreadable {
        /// Its path.
        path: String,
        /// What the reader said.
        why: String,
    },
    /// A tile or a bundle that is not what its path says.
    #[error("{path}: {error}")]
    Resource {
        /// Its path.
        path: String,
        /// What is wrong.
        error: Error,
    },
    /// An entry that is not a leaf.
    #[error("entry {index}: {error}")]
    Leaf {
        /// Its place.
        index: u64,
        /// What is wrong.
        error: Error,
    },
    /// An entry from before the one to its left.
    #[error("entry {index} is from before the entry to its left")]
    Order {
        /// Its place.
        index: u64,
    },
    /// A hash in a tile that the entries do not have.
    #[error("{path}: hash {place} is not the one of the entries")]
    Tile {
        /// The tile's path.
        path: String,
        /// Which of its hashes, from 0.
        place: usize,
    },
    /// More or fewer entries than were signed.
    #[error("there are {found} entries, and {signed} were signed")]
    Count {
        /// The size in the checkpoint.
        signed: u64,
        /// How many there are, or that there is at least one more.
        found: u64,
    },
    /// Other entries than were signed.
    #[error("the entries have the root {found}, and {signed} was signed")]
    Root {
        /// The root in the checkpoint.
        signed: Hash,
        /// The root over the entries.
        found: Hash,
    },
}

/// Checks `entries` against a checkpoint of the log whose key is `log`, and gives the signed size and root.
pub fn check_entries<E: AsRef<[u8]>>(
    checkpoint: &[u8],
    log: &Verifier,
    entries: impl IntoIterator<Item = E>,
) -> Result<TreeHead, Finding> {
    let mut audit = Audit::begin(checkpoint, log)?;
    for entry in entries {
        audit.follow(entry.as_ref())?;
    }
    audit.end()
}

/// Checks a log as it is published: everything that its checkpoint implies, read by its path through `read`.
pub fn check_published(
    log: &Verifier,
    mut read: impl FnMut(&Resource) -> Result<Vec<u8>, String>,
) -> Result<TreeHead, Finding> {
    let mut read =
        |resource: Resource| read(&resource).map_err(|why| Finding::Unreadable { path: resource.to_string(), why });
    let mut audit = Audit::begin(&read(Resource::Checkpoint)?, log)?;
    for address in BundleAddress::between(0, audit.signed().size) {
        let bytes = read(Resource::Bundle(address))?;
        for entry in entries_of(address, &bytes)? {
            for tile in audit.follow(entry)? {
                compare(&tile, &read(Resource::Tile(tile.address()))?)?;
            }
        }
    }
    for tile in audit.partial_tiles() {
        compare(&tile, &read(Resource::Tile(tile.address()))?)?;
    }
    audit.end()
}

/// The entries of a bundle as it is published.
pub fn entries_of(address: BundleAddress, bytes: &[u8]) -> Result<Vec<&[u8]>, Finding> {
    decode_bundle(address.width, bytes).map_err(|error| Finding::Resource { path: address.to_string(), error })
}

/// An audit under way, for whoever reads the parts of a log in a way of their own: entries from the first to the last.
#[derive(Debug)]
pub struct Audit {
    signed: TreeHead,
    edge: Edge,
    last_ms: u64,
}

impl Audit {
    /// Believes a checkpoint that is signed with the key `log`.
    pub fn begin(checkpoint: &[u8], log: &Verifier) -> Result<Self, Finding> {
        let signed = *SignedCheckpoint::open(checkpoint, log).map_err(Finding::Checkpoint)?.head();
        Ok(Self { signed, edge: Edge::default(), last_ms: 0 })
    }

    /// What was signed.
    pub const fn signed(&self) -> &TreeHead {
        &self.signed
    }

    /// Size and root of what was read so far.
    pub fn head(&self) -> TreeHead {
        self.edge.head()
    }

    /// Reads one more entry; the tiles that it fills, for [`compare`].
    pub fn follow(&mut self, entry: &[u8]) -> Result<Vec<Tile>, Finding> {
        let index = self.edge.size();
        if index == self.signed.size {
            return Err(Finding::Count { signed: self.signed.size, found: index + 1 });
        }
        let leaf = Leaf::from_bytes(entry).map_err(|error| Finding::Leaf { index, error })?;
        if leaf.time_ms < self.last_ms {
            return Err(Finding::Order { index });
        }
        self.last_ms = leaf.time_ms;
        Ok(self.edge.push(leaf_hash(entry)))
    }

    /// The tiles on the right edge that are not full, for [`compare`].
    pub fn partial_tiles(&self) -> Vec<Tile> {
        self.edge.partial_tiles()
    }

    /// Everything was read: it must be what was signed.
    pub fn end(self) -> Result<TreeHead, Finding> {
        let found = self.edge.head();
        if found.size != self.signed.size {
            return Err(Finding::Count { signed: self.signed.size, found: found.size });
        }
        if found.root != self.signed.root {
            return Err(Finding::Root { signed: self.signed.root, found: found.root });
        }
        Ok(found)
    }
}

/// Whether a tile as it is published has the hashes that the entries give.
pub fn compare(expected: &Tile, bytes: &[u8]) -> Result<(), Finding> {
    let path = expected.address().to_string();
    let found =
        Tile::decode(expected.address(), bytes).map_err(|error| Finding::Resource { path: path.clone(), error })?;
    match expected.hashes().iter().zip(found.hashes()).position(|(expected, found)| expected != found) {
        Some(place) => Err(Finding::Tile { path, place }),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::checkpoint::Checkpoint;
    use crate::note::Signer;
    use crate::tile::encode_bundle;

    fn key() -> Signer {
        Signer::new("ledger.example/ledger", &[1; 32]).expect("a name")
    }

    fn entry(index: u64) -> Vec<u8> {
        Leaf::new(1_764_000_000_000 + index / 3, "step").to_bytes().expect("a leaf")
    }

    fn checkpoint(entries: &[Vec<u8>]) -> Vec<u8> {
        let mut edge = Edge::new();
        for entry in entries {
            edge.push(leaf_hash(entry));
        }
        let checkpoint = Checkpoint::new("ledger.example/ledger", edge.head()).sign(&key()).expect("its own name");
        checkpoint.to_string().into_bytes()
    }

    /// Everything that a log of these entries publishes, by path.
    fn published(entries: &[Vec<u8>]) -> BTreeMap<String, Vec<u8>> {
        let mut edge = Edge::new();
        let mut files = BTreeMap::from([("checkpoint".to_owned(), checkpoint(entries))]);
        let mut tiles: Vec<_> = entries.iter().flat_map(|entry| edge.push(leaf_hash(entry))).collect();
        tiles.extend(edge.partial_tiles());
        files.extend(tiles.into_iter().map(|tile| (tile.address().to_string(), tile.encode())));
        for address in BundleAddress::between(0, entries.len() as u64) {
            let start = address.index as usize * 256;
            let bundle = encode_bundle(&entries[start..start + usize::from(address.width)]).expect("within the limits");
            files.insert(address.to_string(), bundle);
        }
        files
    }

    fn check(files: &BTreeMap<String, Vec<u8>>) -> Result<TreeHead, Finding> {
        let find = |resource: &Resource| files.get(&resource.to_string()).cloned().ok_or("there is none".to_owned());
        check_published(key().verifier(), find)
    }

    #[test]
    fn logs_of_every_shape_are_found_whole() {
        for size in [0, 1, 2, 255, 256, 257, 600] {
            let entries: Vec<_> = (0..size).map(entry).collect();
            assert_eq!(check(&published(&entries)).map(|head| head.size), Ok(size));
            let head = check_entries(&checkpoint(&entries), key().verifier(), &entries);
            assert_eq!(head.map(|head| head.size), Ok(size));
        }
    }

    #[test]
    fn the_first_thing_wrong_is_named() {
        let entries: Vec<_> = (0..10).map(entry).collect();
        let signed = checkpoint(&entries);
        let check = |entries: &[Vec<u8>]| check_entries(&signed, key().verifier(), entries);
        assert_eq!(check(&entries[..9]), Err(Finding::Count { signed: 10, found: 9 }));
        let longer = [&entries[..], &[entry(10)]].concat();
        assert_eq!(check(&longer), Err(Finding::Count { signed: 10, found: 11 }));
        let mut swapped = entries.clone();
        swapped.swap(2, 3);
        assert_eq!(check(&swapped), Err(Finding::Order { index: 3 }));
        let mut same_time = entries.clone();
        same_time[1] = Leaf::new(1_764_000_000_000, "stop").to_bytes().expect("a leaf");
        assert!(matches!(check(&same_time), Err(Finding::Root { .. })));
        let mut foreign = entries.clone();
        foreign[4] = b"{}".to_vec();
        assert!(matches!(check(&foreign), Err(Finding::Leaf { index: 4, .. })));
        let other = Signer::new("ledger.example/ledger", &[2; 32]).expect("a name");
        let unsigned = Error::Unsigned { name: "ledger.example/ledger".to_owned() };
        assert_eq!(check_entries(&signed, other.verifier(), &entries), Err(Finding::Checkpoint(unsigned)));
    }

    #[test]
    fn what_is_missing_or_cut_is_named_by_its_path() {
        let files = published(&(0..300).map(entry).collect::<Vec<_>>());
        for path in files.keys() {
            let mut without = files.clone();
            without.remove(path);
            assert_eq!(
                check(&without),
                Err(Finding::Unreadable { path: path.clone(), why: "there is none".to_owned() })
            );
            let mut cut = files.clone();
            cut.get_mut(path).expect("it is there").pop();
            assert!(check(&cut).expect_err("cut").to_string().starts_with(path.as_str()));
        }
    }

    proptest! {
        #[test]
        fn any_flipped_bit_of_any_file_is_found(file in any::<prop::sample::Index>(), place in any::<prop::sample::Index>(), bit in 0_u8..8) {
            let mut files = published(&(0..300).map(entry).collect::<Vec<_>>());
            let path = file.get(&files.keys().cloned().collect::<Vec<_>>()).clone();
            let bytes = files.get_mut(&path).expect("it is there");
            let place = place.index(bytes.len());
            bytes[place] ^= 1 << bit;
            prop_assert!(check(&files).is_err(), "{} {} {}", path, place, bit);
        }
    }
}
