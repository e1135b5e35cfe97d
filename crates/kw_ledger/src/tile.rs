//! How the log is published: tiles of 256 hashes, bundles of 256 entries, and their paths (c2sp.org/tlog-tiles).
//!
//! Paths are relative to the log's URL and are read in exactly one way of writing. Nothing here opens a file.

use std::fmt;
use std::str::FromStr;

use crate::error::{Error, malformed};
use crate::hash::{Hash, from_decimal};
use crate::tree::{Node, cover, join};

/// Hashes of a full tile, and entries of a full bundle.
pub const WIDTH: u64 = 256;
/// Levels of the tree from one level of tiles to the next.
const HEIGHT: u8 = 8;
/// Levels of tiles that a tree can have: 2^64 is 256^8.
pub const LEVELS: u8 = 8;
/// The largest entry that a bundle can hold, in bytes.
pub const ENTRY_BYTES_MAX: usize = u16::MAX as usize;
/// The largest tile, in bytes.
pub const TILE_BYTES_MAX: usize = WIDTH as usize * Hash::BYTES;

/// What can be asked of a published log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resource {
    /// `checkpoint`: changes with each batch.
    Checkpoint,
    /// `tile/<L>/<N>[.p/<W>]`: never changes.
    Tile(TileAddress),
    /// `tile/entries/<N>[.p/<W>]`: never changes.
    Bundle(BundleAddress),
}

/// Which tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct TileAddress {
    /// The level of tiles: its hashes stand at `8 * level` in the tree.
    pub level: u8,
    /// Its place in that level.
    pub index: u64,
    /// How many hashes it has: 1 to 256.
    pub width: u16,
}

/// Which bundle of entries.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct BundleAddress {
    /// Its place.
    pub index: u64,
    /// How many entries it has: 1 to 256.
    pub width: u16,
}

impl TileAddress {
    /// The tile that holds `node`, or the hashes below it, as wide as it is in a tree of `size`. None where the node is
    /// not complete.
    pub fn of(node: Node, size: u64) -> Option<Self> {
        if !node.is_complete(size) {
            return None;
        }
        let level = node.level / HEIGHT;
        let index = node.index >> (HEIGHT - node.level % HEIGHT);
        Some(Self { level, index, width: width_at(index, size >> (level * HEIGHT)) })
    }

    /// The tiles that have to be written so that a log of size `from` can be served at size `to`, lowest level first.
    pub fn between(from: u64, to: u64) -> impl Iterator<Item = Self> {
        (0..LEVELS).flat_map(move |level| {
            let (from, to) = (from >> (level * HEIGHT), to >> (level * HEIGHT));
            pieces(from, to).map(move |(index, width)| Self { level, index, width })
        })
    }

    /// Whether it has all 256 hashes, and so will never be replaced by a wider one.
    pub const fn is_full(self) -> bool {
        self.width as u64 == WIDTH
    }
}

impl BundleAddress {
    /// The bundle that holds entry `index` in a log of `size`.
    pub fn of(index: u64, size: u64) -> Option<Self> {
        let bundle = index / WIDTH;
        (index < size).then(|| Self { index: bundle, width: width_at(bundle, size) })
    }

    /// The bundles that have to be written so that a log of size `from` can be served at size `to`.
    pub fn between(from: u64, to: u64) -> impl Iterator<Item = Self> {
        pieces(from, to).map(|(index, width)| Self { index, width })
    }

    /// Whether it has all 256 entries.
    pub const fn is_full(self) -> bool {
        self.width as u64 == WIDTH
    }
}

/// How wide the piece at `index` is when there are `count` items in its level.
fn width_at(index: u64, count: u64) -> u16 {
    (count - index * WIDTH).min(WIDTH) as u16
}

/// Index and width of the pieces that change when a level grows.
fn pieces(from: u64, to: u64) -> impl Iterator<Item = (u64, u16)> {
    let range = if to > from { from / WIDTH..to.div_ceil(WIDTH) } else { 0..0 };
    range.map(move |index| (index, width_at(index, to)))
}

impl fmt::Display for Resource {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Checkpoint => out.write_str("checkpoint"),
            Self::Tile(address) => address.fmt(out),
            Self::Bundle(address) => address.fmt(out),
        }
    }
}

impl fmt::Display for TileAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "tile/{}/", self.level)?;
        write_place(self.index, self.width, out)
    }
}

impl fmt::Display for BundleAddress {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("tile/entries/")?;
        write_place(self.index, self.width, out)
    }
}

