//! A data directory with staff and a busy ledger in it, whose files anybody may change when no server runs.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use kw_app::context::{Context, Parts, Stores};
use kw_app::family::{Rows, Value};
use kw_app::feed::Bus;
use kw_app::key::Key;
use kw_app::outside::Outside;
use kw_app::staff::understudy::{Part, Understudy, about, found};
use kw_domain::id::AccountId;
use kw_domain::time::Millis;
use kw_staff::authenticator::Backup;
use kw_staff::person::Role;
use kw_staff::power::Power;
use kw_store::{
    Batch, Change, Class, Clock, Condition, Operation, OperationId, Outcome, Put, SharedStore, Stamp, SystemClock,
};
use kw_store_sqlite::{OpenOptions, SqliteStore};
use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::cli::run::Command;
use crate::sim::people::join;
use crate::sim::town::settings;

/// The databases of a data directory.
pub const ALL: [&str; 3] = ["network.db", "ledger.db", "keys.db"];

/// Files, and what was in them.
pub type Kept = Vec<(PathBuf, Vec<u8>)>;

/// A data directory and the binary that looks at it.
pub struct Place {
    pub command: Command,
    /// The one person of the staff.
    pub ola: Understudy,
    /// An account that staff took down, for a week.
    pub ada: AccountId,
    /// An account that staff never touched.
    pub ben: AccountId,
    starts: AtomicU64,
}

/// A server on the data directory, without sockets.
pub struct Running {
    pub cx: Context,
}

impl Place {
    /// Staff of one person, who has taken one account down.
    pub async fn new() -> Self {
        Self::of_chance(0).await
    }

    /// The same on another server: other keys, another passkey.
    pub async fn elsewhere() -> Self {
        Self::of_chance(1_000).await
    }

    async fn of_chance(chance: u64) -> Self {
        let command = Command::new();
        let running = Running::start(&command, chance).await;
        let (ada, _) = join(&running.cx, "ada").await;
        let (ben, _) = join(&running.cx, "ben").await;
        let ola = running.found().await;
        let place = Self { command, ola, ada, ben, starts: AtomicU64::new(chance + 1) };
        running.take_down(&place.ola, ada).await;
        running.end().await;
        place
    }

    /// Starts a server.
    pub async fn start(&self) -> Running {
        Running::start(&self.command, self.starts.fetch_add(1, Ordering::Relaxed)).await
    }

    /// One of the databases, for whoever goes past the server.
    pub fn open(&self, file: &'static str) -> SharedStore {
        open(&self.command, file)
    }

    /// Changes or deletes a row past the server: no rule of ours is asked, only the engine's.
    pub async fn tamper<P: Key, K: Key, V: Value>(
        &self,
        file: &'static str,
        rows: &Rows<P, K, V>,
        (partition, key): (&P, &K),
        edit: impl FnOnce(V) -> Option<V>,
    ) {
        let store = self.open(file);
        let partition = rows.partition(partition);
        let found = store.get(&partition, &[key.to_bytes()]).await.expect("the engine answers");
        let row = found.into_iter().flatten().next().expect("the row is there");
        let value = edit(rows.decode(&row).expect("it can be read").value);
        let put = value.map(|value| Put { value: Rows::<P, K, V>::encode(&value), expires_ms: None });
        let condition = match rows.family.class {
            Class::Serial => Condition::Is(row.stamp),
            Class::Stamped => Condition::Newer,
        };
        let now = SystemClock.now_millis();
        let operation = Operation {
            id: OperationId(u128::from(now) << 64 | u128::from(row.stamp.0)),
            // Ahead of everything that is there.
            stamp: Stamp((now + 60_000) * 1_000),
            not_after_ms: now + 65_000,
            steps: vec![Batch { partition, changes: vec![Change { key: row.key, put, condition, stamp: None }] }],
        };
        assert_eq!(store.perform(&operation).await.expect("the engine answers"), Outcome::Done);
    }

