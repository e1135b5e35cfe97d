//! A stage: one directory, opened and served as any server is, on a clock that goes where the play is.

use std::fs;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use kw_app::context::Context;
use kw_app::ledger::shelf::Shelf;
use kw_app::ledger::verify::{Beside, Expected, Report, verify};
use kw_domain::time::Millis;
use kw_store::{Clock, SystemClock};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use url::Url;

use super::tally::Tally;
use crate::boot::{self, Engines, House, Shutdown};
use crate::config::{Config, Switch};
use crate::demo::BackdatedClock;
use crate::failure::CommandError;
use crate::workers::Workers;

/// Everybody of the play comes from one address, and asks more often than people do.
const RATE_LIMIT_FACTOR: f64 = 10_000.0;
/// The database with everything that is not staff's.
const NETWORK: &str = "network.db";

/// A server that is open.
pub struct Stage {
    /// What its use cases work with: for founding under made-up rules, which no page can, and to look things up.
    pub cx: Context,
    /// What was written.
    pub tally: Tally,
    /// What time it is there.
    pub clock: Arc<BackdatedClock>,
    address: SocketAddr,
    origin: Url,
    close: oneshot::Sender<()>,
    serving: JoinHandle<Result<Engines, CommandError>>,
}

impl Stage {
    /// Opens `directory` as a server at `origin`, which is on this machine.
    pub async fn open(directory: &Path, origin: &Url, clock: Arc<BackdatedClock>) -> Result<Self, CommandError> {
        let config = config()?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, origin.port().unwrap_or_default()));
        let listener = boot::bind(address).await?;
        let tally = Tally::default();
        let dress = |stores| tally.around(stores);
        let house = boot::open_play(&config, directory, origin.clone(), clock.clone(), dress).await?;
        let (close, asked) = oneshot::channel();
        let cx = house.cx.clone();
        let mut shutdown = Shutdown::listen_also(asked)?;
        let serving = tokio::spawn(async move {
            let House { engines, cx } = house;
            let workers = Workers::start(&cx);
            boot::serve(listener, kw_web::router(cx.clone(), boot::edge(&config)), &mut shutdown).await;
            workers.stop().await;
            cx.rest().await?;
            Ok(engines)
        });
        Ok(Self { cx, tally, clock, address, origin: origin.clone(), close, serving })
    }

    /// Where it listens.
    pub const fn address(&self) -> SocketAddr {
        self.address
    }

    /// Under which address browsers know it.
    pub const fn origin(&self) -> &Url {
        &self.origin
    }

    /// What time it is there.
    pub fn now(&self) -> Millis {
        Millis(self.clock.now_millis())
    }

    /// Stops the server and lets the directory go.
    pub async fn close(self) -> Result<(), CommandError> {
        let Self { cx, close, serving, .. } = self;
        drop(cx);
        let _closing = close.send(());
        let engines = serving.await.map_err(|error| CommandError::said(format!("the server broke: {error}")))??;
        // The engines end with their last handle, and wait for what was begun.
        tokio::task::spawn_blocking(move || drop(engines))
            .await
            .map_err(|error| CommandError::said(format!("the databases were not closed: {error}")))
    }
}

fn config() -> Result<Config, CommandError> {
    let mut config = Config::load(None, [])?;
    config.outgoing.verify_links = Switch::Off;
    "Varnhaven".clone_into(&mut config.site.title);
    "An invented town on an invented coast, in which an evening is played.".clone_into(&mut config.site.description);
    config.limits.rate_limit_factor = RATE_LIMIT_FACTOR;
    Ok(config)
}

/// Puts a copy of the town into a directory that nobody has played in.
pub fn set(town: &Path, directory: &Path) -> Result<PathBuf, CommandError> {
    let trouble = || CommandError::io(format!("{} cannot be made ready", directory.display()));
    if directory.exists() {
        fs::remove_dir_all(directory).map_err(trouble())?;
    }
    fs::create_dir_all(directory).map_err(trouble())?;
    #[cfg(unix)]
    fs::set_permissions(directory, std::os::unix::fs::PermissionsExt::from_mode(0o700)).map_err(trouble())?;
    let copy = directory.join(NETWORK);
    fs::copy(town.join(NETWORK), &copy).map_err(trouble())?;
    // Else the play waits for the disk that takes in the copy, whenever it syncs.
    fs::File::open(&copy).and_then(|copy| copy.sync_all()).map_err(trouble())?;
    Ok(directory.to_owned())
}

/// What `kittiwake ledger verify` finds in a directory on which no server runs.
pub async fn verify_closed(directory: &Path) -> Result<Report, CommandError> {
    let stores = boot::open_engines(directory)?.stores();
    let shelf = Shelf { ledger: stores.ledger, keys: stores.keys };
    let beside = Beside { network: stores.network, now: Millis(SystemClock.now_millis()) };
    Ok(verify(&shelf, &Expected::default(), Some(beside), |_, _| {}).await?)
}
