//! Staff of a server in tests: founded, signed in, acting through signatures as everybody does. No test writes a row that only
//! the ledger may write.

use kw_app::context::Context;
use kw_app::staff::submit::Taken;
use kw_app::staff::understudy::{Part, Understudy, about, found};
use kw_domain::id::AccountId;
use kw_domain::time::Millis;
use kw_staff::authenticator::Backup;
use kw_staff::entry::Record;
use kw_staff::person::Role;
use kw_staff::power::{Power, Verb};

/// Somebody who runs the server alone, founded now.
pub async fn solo(cx: &Context) -> Understudy {
    let parts = [part("Ola", &[Role::TrustLead, Role::Moderator], "one")];
    found(cx, &parts).await.expect("nobody has founded before").pop().expect("one was asked for")
}

/// Two moderators of two teams, and a lead of a third.
pub async fn team(cx: &Context) -> Vec<Understudy> {
    let parts = [
        part("Ines Rau", &[Role::Moderator], "day"),
        part("Milo Kern", &[Role::Moderator], "night"),
        part("Lena Ohm", &[Role::TrustLead], "trust"),
    ];
    found(cx, &parts).await.expect("nobody has founded before")
}

/// The same with somebody of support who moderates at night and leaves tomorrow.
pub async fn with_somebody_leaving(cx: &Context) -> Vec<Understudy> {
    let leaving = part("Sam Low", &[Role::Support, Role::Moderator], "night");
    let parts = [
        part("Ines Rau", &[Role::Moderator], "day"),
        part("Milo Kern", &[Role::Moderator], "night"),
        part("Lena Ohm", &[Role::TrustLead], "trust"),
        Part { ends: Some(cx.now().plus_ms(Millis::DAY)), ..leaving },
    ];
    found(cx, &parts).await.expect("nobody has founded before")
}

fn part<'a>(name: &'a str, roles: &'a [Role], team: &'a str) -> Part<'a> {
    Part { name, roles, team, ends: None, backup: Backup::DeviceBound }
}

/// Uses a power over an account alone, for half an hour or a day where it lasts; the number of the entry that put it in force.
pub async fn act(cx: &Context, by: &Understudy, power: Power, account: AccountId) -> u64 {
    let lasts_ms = if power == Power::StepUp { 30 * Millis::MINUTE } else { Millis::DAY };
    let until = (power.hides() || power == Power::StepUp).then(|| cx.now().plus_ms(lasts_ms));
    entry_of(&by.propose(cx, &about(power, account, until)).await.expect("one is enough"))
}

/// Staff hide an account for a day: the number of the entry.
pub async fn hide(cx: &Context, by: &Understudy, account: AccountId) -> u64 {
    act(cx, by, Power::TakeDown, account).await
}

/// Gives an account the label of the press, which makes it notable.
pub async fn label(cx: &Context, by: &Understudy, account: AccountId) -> u64 {
    let mut label = about(Power::LabelAdd, account, None);
    label.parameters.insert("label".to_owned(), "press".to_owned());
    entry_of(&by.propose(cx, &label).await.expect("one is enough"))
}

/// Hides an account with a second signature: the number of the entry.
pub async fn hide_together(cx: &Context, by: [&Understudy; 2], account: AccountId) -> u64 {
    let until = cx.now().plus_ms(Millis::DAY);
    let taken = by[0].propose(cx, &about(Power::TakeDown, account, Some(until))).await.expect("it may be proposed");
    entry_of(&by[1].step(cx, taken.action, Verb::Approve).await.expect("two are enough"))
}

/// Which entry put an action in force.
fn entry_of(taken: &Taken) -> u64 {
    let is_effect = |entry: &kw_staff::entry::Entry| matches!(entry.record, Record::InForce(_));
    let place = taken.appended.entries.iter().position(is_effect).expect("it took effect");
    taken.appended.first + place as u64
}