    /// What `ledger verify` says; whether it found everything whole.
    pub fn verify(&self, arguments: &[&str]) -> (bool, String) {
        let ran = self.command.run(&[&["ledger", "verify"], arguments].concat());
        assert!(ran.status == 0 || ran.status == 1, "{}{}", ran.out, ran.err);
        let word = if ran.status == 0 { "WHOLE" } else { "BROKEN" };
        assert!(ran.out.starts_with(word), "{}{}", ran.out, ran.err);
        (ran.status == 0, ran.out)
    }

    /// Demands that it is found broken, in words that contain `words`.
    pub fn demand_broken(&self, arguments: &[&str], words: &str) {
        let (is_whole, said) = self.verify(arguments);
        assert!(!is_whole && said.contains(words), "`{words}` is expected: {said}");
    }

    /// Copies of these databases, to be put back as they are now.
    pub fn keep(&self, databases: &[&str]) -> Kept {
        let files = self.files(databases);
        files.into_iter().map(|path| (path.clone(), std::fs::read(path).expect("it is there"))).collect()
    }

    /// Puts databases back as they were.
    pub fn put_back(&self, databases: &[&str], kept: &Kept) {
        for path in self.files(databases) {
            std::fs::remove_file(path).expect("it is there");
        }
        for (path, bytes) in kept {
            std::fs::write(path, bytes).expect("it can be written");
        }
    }

    fn files(&self, databases: &[&str]) -> Vec<PathBuf> {
        let all = std::fs::read_dir(self.command.path("data")).expect("it is there");
        let paths = all.map(|file| file.expect("it can be listed").path());
        let is_one = |path: &PathBuf| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            databases.iter().any(|database| name.starts_with(database))
        };
        paths.filter(is_one).collect()
    }

    /// Keeps the checkpoint of this moment in a file, as an outsider would.
    pub async fn see(&self, name: &str) -> String {
        let running = self.start().await;
        let path = self.command.path(name);
        let checkpoint = running.cx.ledger().read(|log| log.checkpoint().to_vec());
        std::fs::write(&path, checkpoint).expect("it can be written");
        running.end().await;
        path.to_string_lossy().into_owned()
    }
}

fn open(command: &Command, file: &'static str) -> SharedStore {
    let options = OpenOptions::new(command.path("data"), Arc::new(SystemClock)).file(file);
    Arc::new(SqliteStore::open(options).expect("nobody else has it open"))
}

impl Running {
    /// No two starts share their chance: operations would share their ids.
    async fn start(command: &Command, seed: u64) -> Self {
        let [network, ledger, keys] = ALL.map(|file| open(command, file));
        let parts = Parts {
            stores: Stores { network, ledger, keys },
            clock: Arc::new(SystemClock),
            chance: StdRng::seed_from_u64(seed),
            slot: 0,
            bus: Bus::default(),
            outside: Outside::default(),
            settings: settings(),
        };
        Self { cx: Context::start(parts).await.expect("it starts") }
    }

    /// Founds staff of one.
    pub async fn found(&self) -> Understudy {
        let part = Part {
            name: "Ola",
            roles: &[Role::TrustLead, Role::Moderator],
            team: "one",
            ends: None,
            backup: Backup::DeviceBound,
        };
        found(&self.cx, &[part]).await.expect("nobody has founded before").pop().expect("one was asked for")
    }

    /// Takes an account down for a week.
    pub async fn take_down(&self, staff: &Understudy, account: AccountId) {
        let until = self.cx.now().plus_ms(7 * Millis::DAY);
        staff.propose(&self.cx, &about(Power::TakeDown, account, Some(until))).await.expect("solo may");
    }

    /// Brings an account back.
    pub async fn bring_back(&self, staff: &Understudy, account: AccountId) {
        staff.propose(&self.cx, &about(Power::Restore, account, None)).await.expect("one brings back");
    }

    /// Ends it well.
    pub async fn end(self) {
        self.cx.rest().await.expect("it ends");
    }
}
