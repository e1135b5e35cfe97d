//! The ledger: everything staff do, in one order, in a database of its own.
//!
//! The append is the decision ([`append`]): an event is judged against the fold of all entries before it, in the critical
//! section that appends, on the condition that the head is still the one that was folded. What follows elsewhere (standing
//! rows, the feed, letters) is a projection that can be made again at any time. Deliberately absent: what an event may do,
//! which is `kw_staff`'s to say, and Merkle mathematics, which is `kw_ledger`'s.

pub mod append;
pub mod archive;
mod load;
pub mod log;
pub mod note;
pub mod opening;
pub mod project;
pub mod public;
pub mod publish;
pub mod read;
pub mod rows;
pub mod seal;
mod secret;
pub mod shelf;
pub mod snapshot;
pub mod verify;
pub mod watch;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{RwLock, RwLockReadGuard, RwLockWriteGuard};

use kw_ledger::Signer;
use kw_store::SharedStore;
use tokio::sync::Mutex;

use crate::context::Context;
use crate::failure::Failure;
use crate::families::staff::{LEDGER, LEDGER_SECRET};
use crate::ledger::log::Log;
use crate::ledger::shelf::Shelf;
use crate::staff::rules::Remembered;

/// The ledger of a server.
pub struct Ledger {
    shelf: Shelf,
    signer: Signer,
    person_key: [u8; 32],
    /// Held by whoever appends or follows: one at a time.
    turn: Mutex<()>,
    /// Full bundles that are known to have rows of their own.
    sealed: AtomicU64,
    /// The entries that the newest snapshot was taken at.
    snapshot: AtomicU64,
    log: RwLock<Log>,
    rules: Remembered,
}

impl std::fmt::Debug for Ledger {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Ledger").field("origin", &self.origin()).finish_non_exhaustive()
    }
}

impl Ledger {
    /// Reads the ledger, from its newest snapshot on; refused when it cannot be folded.
    pub(crate) async fn open(cx: &Context, store: SharedStore, keys: SharedStore) -> Result<Self, Failure> {
        let secrets = secret::load(cx, &keys).await?;
        let name = cx.settings().ledger_origin();
        let signer = Signer::new(&name, &secrets.signing).map_err(|error| Failure::Outside(error.to_string()))?;
        let shelf = Shelf { ledger: store, keys };
        let ledger = Self {
            shelf,
            signer,
            person_key: secrets.person,
            turn: Mutex::default(),
            sealed: AtomicU64::default(),
            snapshot: AtomicU64::default(),
            log: RwLock::default(),
            rules: Remembered::default(),
        };
        if let Some(log) = snapshot::read(cx, &ledger).await? {
            *ledger.guard_mut() = log;
        }
        load::follow(cx, &ledger).await?;
        ledger.check_whole().await?;
        Ok(ledger)
    }

    /// Brings this node up to what others have appended.
    pub async fn follow(&self, cx: &Context) -> Result<(), Failure> {
        let _turn = self.turn.lock().await;
        load::follow(cx, self).await
    }

    /// Refuses a head that was set back, and keys that are not this ledger's: nothing must be appended to either.
    async fn check_whole(&self) -> Result<(), Failure> {
        let (size, head, key) =
            self.read(|log| (log.size(), log.head(), log.fold().house().map(|house| house.log_key.clone())));
        if self.shelf.has_entry(size).await? && self.shelf.head().await?.map(|head| head.stamp) == head {
            let why = format!("it has more than the {size} entries of its head. `kittiwake ledger verify` says more");
            return Err(Failure::Damaged { family: LEDGER.family.name, why });
        }
        if key.is_some_and(|key| key != self.vkey()) {
            let why = "keys.db and ledger.db are not of one server: the ledger was founded with another key".to_owned();
            return Err(Failure::Damaged { family: LEDGER_SECRET.family.name, why });
        }
        Ok(())
    }

    /// The first line of its checkpoints.
    pub fn origin(&self) -> &str {
        self.signer.verifier().name()
    }

    /// The public key with which its checkpoints are verified, in the form that other programs take.
    pub fn vkey(&self) -> String {
        self.signer.verifier().to_string()
    }

    /// Under this key people of the directory are known.
    pub(crate) const fn person_key(&self) -> &[u8; 32] {
        &self.person_key
    }

    /// What `look` finds in the entries that are folded. `look` is short and asks nothing else of the ledger.
    pub fn read<T>(&self, look: impl FnOnce(&Log) -> T) -> T {
        look(&self.guard())
    }

    /// Its databases.
    pub const fn shelf(&self) -> &Shelf {
        &self.shelf
    }

    /// The policy's answers as a table, as far as somebody asked for them.
    pub(crate) const fn rules(&self) -> &Remembered {
        &self.rules
    }

    /// How many entries the newest snapshot was taken at; 0 where none was read or taken.
    pub fn snapshot_size(&self) -> u64 {
        self.snapshot.load(Ordering::Acquire)
    }

    /// Who signs checkpoints.
    pub const fn signer(&self) -> &Signer {
        &self.signer
    }

    fn guard(&self) -> RwLockReadGuard<'_, Log> {
        self.log.read().expect("no holder of this lock panics")
    }

    fn guard_mut(&self) -> RwLockWriteGuard<'_, Log> {
        self.log.write().expect("no holder of this lock panics")
    }
}
