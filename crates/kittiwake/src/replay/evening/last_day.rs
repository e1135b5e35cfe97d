//! The same evening under the rules that every server has: the employee's proposal is refused at once and recorded, and so is
//! everything else that one person could still try.

use std::ops::ControlFlow;

use kw_app::ledger::append::tick;
use kw_domain::time::Millis;
use kw_staff::power::Tier;

use super::{Evening, Played};
use crate::failure::CommandError;
use crate::replay::attempt::{self, Trials, Tried, When};
use crate::replay::cast::{COLLEAGUES, INSIDER, OWNER};
use crate::replay::desk::{self, Desk};
use crate::replay::plan::Plan;
use crate::replay::timeline::{Lane, Tone};

/// When the employee begins, in minutes from the beginning.
const TRIES_MINUTE: u64 = 58;
/// How long before the evening colleagues protected the account, in days: nobody has a first day any more.
const PROTECTED_DAYS: u64 = 19;

/// What it says of its rules.
const RULES: &str = "The rules of every server: the default policy on the floor that is in the program.";

/// Who sits where.
pub struct Casting {
    /// On the last day.
    pub insider: Desk,
    /// The employee's number in the roster.
    pub insider_number: u32,
    /// A moderator of the same team.
    pub day: Desk,
    /// A moderator of another team.
    pub night: Desk,
    /// The trust lead, whose passkey stays on its device.
    pub lead: Desk,
    /// The lead's number in the roster.
    pub lead_number: u32,
    /// Words and signature of an approval that was right when it was given.
    pub old_approval: Option<(String, String)>,
}

/// Plays it. Gives the server on, with everybody in their place.
pub async fn play(evening: Evening, plan: &Plan) -> Result<(Evening, Casting, Played, Vec<Tried>), CommandError> {
    let mut cast = found(&evening, plan).await?;
    let old_ledger = tempfile::tempdir().map_err(CommandError::io("no temporary directory can be made"))?;
    let paused = evening.pause().await?;
    attempt::copy_ledger(&paused.directory, old_ledger.path())?;
    let mut evening = paused.go_on().await?;
    evening.stage.clock.go_on_to(Millis(plan.evening - PROTECTED_DAYS * Millis::DAY));
    protect(&mut evening, &mut cast).await?;
    let (mut tried, open) = try_early(&mut evening, &mut cast).await?;
    evening.begin_act(plan.evening());
    // What was left open has expired, and is closed before anything else happens.
    tick(&evening.stage.cx).await?;
    evening.begin_act(plan.evening());
    evening.look_and_tell().await?;
    evening.owner_tells().await?;
    evening.go_on_to_minute(TRIES_MINUTE);
    cast.insider.come_in().await?;
    evening.say(Lane::Staff, Tone::Plain, format!("{} signs in; the last day ends at midnight", cast.insider.name));
    let mut trials = Trials::new(&mut evening, &mut cast, When::LastDay);
    trials.complete_late(&open).await?;
    trials.on_the_last_day().await?;
    tried.append(&mut trials.tried);
    evening.look_and_tell().await?;

    let paused = evening.pause().await?;
    let done = attempt::on_the_files(&paused, old_ledger.path()).await?;
    let mut evening = paused.go_on().await?;
    let mut trials = Trials::new(&mut evening, &mut cast, When::LastDay);
    for (trial, reply, outcome) in done {
        trials.conclude_as(trial, reply, outcome).await?;
    }
    tried.append(&mut trials.tried);
    cast.insider.come_in().await?;
    evening.stage.clock.go_on_to(Millis(end_of_day(plan).0 + 1_000));
    evening.say(Lane::Staff, Tone::Plain, "Midnight: the employment has ended");
    let mut trials = Trials::new(&mut evening, &mut cast, When::Afterwards);
    attempt::after_the_last_day(&mut trials).await?;
    tried.append(&mut trials.tried);
    evening.look_and_tell().await?;
    evening.owner_tells().await?;
    let played = evening.played("Under Kittiwake's rules", RULES).await?;
    Ok((evening, cast, played, tried))
}

/// Long before leaving limits begin. Gives what was tried, and the action that was left open.
async fn try_early(evening: &mut Evening, cast: &mut Casting) -> Result<(Vec<Tried>, String), CommandError> {
    evening.stage.clock.go_on_to(Millis(evening.stage.now().0 + Millis::HOUR));
    cast.insider.come_in().await?;
    let mut trials = Trials::new(evening, cast, When::WeeksBefore);
    let open = trials.weeks_before().await?;
    Ok((trials.tried, open))
}

/// The last moment of the evening's day: when the employment ends.
const fn end_of_day(plan: &Plan) -> Millis {
    Millis((plan.evening / Millis::DAY + 1) * Millis::DAY - 1)
}

async fn found(evening: &Evening, plan: &Plan) -> Result<Casting, CommandError> {
    let mut parts = vec![(INSIDER, Some(end_of_day(plan)))];
    parts.extend(COLLEAGUES.map(|part| (part, None)));
    let mut desks = desk::found(&evening.stage, &parts, None).await?.into_iter();
    let mut next = || desks.next().ok_or_else(|| CommandError::said("somebody of the cast is missing"));
    Ok(Casting {
        insider: next()?,
        insider_number: 1,
        day: next()?,
        night: next()?,
        lead: next()?,
        lead_number: 4,
        old_approval: None,
    })
}

/// What reach does not protect by itself, colleagues do: a label, and the highest tier.
async fn protect(evening: &mut Evening, cast: &mut Casting) -> Result<(), CommandError> {
    for desk in [&mut cast.day, &mut cast.night, &mut cast.lead] {
        desk.come_in().await?;
    }
    let account = evening.account;
    let label = cast.night.propose(account, &[("power", "label_add"), ("label", "elected")]).await?;
    if !has_label(evening) {
        cast.old_approval = Some(attempt::keep_approval(&mut cast.day, &label).await?);
    }
    while let ControlFlow::Continue(()) = raise(evening, cast).await? {}
    match (tier(evening), has_label(evening)) {
        (Tier::Protected, true) => Ok(()),
        (tier, _) => Err(CommandError::said(format!("@{} could not be protected: it is {tier}", OWNER.handle))),
    }
}

/// One tier up.
async fn raise(evening: &mut Evening, cast: &mut Casting) -> Result<ControlFlow<()>, CommandError> {
    let before = tier(evening);
    if before == Tier::Protected {
        return Ok(ControlFlow::Break(()));
    }
    let action = cast.night.propose(evening.account, &[("power", "tier_up")]).await?;
    if tier(evening) == before {
        cast.old_approval = Some(attempt::keep_approval(&mut cast.day, &action).await?);
    }
    Ok(if tier(evening) == before { ControlFlow::Break(()) } else { ControlFlow::Continue(()) })
}

fn tier(evening: &Evening) -> Tier {
    evening.stage.cx.ledger().read(|log| log.fold().account(evening.account.0).tier)
}

fn has_label(evening: &Evening) -> bool {
    evening.stage.cx.ledger().read(|log| !log.fold().account(evening.account.0).labels.is_empty())
}
