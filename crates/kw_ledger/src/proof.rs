//! Proofs that an entry is in a tree, and that a tree continues an older one: RFC 6962, section 2.1.1 and 2.1.2.
//!
//! Making one has two steps, so that tiles may be loaded in between: a [`Plan`] lists what is needed, and [`Plan::make`]
//! or [`Plan::make_from`] joins the hashes. Nothing here loads anything.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::error::Error;
use crate::hash::{Hash, node_hash};
use crate::tile::{Tile, TileAddress};
use crate::tree::{Node, TreeHead, cover, join};

/// Which nodes a proof is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// For each hash of the proof, the complete nodes that it stands for, from the left.
    steps: Vec<Vec<Node>>,
    /// The size of the tree that the proof leads to.
    size: u64,
}

impl Plan {
    /// The proof that leaf `index` is in a tree of `size`.
    pub fn inclusion(index: u64, size: u64) -> Result<Self, Error> {
        let descent = Descent::to_leaf(index, size)?;
        Ok(Self { steps: descent.siblings.into_iter().map(|sibling| cover(sibling.leaves)).collect(), size })
    }

    /// The proof that a tree of size `new` continues one of size `old`. Empty where nothing has to be shown: for equal
    /// sizes and for an empty old tree.
    pub fn consistency(old: u64, new: u64) -> Result<Self, Error> {
        let descent = Descent::to_end_of(old, new)?;
        let start = (!descent.ends_at_old_root).then(|| descent.reached.clone());
        let siblings = descent.siblings.into_iter().map(|sibling| sibling.leaves);
        Ok(Self { steps: start.into_iter().chain(siblings).map(cover).collect(), size: new })
    }

    /// Every node whose hash is needed.
    pub fn nodes(&self) -> impl Iterator<Item = Node> {
        self.steps.iter().flatten().copied()
    }

    /// The published tiles that hold these nodes, each once.
    pub fn tiles(&self) -> BTreeSet<TileAddress> {
        self.nodes().filter_map(|node| TileAddress::of(node, self.size)).collect()
    }

    /// The proof, from the tiles that [`Plan::tiles`] lists.
    pub fn make_from(&self, tiles: &[Tile]) -> Result<Vec<Hash>, Error> {
        self.make(|node| tiles.iter().find_map(|tile| tile.node(node)))
    }

    /// The proof, from the hashes that `find` knows.
    pub fn make(&self, mut find: impl FnMut(Node) -> Option<Hash>) -> Result<Vec<Hash>, Error> {
        let mut step = |nodes: &Vec<Node>| {
            let hashes = nodes.iter().map(|node| find(*node).ok_or(Error::MissingNode(*node)));
            let hashes = hashes.collect::<Result<Vec<_>, _>>()?;
            Ok(join(hashes.into_iter()).expect("a step of a plan covers at least one leaf"))
        };
        self.steps.iter().map(&mut step).collect()
    }
}

/// Whether `proof` shows that the leaf with hash `leaf` stands at `index` of the tree with `head`.
pub fn verify_inclusion(leaf: Hash, index: u64, head: &TreeHead, proof: &[Hash]) -> Result<(), Error> {
    let descent = Descent::to_leaf(index, head.size)?;
    if proof.len() != descent.siblings.len() {
        return Err(Error::Unproven);
    }
    let root = proof.iter().zip(&descent.siblings).fold(leaf, |below, (hash, sibling)| match sibling.side {
        Side::Left => node_hash(*hash, below),
        Side::Right => node_hash(below, *hash),
    });
    if root == head.root { Ok(()) } else { Err(Error::Unproven) }
}

