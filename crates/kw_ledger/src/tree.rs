//! The shape of the tree: where its nodes are, which of them are complete, and the few that suffice to grow it.
//!
//! Only complete nodes are ever stored: they never change. What RFC 6962 hashes above them at the right edge is computed
//! when it is needed.

use std::fmt;
use std::ops::Range;

use crate::error::{Error, malformed};
use crate::hash::{Hash, node_hash};

/// The largest tree: other programs count leaves with 63 bits.
pub const SIZE_MAX: u64 = i64::MAX as u64;

/// How many leaves a tree has, and the hash over all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TreeHead {
    /// The number of leaves.
    pub size: u64,
    /// The root, as RFC 6962 defines it.
    pub root: Hash,
}

/// A complete node: `index` counts from the left among the nodes of `level`, and leaves are at level 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Node {
    /// Its height above the leaves.
    pub level: u8,
    /// Its place in that level.
    pub index: u64,
}

impl Node {
    /// A leaf.
    pub const fn leaf(index: u64) -> Self {
        Self { level: 0, index }
    }

    /// The node above it.
    #[must_use]
    pub const fn parent(self) -> Self {
        Self { level: self.level + 1, index: self.index / 2 }
    }

    /// Whether all leaves below it exist in a tree of `size`.
    pub const fn is_complete(self, size: u64) -> bool {
        self.level < 64 && self.index < size >> self.level
    }
}

impl fmt::Display for Node {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{} of level {}", self.index, self.level)
    }
}

/// The nodes that are complete in a tree of size `to` and were not in one of size `from`, level by level: what a store
/// that keeps every node has to write.
pub fn nodes_between(from: u64, to: u64) -> impl Iterator<Item = Node> {
    (0..64_u8)
        .take_while(move |level| to >> level > 0)
        .flat_map(move |level| (from >> level..to >> level).map(move |index| Node { level, index }))
}

/// The fewest complete nodes that stand above the leaves of `range`, from the left.
pub(crate) fn cover(range: Range<u64>) -> Vec<Node> {
    let mut nodes = Vec::new();
    let mut start = range.start;
    while start < range.end {
        let level = start.trailing_zeros().min((range.end - start).ilog2());
        nodes.push(Node { level: level as u8, index: start >> level });
        start += 1 << level;
    }
    nodes
}

/// The hash over subtrees that stand side by side, the largest at the left, as RFC 6962 joins them.
pub(crate) fn join(subtrees: impl DoubleEndedIterator<Item = Hash>) -> Option<Hash> {
    subtrees.rev().reduce(|right, left| node_hash(left, right))
}

/// What is needed to add leaves to a tree and to know its root: its largest complete nodes, from the left. At most 63
/// hashes, whatever the size.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    peaks: Vec<Hash>,
}

impl Frontier {
    /// An empty tree.
    pub const fn new() -> Self {
        Self { size: 0, peaks: Vec::new() }
    }

    /// The number of leaves.
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf, by its hash.
    pub fn push(&mut self, leaf: Hash) {
        self.grow(leaf, |_, _| {});
    }

    /// Adds a leaf, and tells each node that it completes, itself included, from below.
    pub fn grow(&mut self, leaf: Hash, mut completed: impl FnMut(Node, Hash)) {
        let (mut node, mut hash) = (Node::leaf(self.size), leaf);
        completed(node, hash);
        while node.index % 2 == 1
            && let Some(left) = self.peaks.pop()
        {
            (node, hash) = (node.parent(), node_hash(left, hash));
            completed(node, hash);
        }
        self.peaks.push(hash);
        self.size += 1;
    }

    /// The root.
    pub fn root(&self) -> Hash {
        join(self.peaks.iter().copied()).unwrap_or_else(Hash::of_empty_tree)
    }

    /// Size and root.
    pub fn head(&self) -> TreeHead {
        TreeHead { size: self.size, root: self.root() }
    }

