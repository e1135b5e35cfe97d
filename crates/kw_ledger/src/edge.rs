//! The right edge of the published tiles: what is needed to go on writing them, leaf by leaf.
//!
//! It holds the partial tiles of each level, at most 255 hashes each. It does not write: the caller stores the tiles that
//! come out, full ones as they fill and partial ones when a checkpoint is signed.

use crate::error::Error;
use crate::hash::Hash;
use crate::tile::{LEVELS, Tile, TileAddress, WIDTH, over, peaks};
use crate::tree::{TreeHead, join};

/// The partial tiles of a growing log.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Edge {
    size: u64,
    levels: Vec<Vec<Hash>>,
}

impl Edge {
    /// Of an empty log.
    pub const fn new() -> Self {
        Self { size: 0, levels: Vec::new() }
    }

    /// The partial tiles that [`Edge::load`] needs for a log of `size`.
    pub fn tiles_needed(size: u64) -> impl Iterator<Item = TileAddress> {
        let of_level = move |level| (level, size >> (8 * u32::from(level)));
        let partial = (0..LEVELS).map(of_level).filter(|(_, count)| count % WIDTH > 0);
        partial.map(|(level, count)| TileAddress { level, index: count / WIDTH, width: (count % WIDTH) as u16 })
    }

    /// Of a log of `size`, from its stored tiles. That they are the right ones, [`Edge::head`] shows.
    pub fn load<E: From<Error>>(size: u64, mut read: impl FnMut(TileAddress) -> Result<Vec<u8>, E>) -> Result<Self, E> {
        let mut levels = Vec::new();
        for address in Self::tiles_needed(size) {
            levels.resize(usize::from(address.level), Vec::new());
            levels.push(Tile::decode(address, &read(address)?)?.hashes().to_vec());
        }
        Ok(Self { size, levels })
    }

    /// The number of leaves.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf by its hash; the tiles that it fills, from below. They never change again.
    pub fn push(&mut self, leaf: Hash) -> Vec<Tile> {
        let mut filled = Vec::new();
        let mut hash = leaf;
        self.size += 1;
        for level in 0..LEVELS {
            if self.levels.len() == usize::from(level) {
                self.levels.push(Vec::new());
            }
            let hashes = &mut self.levels[usize::from(level)];
            hashes.push(hash);
            if (hashes.len() as u64) < WIDTH {
                break;
            }
            let hashes = std::mem::take(hashes);
            hash = over(&hashes).expect("a full tile has hashes");
            let index = (self.size >> (8 * u32::from(level + 1))) - 1;
            let address = TileAddress { level, index, width: WIDTH as u16 };
            filled.push(Tile::new(address, hashes).expect("a full tile has 256 hashes"));
        }
        filled
    }

    /// The partial tiles at the present size: what is published beside the full ones.
    pub fn partial_tiles(&self) -> Vec<Tile> {
        let tile = |address: TileAddress| Tile::new(address, self.levels[usize::from(address.level)].clone());
        Self::tiles_needed(self.size)
            .map(|address| tile(address).expect("the edge is as wide as its size says"))
            .collect()
    }

    /// Size and root.
    pub fn head(&self) -> TreeHead {
        let peaks: Vec<_> = self.levels.iter().rev().flat_map(|hashes| peaks(hashes)).collect();
        TreeHead { size: self.size, root: join(peaks.into_iter()).unwrap_or_else(Hash::of_empty_tree) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::tree::Frontier;
    use crate::tree::tests::some_leaves;

    #[test]
    fn the_edge_writes_exactly_the_tiles_that_are_listed_and_has_the_frontiers_root() {
        let (mut edge, mut frontier) = (Edge::new(), Frontier::new());
        let mut stored = BTreeMap::new();
        let mut signed = 0;
        for leaf in some_leaves(66_000) {
            let mut written: Vec<_> = edge.push(leaf);
            frontier.push(leaf);
            let size = frontier.size();
            if !size.is_multiple_of(251) && size > 600 {
                stored.extend(written.into_iter().map(|tile| (tile.address(), tile.encode())));
                continue;
            }
            written.extend(edge.partial_tiles());
            stored.extend(written.into_iter().map(|tile| (tile.address(), tile.encode())));
            assert!(
                TileAddress::between(signed, size).all(|address| stored.contains_key(&address)),
                "{signed}..{size}"
            );
            assert_eq!(edge.head(), frontier.head());
            let read = |address| Ok::<_, Error>(stored[&address].clone());
            assert_eq!(Edge::load(size, read).map(|loaded| loaded.head()), Ok(frontier.head()), "at {size}");
            signed = size;
        }
        assert!(stored.contains_key(&TileAddress { level: 1, index: 0, width: 256 }));
        assert!(stored.keys().any(|address| address.level == 2));
    }

    #[test]
    fn an_edge_goes_on_from_storage_as_if_it_had_never_stopped() {
        let leaves = some_leaves(600);
        let mut edge = Edge::new();
        for (index, leaf) in leaves.iter().enumerate() {
            let tiles: BTreeMap<_, _> =
                edge.partial_tiles().into_iter().map(|tile| (tile.address(), tile.encode())).collect();
            let mut loaded =
                Edge::load(index as u64, |address| Ok::<_, Error>(tiles[&address].clone())).expect("whole");
            assert_eq!(loaded.push(*leaf), edge.push(*leaf));
            assert_eq!(loaded.head(), edge.head());
        }
    }

    #[test]
    fn a_stored_tile_of_another_width_is_refused() {
        assert!(Edge::load(3, |_| Ok::<_, Error>(vec![0; 64])).is_err());
    }
}
