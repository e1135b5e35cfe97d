//! An evening under way: a stage, those who look, and what they write down. The evenings themselves are beside this file.

mod as_in_2017;
mod colleagues;
mod last_day;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use kw_app::account;
use kw_domain::handle::Handle;
use kw_domain::id::{AccountId, PostId};
use kw_domain::time::Millis;
use kw_store::Clock;
use serde::Serialize;
use url::Url;

use super::cast::OWNER;
use super::ledger_lines::{self, Line};
use super::lookout::{Lookout, Sight};
use super::plan::Plan;
use super::stage::{self, Stage};
use super::tally::Rows;
use super::timeline::{Gone, Lane, Moment, Timeline, Tone};
use crate::demo::BackdatedClock;
use crate::failure::CommandError;

pub use as_in_2017::play as play_as_in_2017;
pub use colleagues::play as play_colleagues;
pub use last_day::{Casting, play as play_last_day};

/// How long before the evening staff were founded, in days: the leaving limits of 14 days begin after it.
pub const FOUNDED_DAYS: u64 = 21;

/// Something that was measured.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Measured {
    /// What.
    pub what: String,
    /// From the request with the last signature to its answer, in milliseconds.
    pub took_ms: u64,
    /// Rows that were written meanwhile, by family.
    pub rows: Rows,
}

impl Measured {
    /// How many rows of one family.
    pub fn rows_of(&self, family: &str) -> u64 {
        self.rows.get(family).copied().unwrap_or_default()
    }
}

/// An evening that was played.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Played {
    /// What it is called.
    pub title: &'static str,
    /// Under which rules.
    pub rules: String,
    /// When it began, in milliseconds since 1970.
    pub began: u64,
    /// What happened.
    pub moments: Vec<Moment>,
    /// When readers could not see the account.
    pub gone: Vec<Gone>,
    /// For how long in all, in milliseconds.
    pub gone_ms: u64,
    /// What was measured.
    pub measured: Vec<Measured>,
    /// What the ledger shows.
    pub ledger: Vec<Line>,
    /// Moments at which some surfaces showed the account and others did not. None is the claim.
    pub torn: Vec<Sight>,
}

/// An evening under way.
pub struct Evening {
    /// The server.
    pub stage: Stage,
    /// Its directory.
    pub directory: PathBuf,
    /// The account.
    pub account: AccountId,
    lookout: Lookout,
    notes: Notes,
}

/// What is written down of an act.
struct Notes {
    began: Millis,
    timeline: Timeline,
    /// The ledger's size when it began.
    ledger_from: u64,
    measured: Vec<Measured>,
    torn: Vec<Sight>,
}

impl Notes {
    const fn new(began: Millis, ledger_from: u64) -> Self {
        Self { began, timeline: Timeline::new(began), ledger_from, measured: Vec::new(), torn: Vec::new() }
    }
}

impl Evening {
    /// Opens a server on `directory` as it was before staff were founded; everybody outside takes their place.
    pub async fn open(plan: &Plan, directory: &Path) -> Result<Self, CommandError> {
        let founded = Millis(plan.evening - FOUNDED_DAYS * Millis::DAY);
        let stage = Stage::open(directory, &plan.origin, Arc::new(BackdatedClock::at(founded))).await?;
        let handle = Handle::parse(OWNER.handle).map_err(|error| CommandError::said(error.to_string()))?;
        let account = account::find_id(&stage.cx, &handle).await?;
        let account = account.ok_or_else(|| CommandError::said("the town has no mayor"))?;
        let post = newest_post(&stage, account).await?;
        let lookout = Lookout::take_places(&stage, (account, post), &plan.password).await?;
        let notes = Notes::new(plan.evening(), 0);
        Ok(Self { stage, directory: directory.to_owned(), account, lookout, notes })
    }

    /// A new act begins at `began`, on the same server.
    pub fn begin_act(&mut self, began: Millis) {
        self.notes = Notes::new(began, ledger_lines::size(&self.stage.cx));
        self.stage.clock.go_on_to(began);
    }

    /// When readers first looked in vain.
    pub fn gone_since(&self) -> Option<Millis> {
        let first = self.notes.timeline.gone().first().copied();
        first.map(|gone| self.notes.began.plus_ms(gone.from_ms))
    }

    /// Lets it be so many minutes after the beginning.
    pub fn go_on_to_minute(&self, minute: u64) {
        self.stage.clock.go_on_to(self.notes.began.plus_ms(minute * Millis::MINUTE));
    }