    /// For storing it: the size in eight bytes, the greatest first, then the hashes.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.size.to_be_bytes().to_vec();
        for peak in &self.peaks {
            bytes.extend_from_slice(peak.as_bytes());
        }
        bytes
    }

    /// Reads [`Frontier::to_bytes`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let (size, rest) = bytes.split_first_chunk().ok_or(malformed("a frontier", "it has no size"))?;
        let size = u64::from_be_bytes(*size);
        let (peaks, odd) = rest.as_chunks::<{ Hash::BYTES }>();
        if size > SIZE_MAX || !odd.is_empty() || peaks.len() != size.count_ones() as usize {
            return Err(malformed("a frontier", "its hashes do not fit its size"));
        }
        Ok(Self { size, peaks: peaks.iter().copied().map(Hash::new).collect() })
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::hash::leaf_hash;

    /// RFC 6962's definition, word by word, with nothing clever in it.
    pub(crate) fn naive_root(leaves: &[Hash]) -> Hash {
        match leaves {
            [] => Hash::of_empty_tree(),
            [leaf] => *leaf,
            _ => {
                let (left, right) = leaves.split_at(leaves.len().next_power_of_two() / 2);
                node_hash(naive_root(left), naive_root(right))
            }
        }
    }

    pub(crate) fn some_leaves(count: u64) -> Vec<Hash> {
        (0..count).map(|index| leaf_hash(&index.to_be_bytes())).collect()
    }

    #[test]
    fn roots_are_those_of_the_known_vectors() {
        // The inputs and roots that Certificate Transparency's implementations share.
        let inputs: [&[u8]; 8] = [
            b"",
            b"\x00",
            b"\x10",
            b"\x20\x21",
            b"\x30\x31",
            b"\x40\x41\x42\x43",
            b"\x50\x51\x52\x53\x54\x55\x56\x57",
            b"\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f",
        ];
        let roots = [
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
        ];
        let mut tree = Frontier::new();
        for (input, root) in inputs.into_iter().zip(roots) {
            tree.push(leaf_hash(input));
            assert_eq!(tree.root().to_string(), root, "at size {}", tree.size());
        }
    }

    #[test]
    fn the_frontier_has_the_naive_root_at_every_size_and_survives_storage() {
        let leaves = some_leaves(300);
        let mut tree = Frontier::new();
        for size in 0..=300 {
            assert_eq!(tree.head(), TreeHead { size: size as u64, root: naive_root(&leaves[..size]) });
            let stored = tree.to_bytes();
            assert_eq!(Frontier::from_bytes(&stored), Ok(tree.clone()));
            assert!(Frontier::from_bytes(&stored[..stored.len() - 1]).is_err());
            assert!(Frontier::from_bytes(&[&stored[..], &[0; 32]].concat()).is_err());
            if let Some(leaf) = leaves.get(size) {
                tree.push(*leaf);
            }
        }
        assert!(Frontier::from_bytes(&[0xff; 8 + 64 * 32]).is_err());
    }

    #[test]
    fn growing_completes_exactly_the_nodes_that_are_listed_with_their_hashes() {
        let leaves = some_leaves(130);
        let mut tree = Frontier::new();
        let mut told = BTreeMap::new();
        for leaf in &leaves {
            tree.grow(*leaf, |node, hash| assert!(told.insert(node, hash).is_none(), "{node} twice"));
        }
        for (node, hash) in &told {
            let (start, width) = ((node.index << node.level) as usize, 1 << node.level);
            assert_eq!(*hash, naive_root(&leaves[start..start + width]), "{node}");
        }
        for from in 0..=130 {
            for to in from..=130 {
                let expected: Vec<_> =
                    told.keys().filter(|node| node.is_complete(to) && !node.is_complete(from)).copied().collect();
                assert_eq!(nodes_between(from, to).collect::<Vec<_>>(), expected, "{from}..{to}");
            }
        }
    }

    #[test]
    fn the_largest_tree_has_its_nodes() {
        let all = cover(0..SIZE_MAX);
        assert_eq!(all.len(), 63);
        assert!(all.iter().all(|node| node.is_complete(SIZE_MAX)));
        assert!(!Node { level: 63, index: 0 }.is_complete(SIZE_MAX));
        assert_eq!(nodes_between(SIZE_MAX - 1, SIZE_MAX).count(), 1);
    }
}