/// `x001/x234/067`, and `.p/5` behind it when it is partial.
fn write_place(index: u64, width: u16, out: &mut fmt::Formatter<'_>) -> fmt::Result {
    let mut divisor = 1;
    while index / divisor >= 1000 {
        divisor *= 1000;
    }
    while divisor > 1 {
        write!(out, "x{:03}/", index / divisor % 1000)?;
        divisor /= 1000;
    }
    write!(out, "{:03}", index % 1000)?;
    if u64::from(width) < WIDTH {
        write!(out, ".p/{width}")?;
    }
    Ok(())
}

impl FromStr for Resource {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let resource = read_resource(text).ok_or(malformed("a path", "no log has anything of this name"))?;
        // The reader is lenient about zeroes in front; this is not.
        if resource.to_string() == text {
            Ok(resource)
        } else {
            Err(malformed("a path", "it is written in another way than the one there is"))
        }
    }
}

fn read_resource(text: &str) -> Option<Resource> {
    if text == "checkpoint" {
        return Some(Resource::Checkpoint);
    }
    let (level, place) = text.strip_prefix("tile/")?.split_once('/')?;
    let (index, width) = read_place(place)?;
    if level == "entries" {
        return (index <= u64::MAX / WIDTH).then_some(Resource::Bundle(BundleAddress { index, width }));
    }
    let level = u8::try_from(from_decimal(level)?).ok().filter(|level| *level < LEVELS)?;
    let highest = u64::MAX.checked_shr(u32::from(HEIGHT * (level + 1))).unwrap_or(0);
    (index <= highest).then_some(Resource::Tile(TileAddress { level, index, width }))
}

fn read_place(text: &str) -> Option<(u64, u16)> {
    let (place, width) = match text.split_once(".p/") {
        Some((place, width)) => (place, from_decimal(width).filter(|width| (1..WIDTH).contains(width))?),
        None => (text, WIDTH),
    };
    let (groups, last) = place.rsplit_once('/').map_or((None, place), |(groups, last)| (Some(groups), last));
    let groups = groups.into_iter().flat_map(|groups| groups.split('/')).map(|group| group.strip_prefix('x'));
    let index = groups.chain([Some(last)]).try_fold(0_u64, |index, group| {
        let digits = group.filter(|group| group.len() == 3 && group.bytes().all(|digit| digit.is_ascii_digit()))?;
        index.checked_mul(1000)?.checked_add(digits.parse().ok()?)
    })?;
    Some((index, width as u16))
}

/// A tile with its hashes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    address: TileAddress,
    hashes: Vec<Hash>,
}

impl Tile {
    /// A tile of these hashes; refused when there are not as many as the address says.
    pub fn new(address: TileAddress, hashes: Vec<Hash>) -> Result<Self, Error> {
        if hashes.len() == usize::from(address.width) {
            Ok(Self { address, hashes })
        } else {
            Err(malformed("a tile", "it is not as wide as its path says"))
        }
    }

    /// Reads the bytes that are published at `address`.
    pub fn decode(address: TileAddress, bytes: &[u8]) -> Result<Self, Error> {
        let (hashes, odd) = bytes.as_chunks::<{ Hash::BYTES }>();
        if !odd.is_empty() {
            return Err(malformed("a tile", "its length is not a multiple of 32 bytes"));
        }
        Self::new(address, hashes.iter().copied().map(Hash::new).collect())
    }

    /// The bytes that are published.
    pub fn encode(&self) -> Vec<u8> {
        self.hashes.iter().flat_map(Hash::as_bytes).copied().collect()
    }

    /// Where it is published.
    pub const fn address(&self) -> TileAddress {
        self.address
    }

    /// Its hashes, from the left.
    pub fn hashes(&self) -> &[Hash] {
        &self.hashes
    }

    /// The hash of a node that stands in it, or up to seven levels above its hashes. None where it is not complete here.
    pub fn node(&self, node: Node) -> Option<Hash> {
        let base = HEIGHT * self.address.level;
        let above = node.level.checked_sub(base).filter(|above| *above < HEIGHT)?;
        let start = (node.index << above).checked_sub(self.address.index * WIDTH)? as usize;
        let hashes = self.hashes.get(start..start + (1 << above))?;
        over(hashes)
    }

    /// The hash over a full tile: one hash of the tile above.
    pub fn root(&self) -> Option<Hash> {
        self.address.is_full().then(|| over(&self.hashes))?
    }
}

/// The hash over hashes that stand side by side; none over none.
pub(crate) fn over(hashes: &[Hash]) -> Option<Hash> {
    match hashes {
        [] => None,
        [hash] => Some(*hash),
        _ => {
            let (left, right) = hashes.split_at(hashes.len().next_power_of_two() / 2);
            join([over(left)?, over(right)?].into_iter())
        }
    }
}

