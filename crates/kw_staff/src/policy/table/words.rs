//! The matrix as a page for people who read no code. Made by `cargo run -p kw_staff --example staff_rules`.

use std::fmt::Write;

use super::{Cell, House, cell, rows};
use crate::person::Role;
use crate::policy::Policy;
use crate::policy::missing::{Addition, Way};
use crate::policy::question::{Delay, Mode, Span};
use crate::power::{Power, Tier};

/// The roles that usually count.
const DECIDING: [Role; 3] = [Role::Moderator, Role::TrustLead, Role::Security];

const OPENING: &str = "\
<!-- Made from the policy by: cargo run -p kw_staff --example staff_rules. Change the policy, not this page. -->

# Who must agree

The people who look after a Kittiwake can hide an account that hurts somebody. But nobody may do that alone to an account
that many people read: a second person has to say yes, and for the biggest accounts a third. To bring an account back, one
person is enough. So one angry or careless person cannot make anybody disappear, and a mistake is quickly mended.

This page says for each thing that staff can do how many different people must sign it with their own passkey. Whoever
proposes it is one of them.

- An account is **notable** from 10,000 followers, or when it speaks for an institution, a newsroom, somebody elected or the
  emergency services. It is **protected** from 1,000,000 followers, or when staff decided so. Others are **ordinary**.
- **Somebody who decides** is a moderator, a trust lead or a member of security. Auditors never count.
- **Two teams**: not all of them of one team, where the house has two.
- **A fixed key** is a passkey that cannot leave its device.
- A person counts once, whatever their keys and roles, and not at all once their powers have ended. Powers to hide and to
  change end 14 days before somebody's last day.
- Where it says that something waits, everybody who may see it sees it for that long, and one person can stop it.
- **-** means that nobody can.

Some of this is in the program, and no house can change it: at least two people for a notable account, three for a protected
one, two or three for the house itself, and one to bring back. Everything else is the policy that a house starts with.
";

/// What staff need for everything they can do under `policy`. Markdown.
pub fn markdown(policy: &Policy) -> String {
    let mut page = OPENING.to_owned();
    page += "\n## Accounts\n\n";
    page += &accounts(policy, House::LARGE);
    page += "\nWhoever acts may say beforehand that undoing takes two people; then it does.\n";
    page += "\n## The house itself\n\n| to | two live people | three | four and more | one who runs it alone |\n|---|---|---|---|---|\n";
    for (powers, cells) in house_rows(policy) {
        _ = writeln!(page, "| {} | {} |", names(&powers), cells.join(" | "));
    }
    page += "\n## Accounts in a house that one person runs\n\nIts pages say so. Once a second person was there, this part is over.\n\n";
    page += &accounts(policy, House::SOLO);
    page
}

fn accounts(policy: &Policy, house: House) -> String {
    let mut table = "| to | for | ordinary | notable | protected |\n|---|---|---|---|---|\n".to_owned();
    let over_accounts = Power::ALL.iter().copied().filter(|power| power.is_over_accounts());
    for (powers, rows) in grouped(over_accounts.map(|power| (power, rows(policy, house, power)))) {
        let mut name = names(&powers);
        for row in rows {
            _ = writeln!(
                table,
                "| {} | {} | {} |",
                std::mem::take(&mut name),
                length(row.span),
                row.cells.map(said).join(" | ")
            );
        }
    }
    table
}

fn house_rows(policy: &Policy) -> Vec<(Vec<Power>, Vec<String>)> {
    let houses =
        [(2, Mode::Pair), (3, Mode::Team), (4, Mode::Team)].map(|(live, mode)| House { mode, live, live_teams: 2 });
    let over_the_house = Power::ALL.iter().copied().filter(|power| power.is_over_the_house());
    grouped(over_the_house.map(|power| {
        let houses = houses.iter().chain([&House::SOLO]);
        (power, houses.map(|house| said(cell(policy, *house, power, Tier::Protected, Span::Endless))).collect())
    }))
}

/// Powers with the same rows share them, in the order in which the first of them comes.
fn grouped<R: PartialEq>(all: impl Iterator<Item = (Power, R)>) -> Vec<(Vec<Power>, R)> {
    let mut groups: Vec<(Vec<Power>, R)> = Vec::new();
    for (power, rows) in all {
        match groups.iter_mut().find(|(_, others)| *others == rows) {
            Some((powers, _)) => powers.push(power),
            None => groups.push((vec![power], rows)),
        }
    }
    groups
}

fn names(powers: &[Power]) -> String {
    powers.iter().map(|power| name(*power)).collect::<Vec<_>>().join(", ")
}

