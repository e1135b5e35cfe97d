//! The evening under rules as permissive as those of 2017, made up for this: one signature hides the account, and when it
//! comes back is a matter of who is called when. The lengths of time are the published ones; they are played, not measured.

use kw_app::staff::found::Rules;
use kw_domain::time::Millis;

use super::{Evening, Played};
use crate::failure::CommandError;
use crate::replay::cast::{COLLEAGUES, INSIDER, OWNER};
use crate::replay::desk::{self, Desk};
use crate::replay::timeline::{Lane, Tone, spoken};

/// When the employee signs, in minutes from the beginning.
const SIGNED_MINUTE: u64 = 58;
/// How long the account was gone, as published.
const GONE_MINUTES: u64 = 11;
/// How long it took until it was known who had done it, as published.
const UNKNOWN_MINUTES: u64 = 120;

/// A floor that keeps nobody from anything, but for signing at all.
const FLOOR: &str = r#"// Made up for a play: what one employee could do in 2017, anybody with a passkey can do here.
@id("somebody_signs")
forbid (principal, action, resource)
unless { context has first };
"#;

/// A policy under which one is always enough.
const POLICY: &str = r#"// Made up for a play: one signature is enough for everything.
@id("one_is_enough")
@cell("all")
permit (principal, action, resource)
when { context has first };
"#;

/// What it says of its rules.
const RULES: &str = "Made up for this play, and marked so in its ledger: one signature of anybody on staff is enough for \
                     everything, and nobody's powers end before their employment does. No server serves such a ledger. (The page \
                     that readers meet is Kittiwake's; in 2017 it was “Sorry, that page doesn't exist!”.)";

/// Plays it.
pub async fn play(evening: &mut Evening) -> Result<Played, CommandError> {
    let parts: Vec<_> = std::iter::once(INSIDER).chain(COLLEAGUES).map(|part| (part, None)).collect();
    let mut desks = desk::found(&evening.stage, &parts, Some(&Rules::made_up(POLICY, FLOOR))).await?;
    let mut insider = desks.remove(0);
    evening.go_on_to_minute(0);
    evening.look_and_tell().await?;
    evening.go_on_to_minute(SIGNED_MINUTE - 3);
    insider.come_in().await?;
    evening.say(Lane::Staff, Tone::Plain, format!("{} signs in; the last day ends at midnight", insider.name));
    sign_alone(evening, &mut insider).await?;
    restore(evening, &mut desks[0]).await?;
    find_out(evening, &mut desks[2]).await?;
    evening.played("As in 2017", RULES).await
}

async fn sign_alone(evening: &mut Evening, insider: &mut Desk) -> Result<(), CommandError> {
    evening.go_on_to_minute(SIGNED_MINUTE);
    let what = [("power", "take_down"), ("length", "10080"), ("ground", "impersonation")];
    let proposed = insider.write(evening.account, &what).await?;
    let Some(form) = proposed.form else {
        return Err(CommandError::said(format!("the permissive evening refuses: {}", proposed.answer.said())));
    };
    let answer = evening.measure("hiding, as one signature", insider.sign(&form)).await?;
    let handle = OWNER.handle;
    evening.say(Lane::Staff, Tone::Harm, format!("{} takes @{handle} down alone ({})", insider.name, answer.status));
    evening.look_and_tell().await?;
    evening.owner_tells().await?;
    evening.go_on_to_minute(SIGNED_MINUTE + 2);
    evening.say(Lane::Staff, Tone::Plain, "Colleagues are called and look for what happened");
    evening.go_on_to_minute(SIGNED_MINUTE + GONE_MINUTES / 2);
    evening.look_and_tell().await.map(drop)
}

async fn restore(evening: &mut Evening, colleague: &mut Desk) -> Result<(), CommandError> {
    go_on_after_hiding(evening, GONE_MINUTES);
    colleague.come_in().await?;
    let what = [("power", "restore"), ("ground", "impersonation")];
    let proposed = colleague.write(evening.account, &what).await?;
    let Some(form) = proposed.form else {
        return Err(CommandError::said(format!("nobody can restore: {}", proposed.answer.said())));
    };
    evening.measure("bringing back, as one signature", colleague.sign(&form)).await?;
    evening.say(Lane::Staff, Tone::Good, format!("{} brings the account back", colleague.name));
    evening.look_and_tell().await?;
    evening.owner_tells().await
}

/// Lets it be so many minutes after readers first looked in vain.
fn go_on_after_hiding(evening: &Evening, minutes: u64) {
    if let Some(since) = evening.gone_since() {
        evening.stage.clock.go_on_to(since.plus_ms(minutes * Millis::MINUTE));
    }
}

async fn find_out(evening: &mut Evening, lead: &mut Desk) -> Result<(), CommandError> {
    go_on_after_hiding(evening, UNKNOWN_MINUTES);
    let of_2017 = spoken(UNKNOWN_MINUTES * Millis::MINUTE);
    let said = format!("{} says who it was. In 2017 that took {of_2017}; here the ledger had it at once", lead.name);
    evening.say(Lane::Staff, Tone::Plain, said);
    evening.look_and_tell().await.map(drop)
}
