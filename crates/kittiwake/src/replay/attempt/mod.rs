//! What the employee could still try, each really tried: over HTTP, at the command line, or on the files of a stopped server;
//! and after each, whether readers still see the account.

mod afterwards;
mod alone;
mod early;
mod first;
mod others;
mod stopped;

use serde::Serialize;

use super::browser::Answer;
use super::desk::{COMPLAINTS, Desk, Proposed, has_slip};
use super::evening::{Casting, Evening};
use super::form;
use super::ledger_lines;
use super::timeline::{Lane, Tone};
use crate::failure::CommandError;

pub use afterwards::after_the_last_day;
pub use others::keep_approval;
pub use stopped::{copy_ledger, on_the_files};

/// Where it was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Door {
    /// Over HTTP, against the server.
    Http,
    /// At the command line.
    CommandLine,
    /// On the files of the data directory.
    Files,
}

/// When it was tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum When {
    /// Three weeks before the last day, with every power.
    WeeksBefore,
    /// On the last day, an hour before it ends.
    LastDay,
    /// After midnight.
    Afterwards,
}

impl When {
    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::WeeksBefore => "Three weeks before, with every power of a moderator",
            Self::LastDay => "On the last day, an hour before it ends",
            Self::Afterwards => "After midnight",
        }
    }
}

/// What became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It did not happen.
    Prevented,
    /// It happened on a small scale, and ended without anybody's help.
    UndoesItself,
    /// It could not be kept from happening, changed no page, and whoever verifies sees it.
    Reported,
    /// It succeeded. Nowhere is this the claim.
    Succeeded,
}

impl Outcome {
    /// In words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Prevented => "prevented",
            Self::UndoesItself => "undoes itself",
            Self::Reported => "reported",
            Self::Succeeded => "SUCCEEDED",
        }
    }
}

/// Something that was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tried {
    /// What.
    pub what: &'static str,
    /// When.
    pub when: When,
    /// Where.
    pub door: Door,
    /// What is claimed to become of it.
    pub claimed: Outcome,
    /// What became of it.
    pub outcome: Outcome,
    /// What the server, the command or the verification said.
    pub said: String,
    /// The entry of the ledger that records it, where one does.
    pub entry: Option<u64>,
    /// Whether readers saw the account right after it, on every surface.
    pub is_there: bool,
}

impl Tried {
    /// Whether it came out as claimed, with the account in its place.
    pub fn holds(&self) -> bool {
        self.claimed == self.outcome && self.is_there
    }
}

/// What came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// What it said.
    pub said: String,
    /// Whether it was taken.
    pub is_accepted: bool,
    /// Whether it was a field that kept it from being taken, and no rule.
    pub is_slip: bool,
}

impl Reply {
    /// An answer that says whether it was taken.
    pub fn of(said: impl Into<String>, is_accepted: bool) -> Self {
        Self { said: said.into(), is_accepted, is_slip: false }
    }

    /// A no.
    pub fn refused(said: impl Into<String>) -> Self {
        Self::of(said, false)
    }
}

impl From<&Answer> for Reply {
    fn from(answer: &Answer) -> Self {
        let is_refused = COMPLAINTS.iter().any(|mark| form::text_of(&answer.text, mark).is_some());
        let is_slip = has_slip(&answer.text);
        Self { said: answer.said(), is_accepted: answer.status.is_success() && !is_refused, is_slip }
    }
}

/// Trying, one thing after another.
pub struct Trials<'a> {
    /// Where.
    pub evening: &'a mut Evening,
    /// Who.
    pub cast: &'a mut Casting,
    /// What was tried so far.
    pub tried: Vec<Tried>,
    when: When,
    ledger_at: u64,
    guarded: String,
}

/// What is tried, before it is.
#[derive(Debug, Clone, Copy)]
pub struct Trial {
    /// What.
    pub what: &'static str,
    /// Where.
    pub door: Door,
    /// What is claimed.
    pub claimed: Outcome,
}

