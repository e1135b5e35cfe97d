//! `kittiwake demo`: a throw-away directory with a lively colony in it, served until Ctrl-C and then removed.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use super::Outcome;
use super::serve::{runtime, serve};
use crate::boot::{self, Engines, Founding, House, OriginWanted, Shutdown};
use crate::config::{Config, Switch};
use crate::demo::{self, BackdatedClock, Passwords};
use crate::failure::CommandError;

/// Serves the demo until Ctrl-C or SIGTERM.
pub fn run(mut config: Config) -> Result<Outcome, CommandError> {
    boot::start_log(&config.server)?;
    prepare(&mut config);
    let directory = tempfile::Builder::new()
        .prefix("kittiwake-demo-")
        .tempdir()
        .map_err(CommandError::io("no temporary directory can be made"))?;

    let runtime = runtime()?;
    let store = runtime.block_on(open_and_serve(&config, directory.path()))?;
    runtime.shutdown_timeout(Duration::from_secs(1));
    drop(store);
    directory.close().map_err(CommandError::io("the demo's directory cannot be removed"))?;
    Ok(Outcome::Well)
}

/// Nothing of the demo leaves this machine, whatever is configured; and the page about it has something to say.
fn prepare(config: &mut Config) {
    config.mail.smtp_url = None;
    config.outgoing.verify_links = Switch::Off;
    config.server.origin = None;
    if config.site.description.is_empty() {
        "Bay is a home for the people of the coast.".clone_into(&mut config.site.description);
    }
    if config.site.rules.is_empty() {
        let rules =
            ["Be kind, above all in a gale.", "No drones over the ledges.", "Corrections stand where the error stood."];
        config.site.rules = rules.map(str::to_owned).to_vec();
    }
}

async fn open_and_serve(config: &Config, directory: &Path) -> Result<Engines, CommandError> {
    let mut shutdown = Shutdown::listen()?;
    let listener = boot::bind(config.server.listen).await?;
    let clock = Arc::new(BackdatedClock::behind_minutes(demo::BEGINS_MINUTES_AGO));
    let origin = OriginWanted::for_server(config, listener.address);
    let house: House = boot::open(config, directory, origin, clock.clone()).await?;
    let passwords = demo::seed(&house.cx, &clock).await?;
    let founding = Founding::begin(&house.cx).await?;
    greet(house.cx.settings().origin.as_str().trim_end_matches('/'), &passwords, &founding);
    serve(house, listener, config, &mut shutdown).await
}

fn greet(origin: &str, passwords: &Passwords, founding: &Founding) {
    println!();
    println!("  The demo is open at {origin}");
    println!();
    println!("  Sign in as one of these, at {origin}/sign-in:");
    println!();
    for (handle, what) in demo::SIGN_INS {
        let password = passwords.get(handle).map_or("", String::as_str);
        println!("    {handle:<12}{password:<48}{what}");
    }
    println!();
    founding.tell();
    println!("  Nothing is kept: Ctrl-C stops the demo and removes its data.");
    println!();
}