/// Whether `proof` shows that the tree with head `new` begins with all leaves of the tree with head `old`.
pub fn verify_consistency(old: &TreeHead, new: &TreeHead, proof: &[Hash]) -> Result<(), Error> {
    let descent = Descent::to_end_of(old.size, new.size)?;
    let holds = |holds: bool| if holds { Ok(()) } else { Err(Error::Unproven) };
    if old.size == 0 {
        return holds(proof.is_empty() && old.root == Hash::of_empty_tree());
    }
    let (start, proof) = match proof.split_first() {
        _ if descent.ends_at_old_root => (old.root, proof),
        Some((first, rest)) => (*first, rest),
        None => return Err(Error::Unproven),
    };
    if proof.len() != descent.siblings.len() {
        return Err(Error::Unproven);
    }
    let (mut old_root, mut new_root) = (start, start);
    for (hash, sibling) in proof.iter().zip(&descent.siblings) {
        match sibling.side {
            Side::Left => (old_root, new_root) = (node_hash(*hash, old_root), node_hash(*hash, new_root)),
            Side::Right => new_root = node_hash(new_root, *hash),
        }
    }
    holds(old_root == old.root && new_root == new.root)
}

/// On which side of the way up a subtree stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Left,
    Right,
}

/// A subtree beside the way down.
#[derive(Debug, Clone)]
struct Sibling {
    side: Side,
    leaves: Range<u64>,
}

/// The way from the root down to something, and the subtrees that it passes, the lowest first.
#[derive(Debug)]
struct Descent {
    siblings: Vec<Sibling>,
    reached: Range<u64>,
    /// For consistency: the subtree that was reached is the whole old tree, whose root the verifier knows.
    ends_at_old_root: bool,
}

impl Descent {
    fn to_leaf(index: u64, size: u64) -> Result<Self, Error> {
        if index >= size {
            return Err(Error::OutOfRange { index, size });
        }
        Ok(Self::walk(size, |leaves| leaves.end - leaves.start == 1, |middle| index < middle))
    }

    /// Down to the subtree whose last leaf is the last one of the old tree, and which is complete in both.
    fn to_end_of(old: u64, new: u64) -> Result<Self, Error> {
        if old > new {
            return Err(Error::OutOfRange { index: old, size: new });
        }
        if old == 0 {
            return Ok(Self { siblings: Vec::new(), reached: 0..0, ends_at_old_root: true });
        }
        Ok(Self::walk(new, |leaves| leaves.end == old, |middle| old <= middle))
    }

