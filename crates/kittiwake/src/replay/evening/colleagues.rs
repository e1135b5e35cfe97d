//! The honest path, on the morning after: three colleagues of two teams really hide the account, readers meet a page that says
//! so, and one brings it back. What that took and wrote is measured.

use kw_domain::time::Millis;

use super::{Casting, Evening, Played};
use crate::failure::CommandError;
use crate::replay::plan::Plan;
use crate::replay::timeline::{Lane, Tone};

/// When the morning begins: so long after the evening, in hours.
const MORNING_HOURS: u64 = 11;
/// For how long they leave it hidden, in minutes: as long as in 2017.
const HIDDEN_MINUTES: u64 = 11;

/// What it says of its rules.
const RULES: &str = "The same server, the same rules: three people of two teams, one of them a lead whose passkey stays on its \
                     device; and one to bring it back.";

/// Plays it.
pub async fn play(evening: &mut Evening, cast: &mut Casting, plan: &Plan) -> Result<Played, CommandError> {
    evening.begin_act(Millis(plan.evening + MORNING_HOURS * Millis::HOUR));
    evening.look_and_tell().await?;
    for desk in [&mut cast.day, &mut cast.night, &mut cast.lead] {
        desk.come_in().await?;
    }
    let what = [("power", "take_down"), ("length", "60"), ("ground", "hijack")];
    let action = cast.night.propose(evening.account, &what).await?;
    evening.say(Lane::Staff, Tone::Plain, format!("{} proposes to hide the account for an hour", cast.night.name));
    cast.day.step(&action, "approve").await?;
    evening.say(Lane::Staff, Tone::Plain, format!("{} approves; a lead is missing", cast.day.name));
    evening.look_and_tell().await?;
    let form = cast.lead.find_step(&action, "approve").await?;
    let form = form.ok_or_else(|| CommandError::said("the lead may not approve"))?;
    evening.measure("hiding, from the last of three signatures to the answer", cast.lead.sign(&form)).await?;
    evening.say(Lane::Staff, Tone::Plain, format!("{} approves; the account is hidden", cast.lead.name));
    evening.look_and_tell().await?;
    evening.owner_tells().await?;
    evening.stage.clock.go_on_to(Millis(evening.stage.now().0 + HIDDEN_MINUTES * Millis::MINUTE));
    cast.day.come_in().await?;
    let proposed = cast.day.write(evening.account, &[("power", "restore"), ("ground", "hijack")]).await?;
    let Some(form) = proposed.form else {
        return Err(CommandError::said(format!("nobody can restore: {}", proposed.answer.said())));
    };
    evening.measure("bringing back, from one signature to the answer", cast.day.sign(&form)).await?;
    evening.say(Lane::Staff, Tone::Good, format!("{} brings the account back, alone", cast.day.name));
    evening.look_and_tell().await?;
    evening.owner_tells().await?;
    evening.played("The colleagues' way", RULES).await
}
