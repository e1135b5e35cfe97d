//! An account as staff see it before they propose anything: who it is, how far it reaches, what was done to it before.

use kw_domain::account::{Account, Counts, Standing};
use kw_domain::id::AccountId;
use kw_domain::refusal::Refusal;
use kw_staff::entry::Subject;
use kw_staff::power::{Label, Tier};
use kw_staff::statement::ActionId;

use crate::account::{find, search_by_prefix};
use crate::context::Context;
use crate::failure::Failure;
use crate::staff::record::{self, OnRecord};
use crate::staff::session::StaffMember;
use crate::staff::submit::count_followers;
use crate::view::account::load_counts;
use crate::viewer::find_standing;

/// Results of a search at most.
const FOUND_MAX: usize = 20;

/// An account before somebody decides about it.
#[derive(Debug, Clone)]
pub struct Subjected {
    /// The account. Nothing in it is private.
    pub account: Account,
    /// Its numbers.
    pub counts: Counts,
    /// Its tier.
    pub tier: Tier,
    /// Its labels.
    pub labels: Vec<Label>,
    /// What staff decided about it.
    pub standing: Standing,
    /// Open actions about it.
    pub open: Vec<ActionId>,
    /// What was proposed about it, the newest first, whatever came of it.
    pub history: Vec<ActionId>,
    /// What took effect before, the newest first.
    pub record: Vec<OnRecord>,
}

/// The account, with its tier brought up to its followers.
pub async fn load(cx: &Context, _by: &StaffMember, id: AccountId) -> Result<Subjected, Failure> {
    let account = find(cx, id).await?.ok_or_else(Refusal::missing)?;
    count_followers(cx, id).await?;
    let subject = Subject::account(id.0);
    let (tier, labels, open, history) = cx.ledger().read(|log| {
        let known = log.fold().account(id.0);
        let open = log.fold().cases_about(&subject).map(|(action, _)| action).collect();
        let history = log.proposed_about(&subject).iter().rev().copied().collect();
        (known.tier, known.labels.iter().copied().collect(), open, history)
    });
    Ok(Subjected {
        counts: load_counts(cx, id).await?,
        standing: find_standing(cx, id),
        record: record::of_account(cx, id).await?,
        account,
        tier,
        labels,
        open,
        history,
    })
}

/// Accounts whose handle or name begins with what was typed or whose number it is, hidden ones too.
pub async fn search(cx: &Context, by: &StaffMember, typed: &str) -> Result<Vec<Subjected>, Failure> {
    let mut found = Vec::new();
    let by_number = typed.trim().parse().ok();
    let named = search_by_prefix(cx, typed, FOUND_MAX).await?;
    for id in by_number.into_iter().chain(named.into_iter().filter(|id| Some(*id) != by_number)) {
        match load(cx, by, id).await {
            Ok(account) => found.push(account),
            Err(Failure::Refused(_)) => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(found)
}