    /// Writes down what happened now.
    pub fn say(&mut self, lane: Lane, tone: Tone, what: impl Into<String>) {
        self.notes.timeline.say(self.stage.now(), lane, tone, what);
    }

    /// Everybody outside looks; what they found is noted, and told to whoever asked.
    pub async fn look(&mut self) -> Result<Sight, CommandError> {
        let at = self.stage.now();
        let sight = self.lookout.look().await?;
        self.notes.timeline.see(at, !sight.is_gone());
        if !sight.is_there() && !sight.is_gone() {
            self.notes.torn.push(sight.clone());
        }
        Ok(sight)
    }

    /// The same, with a line in the lane of readers.
    pub async fn look_and_tell(&mut self) -> Result<Sight, CommandError> {
        let sight = self.look().await?;
        let tone = if sight.is_there() { Tone::Plain } else { Tone::Harm };
        self.say(Lane::Readers, tone, sight.said());
        Ok(sight)
    }

    /// The owner looks, and tells.
    pub async fn owner_tells(&mut self) -> Result<(), CommandError> {
        let seen = self.lookout.owner_looks().await?;
        self.say(Lane::Owner, Tone::Plain, format!("{} reads “{}” at {}", OWNER.name, seen.heading, seen.path));
        Ok(())
    }

    /// How many followers readers are told of.
    pub async fn count_followers(&mut self) -> Result<u64, CommandError> {
        self.lookout.count_followers().await
    }

    /// What something took and wrote.
    pub async fn measure<T>(
        &mut self,
        what: impl Into<String>,
        deed: impl Future<Output = Result<T, CommandError>>,
    ) -> Result<T, CommandError> {
        self.stage.tally.take();
        let began = self.stage.clock.now_millis();
        let done = deed.await?;
        let took_ms = self.stage.clock.now_millis() - began;
        let rows = self.stage.tally.take();
        self.notes.measured.push(Measured { what: what.into(), took_ms, rows });
        Ok(done)
    }

    /// The act as it was played.
    pub async fn played(&self, title: &'static str, rules: impl Into<String>) -> Result<Played, CommandError> {
        let Notes { began, timeline, ledger_from, measured, torn } = &self.notes;
        Ok(Played {
            title,
            rules: rules.into(),
            began: began.0,
            moments: timeline.moments(),
            gone: timeline.gone(),
            gone_ms: timeline.gone_ms(),
            measured: measured.clone(),
            ledger: ledger_lines::since(&self.stage.cx, *ledger_from).await?,
            torn: torn.clone(),
        })
    }

    /// Stops the server, for whoever works on its files, and gives what it takes to go on.
    pub async fn pause(self) -> Result<Paused, CommandError> {
        let Self { stage, directory, account, lookout, notes } = self;
        let (now, origin) = (stage.now(), stage.origin().clone());
        let checkpoint = stage.cx.ledger().read(|log| log.checkpoint().to_vec());
        stage.close().await?;
        Ok(Paused { directory, account, checkpoint, now, origin, lookout, notes })
    }
}

/// An evening whose server is stopped.
pub struct Paused {
    /// Its directory, which nobody has open.
    pub directory: PathBuf,
    /// The account.
    pub account: AccountId,
    /// The newest checkpoint, as somebody outside would have kept it.
    pub checkpoint: Vec<u8>,
    now: Millis,
    origin: Url,
    lookout: Lookout,
    notes: Notes,
}

impl Paused {
    /// Starts the server again, a minute later. Everybody outside keeps their place.
    pub async fn go_on(self) -> Result<Evening, CommandError> {
        let Self { directory, account, now, origin, lookout, notes, .. } = self;
        let clock = Arc::new(BackdatedClock::at(now.plus_ms(Millis::MINUTE)));
        let stage = Stage::open(&directory, &origin, clock).await?;
        Ok(Evening { stage, directory, account, lookout, notes })
    }

    /// What `kittiwake ledger verify` finds.
    pub async fn verify(&self) -> Result<kw_app::ledger::verify::Report, CommandError> {
        stage::verify_closed(&self.directory).await
    }
}

async fn newest_post(stage: &Stage, account: AccountId) -> Result<PostId, CommandError> {
    let counts = kw_app::view::account::load_counts(&stage.cx, account).await?;
    counts.newest_post.ok_or_else(|| CommandError::said("the mayor of the town has said nothing"))
}