    fn walk(size: u64, arrived: impl Fn(&Range<u64>) -> bool, goes_left: impl Fn(u64) -> bool) -> Self {
        let mut siblings = Vec::new();
        let mut here = 0..size;
        while !arrived(&here) {
            // The largest power of two below the number of leaves.
            let middle = here.start + (1 << (here.end - here.start - 1).ilog2());
            let (left, right) = (here.start..middle, middle..here.end);
            here = if goes_left(middle) {
                siblings.push(Sibling { side: Side::Right, leaves: right });
                left
            } else {
                siblings.push(Sibling { side: Side::Left, leaves: left });
                right
            };
        }
        siblings.reverse();
        Self { siblings, ends_at_old_root: here.start == 0, reached: here }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;
    use crate::edge::Edge;
    use crate::tree::tests::{naive_root, some_leaves};
    use crate::tree::{Frontier, SIZE_MAX};

    /// RFC 6962's PATH(m, D[n]).
    fn naive_path(index: usize, leaves: &[Hash]) -> Vec<Hash> {
        if leaves.len() == 1 {
            return Vec::new();
        }
        let middle = leaves.len().next_power_of_two() / 2;
        let (left, right) = leaves.split_at(middle);
        let (mut path, last) = if index < middle {
            (naive_path(index, left), naive_root(right))
        } else {
            (naive_path(index - middle, right), naive_root(left))
        };
        path.push(last);
        path
    }

    /// RFC 6962's SUBPROOF(m, D[n], b).
    fn naive_subproof(old: usize, leaves: &[Hash], whole: bool) -> Vec<Hash> {
        if old == leaves.len() {
            return if whole { Vec::new() } else { vec![naive_root(leaves)] };
        }
        let middle = leaves.len().next_power_of_two() / 2;
        let (left, right) = leaves.split_at(middle);
        let (mut proof, last) = if old <= middle {
            (naive_subproof(old, left, whole), naive_root(right))
        } else {
            (naive_subproof(old - middle, right, false), naive_root(left))
        };
        proof.push(last);
        proof
    }

    struct Forest {
        leaves: Vec<Hash>,
        nodes: BTreeMap<Node, Hash>,
        roots: Vec<Hash>,
    }

    impl Forest {
        fn new(size: u64) -> Self {
            let leaves = some_leaves(size);
            let mut nodes = BTreeMap::new();
            let mut tree = Frontier::new();
            let mut roots = vec![tree.root()];
            for leaf in &leaves {
                tree.grow(*leaf, |node, hash| assert!(nodes.insert(node, hash).is_none()));
                roots.push(tree.root());
            }
            Self { leaves, nodes, roots }
        }

        fn head(&self, size: usize) -> TreeHead {
            TreeHead { size: size as u64, root: self.roots[size] }
        }

        /// Makes a proof for a tree of `size` without looking at nodes that it does not have yet.
        fn make(&self, plan: &Plan, size: usize) -> Vec<Hash> {
            assert!(plan.nodes().all(|node| node.is_complete(size as u64)));
            plan.make(|node| self.nodes.get(&node).copied()).expect("the nodes are there")
        }
    }

    fn flipped(hash: Hash, bit: usize) -> Hash {
        let mut bytes = *hash.as_bytes();
        bytes[bit / 8] ^= 1 << (bit % 8);
        Hash::new(bytes)
    }

    #[test]
    fn every_inclusion_proof_up_to_200_is_the_naive_one_and_proves() {
        let forest = Forest::new(200);
        for size in 1..=200 {
            for index in 0..size {
                let plan = Plan::inclusion(index as u64, size as u64).expect("it is inside");
                let proof = forest.make(&plan, size);
                assert_eq!(proof, naive_path(index, &forest.leaves[..size]));
                let verify = |leaf, index, head: &TreeHead, proof: &[Hash]| verify_inclusion(leaf, index, head, proof);
                let leaf = forest.leaves[index];
                assert_eq!(verify(leaf, index as u64, &forest.head(size), &proof), Ok(()));
                let other = forest.leaves[(index + 1) % 200];
                assert_eq!(verify(other, index as u64, &forest.head(size), &proof), Err(Error::Unproven));
                let longer = [&proof[..], &[leaf]].concat();
                assert_eq!(verify(leaf, index as u64, &forest.head(size), &longer), Err(Error::Unproven));
                if let Some(shorter) = proof.len().checked_sub(1) {
                    assert_eq!(verify(leaf, index as u64, &forest.head(size), &proof[..shorter]), Err(Error::Unproven));
                }
            }
        }
    }

    #[test]
    fn every_consistency_proof_up_to_200_is_the_naive_one_and_proves() {
        let forest = Forest::new(200);
        for new in 0..=200 {
            for old in 0..=new {
                let plan = Plan::consistency(old as u64, new as u64).expect("old is not greater");
                let proof = forest.make(&plan, new);
                if old > 0 {
                    assert_eq!(proof, naive_subproof(old, &forest.leaves[..new], true), "{old}..{new}");
                }
                assert_eq!(verify_consistency(&forest.head(old), &forest.head(new), &proof), Ok(()));
                let longer = [&proof[..], &[forest.leaves[0]]].concat();
                assert!(verify_consistency(&forest.head(old), &forest.head(new), &longer).is_err());
                let forged = TreeHead { size: old as u64, root: flipped(forest.roots[old], 7) };
                assert!(verify_consistency(&forged, &forest.head(new), &proof).is_err(), "{old}..{new}");
            }
        }
    }

    #[test]
    fn proofs_are_made_from_the_tiles_that_they_list() {
        let size = 700;
        let leaves = some_leaves(size);
        let mut edge = Edge::new();
        let mut published: Vec<_> = leaves.iter().flat_map(|leaf| edge.push(*leaf)).collect();
        published.extend(edge.partial_tiles());
        let load = |plan: &Plan| -> Vec<Tile> {
            let of =
                |address| published.iter().find(|tile| tile.address() == address).expect("it is published").clone();
            plan.tiles().into_iter().map(of).collect()
        };
        for index in (0..size).step_by(23) {
            let plan = Plan::inclusion(index, size).expect("it is inside");
            let proof = plan.make_from(&load(&plan)).expect("the tiles are there");
            assert_eq!(verify_inclusion(leaves[index as usize], index, &edge.head(), &proof), Ok(()));
            let plan = Plan::consistency(index, size).expect("it is inside");
            let proof = plan.make_from(&load(&plan)).expect("the tiles are there");
            let old = TreeHead { size: index, root: naive_root(&leaves[..index as usize]) };
            assert_eq!(verify_consistency(&old, &edge.head(), &proof), Ok(()));
            assert!(load(&plan).len() <= 4, "{:?}", plan.tiles());
        }
    }

    #[test]
    fn what_is_outside_the_tree_has_no_proof() {
        let head = TreeHead { size: 7, root: naive_root(&some_leaves(7)) };
        let newer = TreeHead { size: 8, root: naive_root(&some_leaves(8)) };
        assert_eq!(Plan::inclusion(7, 7), Err(Error::OutOfRange { index: 7, size: 7 }));
        assert_eq!(Plan::inclusion(0, 0), Err(Error::OutOfRange { index: 0, size: 0 }));
        assert_eq!(Plan::consistency(8, 7), Err(Error::OutOfRange { index: 8, size: 7 }));
        assert!(verify_inclusion(head.root, 7, &head, &[]).is_err());
        assert!(verify_consistency(&newer, &head, &[]).is_err());
    }

    #[test]
    fn a_proof_without_one_of_its_nodes_names_it() {
        let plan = Plan::inclusion(0, 4).expect("it is inside");
        let missing = Node { level: 1, index: 1 };
        let hash = Hash::of_empty_tree();
        let made = plan.make(|node| (node != missing).then_some(hash));
        assert_eq!(made, Err(Error::MissingNode(missing)));
    }

    #[test]
    fn the_largest_tree_has_plans() {
        assert_eq!(Plan::inclusion(0, SIZE_MAX).map(|plan| plan.steps.len()), Ok(63));
        assert!(Plan::consistency(SIZE_MAX - 1, SIZE_MAX).is_ok());
    }

    proptest! {
        #[test]
        fn any_flipped_bit_of_an_inclusion_proof_is_found(size in 2_u64..600, place in any::<prop::sample::Index>(), step in any::<prop::sample::Index>(), bit in 0_usize..256) {
            let forest = Forest::new(size);
            let (size, index) = (size as usize, place.index(size as usize));
            let mut proof = forest.make(&Plan::inclusion(index as u64, size as u64).expect("inside"), size);
            let step = step.index(proof.len());
            proof[step] = flipped(proof[step], bit);
            prop_assert!(verify_inclusion(forest.leaves[index], index as u64, &forest.head(size), &proof).is_err());
        }

        #[test]
        fn any_flipped_bit_of_a_consistency_proof_is_found(new in 2_u64..600, place in any::<prop::sample::Index>(), step in any::<prop::sample::Index>(), bit in 0_usize..256) {
            let forest = Forest::new(new);
            let new = new as usize;
            let old = 1 + place.index(new - 1);
            let mut proof = forest.make(&Plan::consistency(old as u64, new as u64).expect("inside"), new);
            let step = step.index(proof.len());
            proof[step] = flipped(proof[step], bit);
            prop_assert!(verify_consistency(&forest.head(old), &forest.head(new), &proof).is_err());
        }
    }
}