impl Trial {
    /// Something over HTTP that is prevented.
    pub const fn http(what: &'static str) -> Self {
        Self { what, door: Door::Http, claimed: Outcome::Prevented }
    }
}

impl<'a> Trials<'a> {
    /// Begins.
    pub fn new(evening: &'a mut Evening, cast: &'a mut Casting, when: When) -> Self {
        let ledger_at = ledger_lines::size(&evening.stage.cx);
        let guarded = guarded(evening);
        Self { evening, cast, tried: Vec::new(), when, ledger_at, guarded }
    }

    /// Everything that can be tried while the server runs and the employee is still employed.
    pub async fn on_the_last_day(&mut self) -> Result<(), CommandError> {
        self.alone().await?;
        self.with_others().await?;
        self.changing_first().await
    }

    /// Looks what became of an attempt to come in.
    async fn conclude_entry(&mut self, trial: Trial, reply: Reply) -> Result<(), CommandError> {
        let outcome = if reply.is_accepted { Outcome::Succeeded } else { Outcome::Prevented };
        self.conclude_as(trial, reply, outcome).await
    }

    /// Looks what became of something that was kept from happening, or was not: a proposal that waits for others is nothing
    /// yet.
    pub async fn conclude(&mut self, trial: Trial, reply: Reply) -> Result<(), CommandError> {
        self.conclude_as(trial, reply, Outcome::Prevented).await
    }

    /// The same for what happens in some way: `outcome` is what was seen of it, unless the account is gone.
    pub async fn conclude_as(&mut self, trial: Trial, reply: Reply, outcome: Outcome) -> Result<(), CommandError> {
        // A form that was not filled in as its page asks was never really tried.
        if reply.is_slip {
            return Err(CommandError::said(format!(
                "the attempt \"{}\" got no further than a form: {}",
                trial.what, reply.said
            )));
        }
        let sight = self.evening.look().await?;
        let is_there = sight.is_there();
        let new = ledger_lines::since(&self.evening.stage.cx, self.ledger_at).await?;
        self.ledger_at = ledger_lines::size(&self.evening.stage.cx);
        let entry = new.iter().rev().find(|line| line.is_refusal).map(|line| line.entry);
        let is_guarded = guarded(self.evening) == self.guarded;
        let outcome = if is_there && is_guarded { outcome } else { Outcome::Succeeded };
        let Trial { what, door, claimed } = trial;
        let tone = if outcome == Outcome::Succeeded { Tone::Harm } else { Tone::Good };
        let recorded = entry.map(|entry| format!(" (entry {entry})")).unwrap_or_default();
        self.evening.say(Lane::Staff, tone, format!("{what}: {}{recorded}", outcome.words()));
        self.tried.push(Tried { what, when: self.when, door, claimed, outcome, said: reply.said, entry, is_there });
        Ok(())
    }

    fn insider(&mut self) -> &mut Desk {
        &mut self.cast.insider
    }

    /// Writes a proposal at the employee's desk, and signs it if the page lets them.
    async fn propose(&mut self, what: &[(&str, &str)]) -> Result<Reply, CommandError> {
        let account = self.evening.account;
        let proposed = self.insider().write(account, what).await?;
        self.sign_if_let(proposed).await
    }

    async fn sign_if_let(&mut self, proposed: Proposed) -> Result<Reply, CommandError> {
        match &proposed.form {
            None => Ok(Reply { is_slip: proposed.is_slip(), ..Reply::refused(proposed.said()) }),
            Some(form) => Ok(Reply::from(&self.insider().sign(form).await?)),
        }
    }
}

/// What nobody may change alone: who is on staff with which roles, dates and keys, the rules, and what protects the account.
fn guarded(evening: &Evening) -> String {
    evening.stage.cx.ledger().read(|log| {
        let fold = log.fold();
        let people: Vec<_> =
            fold.people().map(|member| (&member.person, fold.live_keys(member.person.id).count())).collect();
        let account = fold.account(evening.account.0);
        let policy = fold.house().map(|house| house.policy_hash);
        format!("{people:?} {policy:?} {:?} {:?}", account.tier, account.labels)
    })
}
