//! What every use case is given: the store, the clock, chance, the outside world, caches and settings. Nothing in
//! `kw_app` reaches for a global, so a simulation owns all of it.

use std::sync::{Arc, Mutex, OnceLock};

use kw_domain::time::Millis;
use kw_store::{
    COUNT_KEY, Clock, Direction, Operation, OperationId, Outcome, Range, SharedStore, Stamp, StoreError, limit,
};
use rand::rngs::StdRng;
use rand::{Rng, RngCore};

use crate::authority::Authority;
use crate::buckets::Directories;
use crate::caches::Caches;
use crate::credential::password::Hashing;
use crate::failure::Failure;
use crate::family::{Rows, Stored, Value};
use crate::feed::{Bus, Event};
use crate::founding::{self, Secrets};
use crate::house::Census;
use crate::key::Key;
use crate::ledger::Ledger;
use crate::mint::Mint;
use crate::operation::Draft;
use crate::outside::Outside;
use crate::session::throttle::Throttle;
use crate::settings::Settings;

/// How often an operation whose outcome is unknown is performed again before the caller hears of it.
const SETTLE_ATTEMPTS_MAX: usize = 4;

/// Everything a use case works with. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Context(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    store: SharedStore,
    clock: Arc<dyn Clock>,
    chance: Mutex<StdRng>,
    mint: Mint,
    bus: Bus,
    outside: Outside,
    settings: Settings,
    caches: Caches,
    directories: Directories,
    throttle: Throttle,
    hashing: Hashing,
    secrets: OnceLock<Secrets>,
    ledger: OnceLock<Ledger>,
    census: Mutex<Census>,
}

/// The databases of a server. Families share no id, so that several may be one; apart, each has backups of its own.
#[derive(Debug, Clone)]
pub struct Stores {
    /// Everything of the network's. May be restored to any hour.
    pub network: SharedStore,
    /// The ledger, which only grows.
    pub ledger: SharedStore,
    /// The keys of the ledger's openings, whose backups are short-lived: what is erased stays erased.
    pub keys: SharedStore,
}

impl Stores {
    /// All of them in one engine.
    pub fn in_one(store: SharedStore) -> Self {
        Self { network: store.clone(), ledger: store.clone(), keys: store }
    }
}

/// What a context is made of.
#[derive(Debug)]
pub struct Parts {
    /// The databases.
    pub stores: Stores,
    /// The time of day.
    pub clock: Arc<dyn Clock>,
    /// Chance, seeded by the operating system or by a simulation.
    pub chance: StdRng,
    /// This node's slot; 0 on a single machine.
    pub slot: u64,
    /// The bus; shared by the nodes of a simulation.
    pub bus: Bus,
    /// Mail, and pages of other sites.
    pub outside: Outside,
    /// What the operator configured.
    pub settings: Settings,
}

impl Context {
    /// A context, ready to be used: its mint begins after everything an earlier run may have minted, and the server is
    /// founded. Refused when the stored rows belong to another origin.
    pub async fn start(parts: Parts) -> Result<Self, Failure> {
        let Parts { stores: Stores { network: store, ledger, keys }, clock, chance, slot, bus, outside, settings } =
            parts;
        let cx = Self(Arc::new(Inner {
            store,
            clock,
            chance: Mutex::new(chance),
            mint: Mint::new(slot),
            bus,
            outside,
            caches: Caches::new(&settings.cache),
            directories: Directories::default(),
            throttle: Throttle::default(),
            hashing: Hashing::default(),
            secrets: OnceLock::new(),
            ledger: OnceLock::new(),
            census: Mutex::default(),
            settings,
        }));
        cx.0.mint.resume(&cx).await?;
        let secrets = founding::found(&cx).await?;
        cx.0.secrets.set(secrets).expect("only the start sets them");
        let ledger = Ledger::open(&cx, ledger, keys).await?;
        cx.0.ledger.set(ledger).expect("only the start sets it");
        crate::ledger::project::catch_up(&cx).await?;
        Ok(cx)
    }

    /// Ends a run: the time that was reserved for minting and not used is given back. A run that ends otherwise loses
    /// nothing, but what is made in the next seconds is dated that much ahead.
    pub async fn rest(&self) -> Result<(), Failure> {
        self.0.mint.release(self).await
    }

    /// The clock.
    pub fn clock(&self) -> &dyn Clock {
        &*self.0.clock
    }

    /// Now.
    pub fn now(&self) -> Millis {
        Millis(self.0.clock.now_millis())
    }

