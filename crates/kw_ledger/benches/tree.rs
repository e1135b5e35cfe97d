//! What the log costs a leaf: `cargo bench -p kw_ledger`. Deliberately absent: signing and storing.

use divan::{Bencher, black_box};
use kw_ledger::proof::{Plan, verify_inclusion};
use kw_ledger::tile::Tile;
use kw_ledger::{Edge, leaf_hash};

/// Leaves of the log.
const LEAVES: u64 = 1_000_000;
/// About as long as the leaves of actions are.
const LEAF_BYTES: usize = 600;

fn main() {
    divan::main();
}

/// A leaf is hashed and added to a log that goes on growing; every 256th fills a tile.
#[divan::bench]
fn append(bencher: Bencher<'_, '_>) {
    let (mut edge, leaf) = (Edge::new(), [7; LEAF_BYTES]);
    bencher.bench_local(|| edge.push(leaf_hash(black_box(&leaf))));
}

/// The proof of one leaf of a million is made from its tiles, and believed.
#[divan::bench]
fn prove_and_verify(bencher: Bencher<'_, '_>) {
    let (mut edge, mut tiles) = (Edge::new(), Vec::new());
    let leaf = |index: u64| leaf_hash(&index.to_be_bytes());
    for index in 0..LEAVES {
        tiles.extend(edge.push(leaf(index)));
    }
    tiles.extend(edge.partial_tiles());
    let (index, head) = (LEAVES / 3, edge.head());
    let plan = Plan::inclusion(index, LEAVES).expect("the leaf is there");
    let needed = plan.tiles();
    let tiles: Vec<Tile> = tiles.into_iter().filter(|tile| needed.contains(&tile.address())).collect();
    bencher.bench_local(|| {
        let proof = Plan::inclusion(black_box(index), LEAVES).and_then(|plan| plan.make_from(&tiles));
        verify_inclusion(leaf(index), index, &head, &proof.expect("all tiles are there")).expect("the leaf is proven");
    });
}