/// The hashes of the largest complete nodes above `hashes`, from the left.
pub(crate) fn peaks(hashes: &[Hash]) -> Vec<Hash> {
    let nodes = cover(0..hashes.len() as u64).into_iter();
    let spans = nodes.map(|node| (node.index << node.level) as usize..((node.index + 1) << node.level) as usize);
    spans.filter_map(|span| over(&hashes[span])).collect()
}

/// Entries as they are published: each behind its length in two bytes, the greater first.
pub fn encode_bundle<E: AsRef<[u8]>>(entries: &[E]) -> Result<Vec<u8>, Error> {
    if entries.len() as u64 > WIDTH {
        return Err(Error::TooLarge { what: "a bundle's entries", found: entries.len(), max: WIDTH as usize });
    }
    let mut bytes = Vec::new();
    for entry in entries {
        let entry = entry.as_ref();
        let too_large = Error::TooLarge { what: "an entry's bytes", found: entry.len(), max: ENTRY_BYTES_MAX };
        let length = u16::try_from(entry.len()).map_err(|_| too_large)?;
        bytes.extend_from_slice(&length.to_be_bytes());
        bytes.extend_from_slice(entry);
    }
    Ok(bytes)
}

/// The entries of a bundle of `width`: exactly as many, and nothing behind them.
pub fn decode_bundle(width: u16, mut bytes: &[u8]) -> Result<Vec<&[u8]>, Error> {
    let mut entries = Vec::with_capacity(usize::from(width));
    for _ in 0..width {
        let (length, rest) = bytes.split_first_chunk().ok_or(malformed("a bundle", "it ends before its last entry"))?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (entry, rest) = rest.split_at_checked(length).ok_or(malformed("a bundle", "it ends within an entry"))?;
        entries.push(entry);
        bytes = rest;
    }
    if bytes.is_empty() { Ok(entries) } else { Err(malformed("a bundle", "something follows its last entry")) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::tree::tests::{naive_root, some_leaves};
    use crate::tree::{SIZE_MAX, nodes_between};

    #[test]
    fn paths_are_written_as_the_specification_shows() {
        let cases = [
            ("checkpoint", Resource::Checkpoint),
            ("tile/0/000", Resource::Tile(TileAddress { level: 0, index: 0, width: 256 })),
            ("tile/0/x001/x234/067", Resource::Tile(TileAddress { level: 0, index: 1_234_067, width: 256 })),
            ("tile/1/999.p/1", Resource::Tile(TileAddress { level: 1, index: 999, width: 1 })),
            ("tile/7/000.p/255", Resource::Tile(TileAddress { level: 7, index: 0, width: 255 })),
            ("tile/entries/x001/000", Resource::Bundle(BundleAddress { index: 1000, width: 256 })),
            ("tile/entries/x273/000.p/112", Resource::Bundle(BundleAddress { index: 273_000, width: 112 })),
        ];
        for (text, resource) in cases {
            assert_eq!(resource.to_string(), text);
            assert_eq!(text.parse(), Ok(resource));
        }
    }

    #[test]
    fn paths_in_any_other_way_of_writing_are_refused() {
        let wrong = [
            "",
            "/checkpoint",
            "Checkpoint",
            "tile",
            "tile/",
            "tile/0",
            "tile/0/",
            "tile/0/0",
            "tile/0/00",
            "tile/0/0000",
            "tile/00/000",
            "tile/+0/000",
            "tile/8/000",
            "tile/63/000",
            "tile/-1/000",
            "tile/7/001",
            "tile/0/x000/000",
            "tile/0/001/000",
            "tile/0/x001/x000",
            "tile/0/x001//000",
            "tile/0/X001/000",
            "tile/0/000/",
            "tile/0/000.p",
            "tile/0/000.p/",
            "tile/0/000.p/0",
            "tile/0/000.p/00",
            "tile/0/000.p/01",
            "tile/0/000.p/256",
            "tile/0/000.p/1/",
            "tile/0/000.p/1.p/1",
            "tile/0/00a",
            "tile/0/٠٠٠",
            "tile/entry/000",
            "tile/entries/",
            "tile/8/0/000",
            "tile/0/x999/x999/x999/x999/x999/x999/x999/999",
            "tile/0/../000",
            "tile/0/x001.p/000",
            "tile/entries/000.p/300",
        ];
        for text in wrong {
            assert!(text.parse::<Resource>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_tree_of_70_000_has_the_tiles_that_the_specification_counts() {
        let tiles: Vec<_> = TileAddress::between(0, 70_000).collect();
        let of = |level| tiles.iter().filter(move |tile| tile.level == level);
        assert_eq!(of(0).filter(|tile| tile.is_full()).count(), 273);
        assert_eq!(of(0).next_back(), Some(&TileAddress { level: 0, index: 273, width: 112 }));
        assert_eq!(of(1).map(|tile| tile.width).collect::<Vec<_>>(), [256, 17]);
        assert_eq!(of(2).map(|tile| tile.width).collect::<Vec<_>>(), [1]);
        assert_eq!(tiles.len(), 274 + 2 + 1);
        let of_256: Vec<_> = TileAddress::between(0, 256).map(|tile| tile.to_string()).collect();
        assert_eq!(of_256, ["tile/0/000", "tile/1/000.p/1"]);
        assert_eq!(TileAddress::between(255, 256).map(|tile| tile.to_string()).collect::<Vec<_>>(), of_256);
        assert_eq!(TileAddress::between(256, 256).count() + BundleAddress::between(256, 256).count(), 0);
        assert_eq!(TileAddress::between(SIZE_MAX - 1, SIZE_MAX).count(), 1);
    }

    #[test]
    fn every_complete_node_is_found_in_its_tile() {
        let leaves = some_leaves(700);
        for size in [1, 2, 255, 256, 257, 511, 700] {
            for node in nodes_between(0, size) {
                let address = TileAddress::of(node, size).expect("it is complete");
                let width = 1_usize << (HEIGHT * address.level);
                let hashes = (0..u64::from(address.width)).map(|place| {
                    let start = (address.index * WIDTH + place) as usize * width;
                    naive_root(&leaves[start..start + width])
                });
                let tile = Tile::new(address, hashes.collect()).expect("as wide as its address");
                let (start, span) = ((node.index << node.level) as usize, 1 << node.level);
                assert_eq!(tile.node(node), Some(naive_root(&leaves[start..start + span])), "{node} at {size}");
            }
        }
        assert_eq!(TileAddress::of(Node { level: 1, index: 0 }, 1), None);
        assert_eq!(BundleAddress::of(256, 256), None);
        assert_eq!(BundleAddress::of(256, 300), Some(BundleAddress { index: 1, width: 44 }));
    }

    #[test]
    fn tiles_that_are_not_as_wide_as_their_path_are_refused() {
        let address = TileAddress { level: 0, index: 0, width: 2 };
        for length in [0, 32, 63, 65, 96] {
            assert!(Tile::decode(address, &vec![0; length]).is_err(), "{length}");
        }
        let bytes: Vec<u8> = (0..64).collect();
        let tile = Tile::decode(address, &bytes).expect("two hashes");
        assert_eq!(tile.encode(), bytes);
        assert_eq!(tile.root(), None);
        assert_eq!(tile.node(Node::leaf(2)), None);
        assert_eq!(tile.node(Node { level: 8, index: 0 }), None);
    }

    #[test]
    fn bundles_hold_entries_up_to_their_limits_and_nothing_else() {
        let largest = vec![7; ENTRY_BYTES_MAX];
        let bytes = encode_bundle(&[&largest[..], b"", b"a"]).expect("within the limits");
        assert_eq!(decode_bundle(3, &bytes), Ok(vec![&largest[..], b"", b"a"]));
        assert!(decode_bundle(2, &bytes).is_err());
        assert!(decode_bundle(4, &bytes).is_err());
        assert!(decode_bundle(3, &bytes[..bytes.len() - 1]).is_err());
        let error = encode_bundle(&[vec![7; ENTRY_BYTES_MAX + 1]]).expect_err("one byte too many");
        assert_eq!(error.to_string(), "an entry's bytes is too large: 65536, and at most 65535 are allowed");
        assert!(encode_bundle(&vec![b""; 257]).is_err());
        assert_eq!(encode_bundle(&vec![b""; 256]).map(|bytes| bytes.len()), Ok(512));
    }

    proptest! {
        #[test]
        fn every_address_is_read_back(level in 0..LEVELS, index in any::<u64>(), width in 1_u16..=256) {
            let index = index.checked_shr(u32::from(HEIGHT * (level + 1))).unwrap_or(0);
            for resource in [Resource::Tile(TileAddress { level, index, width }), Resource::Bundle(BundleAddress { index: index >> 8, width })] {
                prop_assert_eq!(resource.to_string().parse(), Ok(resource));
            }
        }

        #[test]
        fn any_text_is_refused_or_is_exactly_what_would_be_written(text in "(tile/)?(entries|[0-9]{1,2})/(x?[0-9]{3}/){0,3}x?[0-9]{3}(\\.p/[0-9]{1,3})?") {
            if let Ok(resource) = text.parse::<Resource>() {
                prop_assert_eq!(resource.to_string(), text);
            }
        }

        #[test]
        fn any_bytes_are_refused_or_are_exactly_the_bundle_of_their_entries(bytes in proptest::collection::vec(0_u8..4, 0..40), width in 1_u16..8) {
            if let Ok(entries) = decode_bundle(width, &bytes) {
                prop_assert_eq!(encode_bundle(&entries), Ok(bytes.clone()));
            }
        }
    }
}