    /// What the operator configured.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// Mail, and pages of other sites.
    pub fn outside(&self) -> &Outside {
        &self.0.outside
    }

    /// The bus of this process.
    pub fn bus(&self) -> &Bus {
        &self.0.bus
    }

    /// The engine, for what works on rows as such: export, import, doctor.
    pub fn store(&self) -> &SharedStore {
        &self.0.store
    }

    /// What this server knows and nobody else.
    pub fn secrets(&self) -> &Secrets {
        self.0.secrets.get().expect("a context is founded before it is handed out")
    }

    /// What staff did, and what follows from it.
    pub fn ledger(&self) -> &Ledger {
        self.0.ledger.get().expect("a context has read its ledger before it is handed out")
    }

    /// What the last walk along the members counted.
    pub(crate) fn census(&self) -> Census {
        *self.0.census.lock().expect("no holder of this lock panics")
    }

    /// Keeps what a walk counted.
    pub(crate) fn keep_census(&self, counted: Census) {
        *self.0.census.lock().expect("no holder of this lock panics") = counted;
    }

    pub(crate) fn throttle(&self) -> &Throttle {
        &self.0.throttle
    }

    pub(crate) fn hashing(&self) -> &Hashing {
        &self.0.hashing
    }

    /// What is kept in memory of the network's rows.
    pub(crate) fn caches(&self) -> &Caches {
        &self.0.caches
    }

    pub(crate) fn directories(&self) -> &Directories {
        &self.0.directories
    }

    /// A new id, of whichever kind.
    pub async fn mint_id(&self) -> Result<u64, Failure> {
        self.0.mint.id(self, 0).await
    }

    /// A new id above `floor`: that of something which answers, boosts or changes something older.
    pub async fn mint_id_above(&self, floor: u64) -> Result<u64, Failure> {
        self.0.mint.id(self, floor).await
    }

