//! `kittiwake serve`: opens the data directory and serves it until it is told to stop.

use super::Outcome;
use crate::boot::{self, Engines, Founding, House, Listener, OriginWanted, Shutdown};
use crate::clock::SteadyClock;
use crate::config::Config;
use crate::failure::CommandError;
use crate::workers::Workers;

/// Serves until Ctrl-C or SIGTERM.
pub fn run(config: &Config) -> Result<Outcome, CommandError> {
    boot::start_log(&config.server)?;
    let runtime = runtime()?;
    let engines = runtime.block_on(async {
        let mut shutdown = Shutdown::listen()?;
        let listener = boot::bind(config.server.listen).await?;
        let origin = OriginWanted::for_server(config, listener.address);
        let house = boot::open(config, &config.server.data, origin, std::sync::Arc::new(SteadyClock::start())).await?;
        kw_app::ledger::note::started(&house.cx, &boot::what_starts(config)).await?;
        let members = kw_app::account::count(&house.cx).await?;
        let founding = Founding::begin(&house.cx).await?;
        boot::greet(house.cx.settings(), listener.address, &config.server.data, members, &founding);
        serve(house, listener, config, &mut shutdown).await
    })?;
    // Whatever still runs ends here, so that the engine is ours alone when it is closed.
    runtime.shutdown_timeout(std::time::Duration::from_secs(1));
    drop(engines);
    Ok(Outcome::Well)
}

/// The runtime of a server.
pub fn runtime() -> Result<tokio::runtime::Runtime, CommandError> {
    tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(CommandError::io("no runtime can be started"))
}

/// Serves an open house, with its workers, until it is told to stop. Gives the engines back, to be closed last.
pub async fn serve(
    house: House,
    listener: Listener,
    config: &Config,
    shutdown: &mut Shutdown,
) -> Result<Engines, CommandError> {
    let House { engines, cx } = house;
    let workers = Workers::start(&cx);
    let router = kw_web::router(cx.clone(), boot::edge(config));
    boot::serve(listener, router, shutdown).await;
    workers.stop().await;
    cx.rest().await?;
    Ok(engines)
}
