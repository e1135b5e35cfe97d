//! The ledger as everybody may read it: C2SP's checkpoint, tiles and bundles, computed from what is stored, and the proof
//! of one entry. Leaves are opaque to the public; their openings are another matter ([`super::shelf::Shelf::openings`]).

use std::collections::BTreeMap;

use kw_ledger::proof::Plan;
pub use kw_ledger::tile::Resource;
use kw_ledger::tile::{BundleAddress, Tile, TileAddress, WIDTH};
use kw_ledger::{EntryProof, Node, Note};

use crate::context::Context;
use crate::failure::Failure;
use crate::families::staff::LEDGER;

/// The bytes of a resource; none where the ledger has no such thing, or none that wide yet.
pub async fn read(cx: &Context, resource: Resource) -> Result<Option<Vec<u8>>, Failure> {
    match resource {
        Resource::Checkpoint => {
            let checkpoint = cx.ledger().read(|log| log.checkpoint().to_vec());
            Ok((!checkpoint.is_empty()).then_some(checkpoint))
        }
        Resource::Tile(address) => Ok(load_tile(cx, address).await?.map(|tile| tile.encode())),
        Resource::Bundle(address) => load_bundle(cx, address).await,
    }
}

/// The leaf at `index`, in its exact bytes.
pub async fn load_leaf(cx: &Context, index: u64) -> Result<Option<Vec<u8>>, Failure> {
    if index >= cx.ledger().read(super::log::Log::size) {
        return Ok(None);
    }
    Ok(cx.ledger().shelf().leaves(index..index + 1).await?.pop())
}

/// What somebody offline needs to see that the entry at `index` is in the ledger.
pub async fn prove(cx: &Context, index: u64) -> Result<Option<EntryProof>, Failure> {
    let (size, checkpoint) = cx.ledger().read(|log| (log.size(), log.checkpoint().to_vec()));
    if index >= size {
        return Ok(None);
    }
    let plan = Plan::inclusion(index, size).map_err(damaged)?;
    let mut tiles = BTreeMap::new();
    for node in plan.nodes() {
        let Some(address) = TileAddress::of(node, size) else { continue };
        if !tiles.contains_key(&address)
            && let Some(tile) = load_tile(cx, address).await?
        {
            tiles.insert(address, tile);
        }
    }
    let find = |node: Node| tiles.get(&TileAddress::of(node, size)?)?.node(node);
    let path = plan.make(find).map_err(damaged)?;
    let checkpoint = Note::parse(&checkpoint).map_err(damaged)?;
    Ok(Some(EntryProof { extra: None, index, path, checkpoint }))
}

async fn load_bundle(cx: &Context, address: BundleAddress) -> Result<Option<Vec<u8>>, Failure> {
    let end = address.index.saturating_mul(WIDTH).saturating_add(u64::from(address.width));
    if end > cx.ledger().read(super::log::Log::size) {
        return Ok(None);
    }
    cx.ledger().shelf().bundle(address).await.map(Some)
}

async fn load_tile(cx: &Context, address: TileAddress) -> Result<Option<Tile>, Failure> {
    let size = cx.ledger().read(super::log::Log::size);
    let hashes_there = size.checked_shr(8 * u32::from(address.level)).unwrap_or(0);
    if address.index.saturating_mul(WIDTH).saturating_add(u64::from(address.width)) > hashes_there {
        return Ok(None);
    }
    cx.ledger().shelf().tile(address).await.map(Some)
}

#[expect(clippy::needless_pass_by_value, reason = "it is what `map_err` hands over")]
fn damaged(error: kw_ledger::Error) -> Failure {
    Failure::Damaged { family: LEDGER.family.name, why: error.to_string() }
}
