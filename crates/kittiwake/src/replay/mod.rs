//! The evening replayed: a real server in a directory of its own, an invented cast in the places of 2017, and everything over
//! HTTP with real signatures.
//!
//! Three acts: the evening under rules as permissive as those of 2017, which are made up and marked so; the same evening under
//! the rules of every server, with all that one person could still try; and the way of colleagues. Each claim is compared with
//! what was seen. Deliberately absent: any way in for a server that people use, and any knowledge of what the rules are.

mod attempt;
mod browser;
mod cast;
mod desk;
mod evening;
mod form;
mod ledger_lines;
mod lookout;
mod plan;
mod report;
mod stage;
mod tally;
mod timeline;
mod town;

use std::path::{Path, PathBuf};

use indicatif::ProgressBar;
use kw_app::failure::Failure;
use kw_domain::time::Millis;
use kw_store::{Clock, SystemClock};
use url::Url;

use crate::boot::{self, OriginWanted};
use crate::config::Config;
use crate::failure::CommandError;
use attempt::Tried;
use evening::{Evening, Played};
use plan::Plan;

pub use report::{Report, page, text};
pub use stage::{Stage, set};

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Followers of the account.
    pub followers: u64,
    /// Where: kept afterwards if it is the caller's, and gone on with.
    pub directory: &'a Path,
    /// Port of a new play; 0 for any.
    pub port: u16,
    /// How far loading is.
    pub bar: &'a ProgressBar,
}

/// Plays all of it.
pub async fn play(wanted: &Wanted<'_>) -> Result<Report, CommandError> {
    let mut plan = find_plan(wanted).await?;
    let loaded = town::settle(wanted.directory, &mut plan, wanted.bar).await?;
    wanted.bar.finish_and_clear();
    let town = Plan::town(wanted.directory);

    let (as_in_2017, first_ledger, ordinary) = {
        let directory = set(&town, &wanted.directory.join("as-in-2017"))?;
        let mut evening = Evening::open(&plan, &directory).await?;
        let played = evening::play_as_in_2017(&mut evening).await?;
        let closed = evening.pause().await?;
        (played, closed.verify().await?, serve_as_if_for_people(&directory, &plan).await?)
    };
    let (rest, second_ledger, followers) = {
        let directory = set(&town, &wanted.directory.join("with-kittiwake"))?;
        let mut evening = Evening::open(&plan, &directory).await?;
        let followers = evening.count_followers().await?;
        let (mut evening, mut cast, last_day, tried) = evening::play_last_day(evening, &plan).await?;
        let colleagues = evening::play_colleagues(&mut evening, &mut cast, &plan).await?;
        let closed = evening.pause().await?;
        (Rest { last_day, tried, colleagues }, closed.verify().await?, followers)
    };
    let acts = report::Acts { as_in_2017, last_day: rest.last_day, colleagues: rest.colleagues };
    let seen = report::Seen { followers, loaded, ordinary, ledgers: [first_ledger, second_ledger] };
    Ok(Report::of(&plan, acts, rest.tried, &seen))
}

/// What was played under the rules of every server.
struct Rest {
    last_day: Played,
    tried: Vec<Tried>,
    colleagues: Played,
}

/// The play that has begun in the directory, or a new one.
async fn find_plan(wanted: &Wanted<'_>) -> Result<Plan, CommandError> {
    if let Some(plan) = Plan::find(wanted.directory)? {
        if plan.followers != wanted.followers {
            return Err(CommandError::said(format!(
                "{} holds a play with {} followers. Ask for as many, or name another directory",
                wanted.directory.display(),
                plan.followers
            )));
        }
        return Ok(plan);
    }
    let has_files = std::fs::read_dir(wanted.directory).is_ok_and(|mut files| files.next().is_some());
    if has_files {
        return Err(CommandError::said(format!(
            "{} is not empty, and no play has begun there. Name a new directory",
            wanted.directory.display()
        )));
    }
    std::fs::create_dir_all(wanted.directory)
        .map_err(CommandError::io(format!("{} cannot be made", wanted.directory.display())))?;
    let address = std::net::SocketAddr::from((std::net::Ipv4Addr::LOCALHOST, wanted.port));
    let port = boot::bind(address).await?.address.port();
    let origin = Url::parse(&format!("http://localhost:{port}")).expect("localhost with a port is an address");
    let plan = Plan::new(wanted.followers, Millis(SystemClock.now_millis()), origin);
    plan.keep(wanted.directory)?;
    Ok(plan)
}

/// What a server for people says to a ledger that was founded on made-up rules: a refusal, in its words.
async fn serve_as_if_for_people(directory: &Path, plan: &Plan) -> Result<Option<String>, CommandError> {
    let config = Config::load(None, [])?;
    let origin = OriginWanted::Exactly(plan.origin.clone());
    let clock = std::sync::Arc::new(SystemClock);
    match boot::open(&config, directory, origin, clock).await {
        Ok(_) => Ok(None),
        Err(CommandError::UseCase(Failure::Refused(refusal))) => Ok(Some(refusal.sentence)),
        Err(other) => Err(other),
    }
}

/// Where the acts are kept.
pub fn kept(directory: &Path) -> [PathBuf; 2] {
    ["as-in-2017", "with-kittiwake"].map(|act| directory.join(act))
}