fn said(cell: Option<Cell>) -> String {
    let Some(cell) = cell else { return "-".to_owned() };
    let teams = match cell.teams {
        0 | 1 => String::new(),
        2 => ", two teams".to_owned(),
        more => format!(", {more} teams"),
    };
    let who: Vec<_> = cell.ways.iter().map(who).collect();
    format!("{}{teams}{}{}", cell.people, who.join(" or"), waits(cell.delay, cell.delay_when_urgent))
}

/// Who of a way is more than somebody who decides, or may be less.
fn who(way: &Way) -> String {
    if let [one] = way.as_slice() {
        return phrase(one, "").map(|one| format!(": {one}")).unwrap_or_default();
    }
    let special: Vec<_> = way.iter().filter_map(|one| phrase(one, "perhaps ")).collect();
    match special.split_first() {
        Some((first, others)) if special.len() == way.len() && others.iter().all(|one| one == first) => {
            format!(", each {first}")
        }
        _ => special.into_iter().flat_map(|one| [", one of them ".to_owned(), one]).collect(),
    }
}

/// What is asked of somebody; none when it is what is usual. `perhaps` goes before roles that do without deciding.
fn phrase(addition: &Addition, perhaps: &str) -> Option<String> {
    let of_role = |role: &Role| match role {
        Role::Support => "support",
        Role::Moderator => "a moderator",
        Role::TrustLead => "a trust lead",
        Role::Security => "security",
        Role::Communications => "communications",
        Role::Auditor => "an auditor",
    };
    let do_all_decide = DECIDING.iter().all(|role| addition.roles.contains(role));
    let key = if addition.device_bound { " with a fixed key" } else { "" };
    if addition.roles.is_empty() {
        return Some(format!("anybody{key}"));
    }
    let special = addition.roles.iter().filter(|role| !do_all_decide || !DECIDING.contains(role)).map(of_role);
    let special = special.collect::<Vec<_>>().join(" or ");
    match (do_all_decide, special.as_str(), perhaps) {
        (_, "", _) => (!key.is_empty()).then(|| format!("somebody{key}")),
        (true, _, "") => Some(format!("{special} or somebody who decides{key}")),
        (true, ..) => Some(format!("{perhaps}{special}{key}")),
        (false, ..) => Some(format!("{special}{key}")),
    }
}

fn waits(delay: Delay, when_urgent: Delay) -> String {
    let urgently = match (delay == when_urgent, when_urgent) {
        (true, _) => String::new(),
        (false, Delay::Instant) => "; at once when urgent".to_owned(),
        (false, other) => format!("; after {} when urgent", wait(other)),
    };
    let usually = if delay == Delay::Instant { String::new() } else { format!("; after {}", wait(delay)) };
    usually + &urgently
}

const fn wait(delay: Delay) -> &'static str {
    match delay {
        Delay::Instant => "no time",
        Delay::Day => "24 hours",
        Delay::ThreeDays => "72 hours",
        Delay::Week => "7 days",
        Delay::Month => "30 days",
    }
}

const fn length(span: Option<Span>) -> &'static str {
    match span {
        None => "",
        Some(Span::Day) => "up to 24 hours",
        Some(Span::ThreeDays) => "up to 72 hours",
        Some(Span::Week) => "up to 7 days",
        Some(Span::Month) => "up to 30 days",
        Some(Span::Endless) => "longer",
    }
}

const fn name(power: Power) -> &'static str {
    match power {
        Power::Restore => "bring back, end a step-up",
        Power::Limit => "limit",
        Power::TakeDown => "take down",
        Power::RemovePost => "remove a post",
        Power::Freeze => "keep the owner from signing in",
        Power::ResetSignIn => "let the owner set a new sign-in",
        Power::ChangeEmail => "change the e-mail address",
        Power::Rename => "rename",
        Power::ReadPrivate => "read what is private",
        Power::TierUp => "raise the tier",
        Power::TierDown => "lower the tier",
        Power::LabelAdd => "give a label",
        Power::LabelRemove => "take a label away",
        Power::Purge => "erase for good",
        Power::EraseOpening => "erase the words of a ledger entry",
        Power::RosterWiden => "take somebody on, give somebody more",
        Power::RosterNarrow => "end somebody's time, take a role away",
        Power::KeyEnrol => "enrol a passkey",
        Power::KeyEnd => "end a passkey",
        Power::Policy => "change the policy",
        Power::Alert => "change who is alerted",
        Power::Witness => "change who witnesses the ledger",
        Power::Origin => "change the ledger's origin or key",
        Power::BreakGlass => "break glass (15 minutes, ends by itself)",
        Power::StepUp => "ask the owner's own passkey for each post (30 minutes)",
    }
}
