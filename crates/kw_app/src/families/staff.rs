//! The catalogue's second half: what staff do. The ledger and the keys of its openings live in databases of their own, so
//! that the network can be restored to any hour while the ledger only grows, and an erased key outlives no backup.

use kw_store::Family;

use crate::family::{Decider, Rows};
use crate::key::Only;
use crate::ledger::rows::{BundleRow, DetailRow, LedgerKey, LedgerRow, NodeRow, OpeningKeysRow, SnapshotRow};
use crate::rows::{Hash, SecretRow};
use crate::staff::rows::{FoundingRow, StaffBrowserRow, StaffNameRow, StaffPasskeyRow, StaffSessionRow};

// ---- In the ledger's database ----

/// The ledger's head and the entries that are in no full bundle yet: one partition, so that an append is one conditional
/// batch. At most 10,000 rows: full bundles move to [`BUNDLE`].
pub const LEDGER: Rows<Only, LedgerKey, LedgerRow> = Rows::serial(70, "ledger", Decider::Ledger);
/// Full bundles of 256 leaves, by number. Written once.
pub const BUNDLE: Rows<u64, Only, BundleRow> = Rows::stamped(71, "bundle", Decider::Ledger);
/// Tree hashes above the leaves, at every eighth level: (tile level, tile) → place in the tile. Written once; 256 rows a
/// partition at most.
pub const NODE: Rows<(u64, u64), u8, NodeRow> = Rows::stamped(72, "node", Decider::Ledger);
/// Openings of entries, sealed under keys of their own, by bundle and index. 256 rows a partition at most.
pub const DETAIL: Rows<u64, u64, DetailRow> = Rows::stamped(73, "detail", Decider::Ledger);
/// The newest snapshot of what follows from the ledger: (entries it was taken at, part); (0, 0) names it. A convenience of
/// this server, made again from the entries whenever it is missing.
pub const SNAPSHOT: Rows<Only, (u64, u64), SnapshotRow> = Rows::serial(82, "snapshot", Decider::Ledger);

// ---- In the database of keys ----

/// The keys of an entry's openings, by bundle, index and the lock that its openings name. Without its key an opening is gone.
/// A lock is minted for one attempt to append: of several nodes that try for the same index, one is named by the openings,
/// and the keys of the others open nothing.
pub const OPENING_KEYS: Rows<u64, (u64, u64), OpeningKeysRow> = Rows::stamped(74, "opening_keys", Decider::Ledger);
/// The ledger's signing key, and the secret under which people of the directory are known. One partition, two rows.
pub const LEDGER_SECRET: Rows<Only, u8, SecretRow> = Rows::serial(75, "ledger_secret", Decider::Ledger);

// ---- In the network's database ----

/// Hash of a staff browser's token → who it is. Short; gone when it expires.
pub const STAFF_SESSION: Rows<Hash, Only, StaffSessionRow> = Rows::serial(76, "staff_session", Decider::System);
/// A person's sessions, by the hash of their tokens. At most 20 live ones.
pub const STAFF_BROWSER: Rows<u64, Hash, StaffBrowserRow> = Rows::serial(79, "staff_browser", Decider::System);
/// A founding that has begun and is not on the ledger yet. One row.
pub const FOUNDING: Rows<Only, Only, FoundingRow> = Rows::serial(77, "founding", Decider::System);
/// Passkeys that were made for a person and wait for an action that enrols them, by person and credential hash. Expires.
pub const STAFF_PASSKEY: Rows<u64, Hash, StaffPasskeyRow> = Rows::serial(78, "staff_passkey", Decider::System);

/// What people of the staff are called, for their colleagues: by number. One partition, a row a person.
pub const STAFF_NAME: Rows<Only, u64, StaffNameRow> = Rows::serial(80, "staff_name", Decider::System);

/// What people call their passkeys, by the key's id. One partition, a row a key.
pub const STAFF_KEY_NAME: Rows<Only, Hash, StaffNameRow> = Rows::serial(81, "staff_key_name", Decider::System);

/// Families in the network's database, with who may decide about them.
pub fn of_the_network() -> Vec<(Family, Decider)> {
    vec![
        (STAFF_SESSION.family, STAFF_SESSION.decider),
        (FOUNDING.family, FOUNDING.decider),
        (STAFF_PASSKEY.family, STAFF_PASSKEY.decider),
        (STAFF_BROWSER.family, STAFF_BROWSER.decider),
        (STAFF_NAME.family, STAFF_NAME.decider),
        (STAFF_KEY_NAME.family, STAFF_KEY_NAME.decider),
    ]
}

/// Families in the ledger's database, with who may decide about them.
pub fn of_the_ledger() -> Vec<(Family, Decider)> {
    vec![
        (LEDGER.family, LEDGER.decider),
        (BUNDLE.family, BUNDLE.decider),
        (NODE.family, NODE.decider),
        (DETAIL.family, DETAIL.decider),
        (SNAPSHOT.family, SNAPSHOT.decider),
    ]
}

/// Families in the database of keys, with who may decide about them.
pub fn of_the_keys() -> Vec<(Family, Decider)> {
    vec![(OPENING_KEYS.family, OPENING_KEYS.decider), (LEDGER_SECRET.family, LEDGER_SECRET.decider)]
}
