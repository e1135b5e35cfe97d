//! What an action is about, as staff see it before they propose or sign: an account with its reach, labels and history; or a
//! person, a key, a policy with what would change.

use kw_app::context::Context;
use kw_app::failure::Failure;
use kw_app::staff::account::{Subjected, load};
use kw_app::staff::offers::can_step_up;
use kw_app::staff::roster;
use kw_domain::account::Reach;
use kw_domain::id::AccountId;
use kw_domain::refusal::Kind;
use kw_html::part::account::AccountChip;
use kw_html::part::action::{AccountCard, Change, Field, TargetCard};
use kw_staff::entry::Subject;
use kw_staff::key::StaffKey;
use kw_staff::person::{Person, PersonId};
use kw_staff::power::Power;
use kw_staff::statement::{Effect, TargetKind};
use kw_staff::step::change;
use kw_staff::time::Millis;

use super::visit::StaffVisit;
use super::words::{label, mark, role, tier, who};
use crate::error::Problem;
use crate::pages::view::account::picture_path;
use crate::pages::view::ms;

/// An account in a list.
pub fn found(cx: &Context, about: &Subjected) -> AccountCard {
    let account = &about.account;
    let name = account.profile.display_name.trim();
    // The pictures of a hidden account are hidden from staff's browsers as well.
    let is_hidden = matches!(about.standing.reach_at(cx.now()), Reach::Unavailable { .. });
    let avatar = account.profile.avatar.as_deref().filter(|_| !is_hidden);
    AccountCard {
        account: AccountChip {
            id: account.id.to_string(),
            handle: account.handle.clone(),
            name: if name.is_empty() { account.handle.clone() } else { name.to_owned() },
            avatar: avatar.map(|file| picture_path(account.id, file)),
        },
        labels: about.labels.iter().copied().map(label).collect(),
        tier: tier(about.tier),
        followers: about.counts.followers,
        posts: about.counts.posts,
        since_ms: ms(account.created_at),
        acted_on: about.record.len() as u64,
        step_up: false,
    }
}

/// The account that something is about, and whether the reader could step it up instead.
pub async fn of_account(visit: &StaffVisit, about: &Subjected) -> Result<AccountCard, Problem> {
    let step_up = can_step_up(visit.cx(), visit.staff(), about).await?;
    Ok(AccountCard { step_up, ..found(visit.cx(), about) })
}

/// What an action is about. Of what is still open, what would change; afterwards, what was said.
pub async fn target(visit: &StaffVisit, about: &About<'_>) -> Result<TargetCard, Problem> {
    if let Some(id) = about.subject.account_id() {
        match load(visit.cx(), visit.staff(), AccountId(id)).await {
            Ok(account) => return of_account(visit, &account).await.map(TargetCard::Account),
            // It was erased since; what was done about it stays.
            Err(Failure::Refused(refusal)) if refusal.kind == Kind::Missing => {}
            Err(failure) => return Err(failure.into()),
        }
    }
    let name = who(visit.cx(), about.subject, about.effect).await?;
    Ok(TargetCard::Matter { name, changes: changes(visit, about).await? })
}

/// What an action does, and to what.
#[derive(Debug, Clone, Copy)]
pub struct About<'a> {
    /// The power.
    pub power: Power,
    /// Over what.
    pub subject: &'a Subject,
    /// What follows.
    pub effect: &'a Effect,
    /// Whether it can still take effect.
    pub is_open: bool,
}

async fn changes(visit: &StaffVisit, about: &About<'_>) -> Result<Vec<Change>, Problem> {
    let plain = |field, before: String, after: String| vec![Change { field, before, after }];
    Ok(match about.subject.kind {
        TargetKind::Person => of_person(visit, about),
        TargetKind::Key => {
            let key = of_key(visit, about).await?;
            let is_new = about.power == Power::KeyEnrol;
            let (before, after) = if is_new { (String::new(), key) } else { (key, String::new()) };
            plain(Field::Key, before, after)
        }
        TargetKind::Policy => {
            let now = visit.cx().ledger().read(|log| log.fold().house().map(|house| house.policy_hash));
            let now = now.map(|hash| kw_staff::hex::encode(&hash)).filter(|_| about.is_open).unwrap_or_default();
            plain(Field::Policy, mark(&now), mark(&about.subject.id))
        }
        TargetKind::Account | TargetKind::House => Vec::new(),
    })
}

/// A passkey as people tell it from others: what its person calls it, its first digits, and whether it stays on its device.
async fn of_key(visit: &StaffVisit, about: &About<'_>) -> Result<String, Problem> {
    let mut told = Vec::new();
    if let Some(id) = change::key_id(about.subject) {
        told.push(roster::key_name(visit.cx(), id).await?);
        told.push(mark(&about.subject.id));
        let held = || visit.cx().ledger().read(|log| log.fold().key(&id).map(|held| held.key.clone()));
        let key = change::key(about.effect).or_else(held);
        let kind = |key: StaffKey| if key.backup_eligible { "key-synced" } else { "key-bound" };
        told.extend(key.map(kind).map(|kind| visit.page().t(kind).to_owned()));
    }
    told.retain(|part| !part.is_empty());
    Ok(told.join(" · "))
}

fn of_person(visit: &StaffVisit, about: &About<'_>) -> Vec<Change> {
    let Some(id) = PersonId::parse(&about.subject.id) else { return Vec::new() };
    let now = visit.cx().ledger().read(|log| log.fold().member(id).map(|member| member.person.clone()));
    let Some(after) = change::person(id, now.as_ref(), about.effect).or(now.clone()) else { return Vec::new() };
    let before = now.filter(|_| about.is_open);
    let page = visit.page();
    let day = |moment: Millis| page.locale.date(&page.time_zone, moment.0.cast_signed());
    let roles = |person: &Person| person.roles.iter().copied().map(role).collect::<Vec<_>>();
    let said = |person: &Person| {
        [
            (Field::Roles, "roles", page.role_names(&roles(person))),
            (Field::Team, "team", person.team.name().to_owned()),
            (Field::Starts, "starts", day(person.starts)),
            (Field::Ends, "ends", person.ends.map(day).unwrap_or_default()),
        ]
    };
    let before = before.as_ref().map(said);
    let change = |(place, (field, name, after)): (usize, (Field, &str, String))| {
        let before = before.as_ref().map(|said| said[place].2.clone()).unwrap_or_default();
        // Once it is done the roster says what came of it, and the action's words what of that was its doing.
        let is_told = if about.is_open { before != after } else { about.effect.parameters.contains_key(name) };
        is_told.then_some(Change { field, before, after })
    };
    said(&after).into_iter().enumerate().filter_map(change).collect()
}