    /// Random bytes.
    pub fn random_bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.chance.lock().expect("no holder of this lock panics").fill_bytes(&mut bytes);
        bytes
    }

    // ---- Reading ----

    /// The row at `key`, if there is one.
    pub async fn find<P: Key, K: Key, V: Value>(
        &self,
        rows: &Rows<P, K, V>,
        partition: &P,
        key: &K,
    ) -> Result<Option<Stored<K, V>>, Failure> {
        let mut found = self.find_many(rows, partition, std::slice::from_ref(key)).await?;
        Ok(found.pop().flatten())
    }

    /// The rows at `keys` of one partition, in the order of `keys`.
    pub async fn find_many<P: Key, K: Key, V: Value>(
        &self,
        rows: &Rows<P, K, V>,
        partition: &P,
        keys: &[K],
    ) -> Result<Vec<Option<Stored<K, V>>>, Failure> {
        self.find_on(&self.0.store, rows, partition, keys).await
    }

    /// The same in another of our databases.
    pub(crate) async fn find_on<P: Key, K: Key, V: Value>(
        &self,
        store: &SharedStore,
        rows: &Rows<P, K, V>,
        partition: &P,
        keys: &[K],
    ) -> Result<Vec<Option<Stored<K, V>>>, Failure> {
        let place = rows.partition(partition);
        let mut found = Vec::with_capacity(keys.len());
        for chunk in keys.chunks(limit::GET_KEYS_MAX) {
            let chunk: Vec<_> = chunk.iter().map(Key::to_bytes).collect();
            for row in store.get(&place, &chunk).await? {
                found.push(row.map(|row| self.decode(rows, &row)).transpose()?);
            }
        }
        Ok(found)
    }

    /// Up to `rows_max` rows of a range, and whether more follow.
    pub async fn list<P: Key, K: Key, V: Value>(
        &self,
        rows: &Rows<P, K, V>,
        partition: &P,
        range: &Range,
        direction: Direction,
        rows_max: usize,
    ) -> Result<(Vec<Stored<K, V>>, bool), Failure> {
        self.list_on(&self.0.store, rows, partition, (range, direction), rows_max).await
    }

    /// The same in another of our databases.
    pub(crate) async fn list_on<P: Key, K: Key, V: Value>(
        &self,
        store: &SharedStore,
        rows: &Rows<P, K, V>,
        partition: &P,
        (range, direction): (&Range, Direction),
        rows_max: usize,
    ) -> Result<(Vec<Stored<K, V>>, bool), Failure> {
        let page = store.scan(&rows.partition(partition), range, direction, rows_max).await?;
        let rows = page.rows.iter().map(|row| self.decode(rows, row)).collect::<Result<_, _>>()?;
        Ok((rows, page.more))
    }

    /// All rows of a partition that is known to be small; `rows_max` bounds it all the same.
    pub async fn list_all<P: Key, K: Key, V: Value>(
        &self,
        rows: &Rows<P, K, V>,
        partition: &P,
        rows_max: usize,
    ) -> Result<Vec<Stored<K, V>>, Failure> {
        let mut all = Vec::new();
        let mut range = Range::default();
        loop {
            let wanted = (rows_max - all.len()).min(limit::SCAN_ROWS_MAX);
            let (page, more) = self.list(rows, partition, &range, Direction::Ascending, wanted).await?;
            all.extend(page);
            match all.last() {
                Some(last) if more && all.len() < rows_max => range.from = Some(after(&last.key.to_bytes())),
                _ => return Ok(all),
            }
        }
    }

    /// `#n` of a counted partition.
    pub async fn count<P: Key, K: Key, V: Value>(&self, rows: &Rows<P, K, V>, partition: &P) -> Result<u64, Failure> {
        let found = self.0.store.get(&rows.partition(partition), &[COUNT_KEY]).await?;
        let Some(Some(row)) = found.first() else { return Ok(0) };
        let bytes = <[u8; 8]>::try_from(&row.value[..]).map_err(|_| Failure::Damaged {
            family: rows.family.name,
            why: "its count is not eight bytes".to_owned(),
        })?;
        Ok(u64::from_be_bytes(bytes))
    }

    fn decode<P: Key, K: Key, V: Value>(
        &self,
        rows: &Rows<P, K, V>,
        row: &kw_store::Row,
    ) -> Result<Stored<K, V>, Failure> {
        self.0.mint.observe(row.stamp);
        rows.decode(row)
    }

    // ---- Writing ----

    /// An empty operation under `authority`.
    pub fn draft(&self, authority: &Authority) -> Draft {
        Draft::new(authority)
    }

    /// Performs an operation. [`Failure::Conflict`] when its deciding row changed since it was read.
    pub async fn perform(&self, draft: Draft) -> Result<(), Failure> {
        let stamp = self.0.mint.stamp(self).await?;
        self.perform_at(draft, stamp).await
    }

    pub(crate) async fn perform_at(&self, draft: Draft, stamp: Stamp) -> Result<(), Failure> {
        let id = OperationId(self.0.chance.lock().expect("no holder of this lock panics").random());
        let (operation, events) = draft.finish(id, stamp)?;
        let outcome = self.settle_on(&self.0.store, &operation).await;
        if !matches!(outcome, Ok(Outcome::Conflict(_))) {
            // Also when the outcome is unknown: it may have happened.
            for event in &events {
                self.hear(event);
                self.0.bus.publish(event);
            }
        }
        match outcome? {
            Outcome::Done => Ok(()),
            Outcome::Conflict(rows) => {
                for stamp in rows.iter().filter_map(|(_, stamp)| *stamp) {
                    self.0.mint.observe(stamp);
                }
                Err(Failure::Conflict)
            }
        }
    }

    /// Performs an operation again while its outcome is unknown; the same id makes that harmless.
    pub(crate) async fn settle_on(&self, store: &SharedStore, operation: &Operation) -> Result<Outcome, StoreError> {
        let mut outcome = store.perform(operation).await;
        for _ in 1..SETTLE_ATTEMPTS_MAX {
            if !matches!(outcome, Err(StoreError::Unavailable(_))) {
                break;
            }
            outcome = store.perform(operation).await;
        }
        outcome
    }

    /// A stamp for an operation on another of our databases that begins now.
    pub(crate) async fn mint_stamp(&self) -> Result<Stamp, Failure> {
        self.0.mint.stamp(self).await
    }

    /// Everything minted from now on is above `stamp`, which was found in another of our databases.
    pub(crate) fn observe(&self, stamp: Stamp) {
        self.0.mint.observe(stamp);
    }

    /// Brings the caches up to date with an event of this or another node.
    pub fn hear(&self, event: &Event) {
        self.0.caches.hear(event);
    }

    /// Drops everything that is kept of the network's rows: nobody knows what changed.
    pub fn forget_all(&self) {
        self.0.caches.forget_all();
    }
}

/// The lowest key above `key`.
pub(crate) fn after(key: &[u8]) -> bytes::Bytes {
    let mut next = key.to_vec();
    next.push(0);
    bytes::Bytes::from(next)
}
