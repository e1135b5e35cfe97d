//! Opening the data directory: the engine, the origin, the context.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use kw_app::context::{Context, Parts, Stores};
use kw_app::feed::Bus;
use kw_app::house;
use kw_app::settings::{CacheSettings, Settings, Stage};
use kw_store::{Clock, SharedStore, SystemClock};
use kw_store_sqlite::{OpenOptions, SqliteStore};
use kw_web::EdgeSettings;
use rand::SeedableRng;
use rand::rngs::StdRng;
use url::Url;

use super::Unfinished;
use crate::config::Config;
use crate::failure::CommandError;
use crate::outside;

/// This node's slot: on one machine there is one.
const SLOT: u64 = 0;
const DEFAULT_PORT: u16 = 8080;

/// An open data directory.
#[derive(Debug)]
pub struct House {
    /// The engines; dropping their last handles closes the directory.
    pub engines: Engines,
    /// What use cases work with.
    pub cx: Context,
}

/// The databases of a data directory: the network's, the ledger's, and that of the keys of its openings. Each is backed up
/// by itself, so that the network can be restored to any hour while the ledger only grows.
#[derive(Debug, Clone)]
pub struct Engines {
    /// `network.db`.
    pub network: Arc<SqliteStore>,
    /// `ledger.db`.
    pub ledger: Arc<SqliteStore>,
    /// `keys.db`.
    pub keys: Arc<SqliteStore>,
}

impl Engines {
    /// The file of the ledger.
    const LEDGER: &str = "ledger.db";
    /// The file of the keys of its openings.
    const KEYS: &str = "keys.db";

    fn open(directory: &Path, clock: &Arc<dyn Clock>) -> Result<Self, CommandError> {
        let options = || OpenOptions::new(directory, Arc::clone(clock));
        Ok(Self {
            network: Arc::new(SqliteStore::open(options())?),
            ledger: Arc::new(SqliteStore::open(options().file(Self::LEDGER))?),
            keys: Arc::new(SqliteStore::open(options().file(Self::KEYS))?),
        })
    }

    /// The databases, as use cases take them.
    pub fn stores(&self) -> Stores {
        Stores { network: self.network.clone(), ledger: self.ledger.clone(), keys: self.keys.clone() }
    }
}

/// Which origin a command goes by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OriginWanted {
    /// This one and no other.
    Exactly(Url),
    /// The one in the data directory, or this one for a new directory.
    KeptOr(Url),
}

impl OriginWanted {
    /// What a server that listens at `address` goes by.
    pub fn for_server(config: &Config, address: SocketAddr) -> Self {
        // A port that the system is to choose is not known to a command that does not listen.
        let port = if address.port() == 0 { DEFAULT_PORT } else { address.port() };
        let local = Url::parse(&format!("http://localhost:{port}")).expect("localhost with a port is an address");
        config.server.origin.clone().map_or(Self::KeptOr(local), Self::Exactly)
    }

    /// What a command without a listener goes by.
    pub fn for_command(config: &Config) -> Self {
        Self::for_server(config, config.server.listen)
    }

    async fn decide(self, store: &SharedStore) -> Result<Url, CommandError> {
        match self {
            Self::Exactly(origin) => Ok(origin),
            Self::KeptOr(local) => Ok(house::find_origin(store).await?.unwrap_or(local)),
        }
    }
}

/// Opens the data directory at `directory`, and founds a server in it if it is new. Refused when it belongs to another
/// origin.
pub async fn open(
    config: &Config,
    directory: &Path,
    origin: OriginWanted,
    clock: Arc<dyn Clock>,
) -> Result<House, CommandError> {
    Unfinished::refuse(directory)?;
    let engines = Engines::open(directory, &clock)?;
    let stores = engines.stores();
    let origin = origin.decide(&stores.network).await?;
    start(engines, stores, clock, (config, settings(config, origin))).await
}

/// Opens a directory of a play, with `dress` put around its databases. Nothing of it leaves this machine.
pub async fn open_play(
    config: &Config,
    directory: &Path,
    origin: Url,
    clock: Arc<dyn Clock>,
    dress: impl FnOnce(Stores) -> Stores,
) -> Result<House, CommandError> {
    let engines = Engines::open(directory, &clock)?;
    let stores = dress(engines.stores());
    let settings = Settings { stage: Stage::Play, ..settings(config, origin) };
    start(engines, stores, clock, (config, settings)).await
}

async fn start(
    engines: Engines,
    stores: Stores,
    clock: Arc<dyn Clock>,
    (config, settings): (&Config, Settings),
) -> Result<House, CommandError> {
    let cx = Context::start(Parts {
        stores,
        clock,
        chance: StdRng::from_os_rng(),
        slot: SLOT,
        bus: Bus::default(),
        outside: outside::open(config)?,
        settings,
    })
    .await?;
    Ok(House { engines, cx })
}

/// Opens the engine alone, on a data directory that is in use, for what works on rows as such.
pub fn open_engine(directory: &Path) -> Result<SqliteStore, CommandError> {
    check_founded(directory)?;
    Unfinished::refuse(directory)?;
    Ok(SqliteStore::open(OpenOptions::new(directory, Arc::new(SystemClock)))?)
}

/// Opens all engines, on a data directory that is in use, for what works without a server.
pub fn open_engines(directory: &Path) -> Result<Engines, CommandError> {
    check_founded(directory)?;
    Unfinished::refuse(directory)?;
    let clock: Arc<dyn Clock> = Arc::new(SystemClock);
    Engines::open(directory, &clock)
}

/// Opens the engine alone, on a data directory that is new or in which an import was interrupted.
pub fn open_engine_for_import(directory: &Path) -> Result<SqliteStore, CommandError> {
    Ok(SqliteStore::open(OpenOptions::new(directory, Arc::new(SystemClock)))?)
}

/// Refuses a data directory that no server was ever started in: a command that only looks does not make one.
pub fn check_founded(directory: &Path) -> Result<(), CommandError> {
    let has_files = std::fs::read_dir(directory).is_ok_and(|mut files| files.next().is_some());
    if has_files {
        return Ok(());
    }
    Err(CommandError::said(format!(
        "there is no data in {}. Name the data directory with KITTIWAKE_DATA, or start a server first",
        directory.display()
    )))
}

/// What use cases need to know of the configuration.
fn settings(config: &Config, origin: Url) -> Settings {
    let cache = CacheSettings {
        heads_max: config.memory.cache_heads_max,
        graphs_max: config.memory.cache_graphs_max,
        accounts_max: config.memory.cache_accounts_max,
        posts_max: config.memory.cache_posts_max,
    };
    Settings {
        title: config.site.title.clone(),
        description: config.site.description.clone(),
        contact_email: config.site.contact_email.clone(),
        rules: config.site.rules.clone(),
        registrations: config.site.registrations,
        post_characters_max: config.site.post_characters_max,
        cache,
        ..Settings::at(origin)
    }
}

/// What the edge needs to know of the configuration.
pub fn edge(config: &Config) -> EdgeSettings {
    EdgeSettings {
        rate_limit_factor: config.limits.rate_limit_factor,
        trusted_proxies: config.server.trusted_proxies.clone(),
        ..EdgeSettings::of_version(env!("CARGO_PKG_VERSION"))
    }
}
