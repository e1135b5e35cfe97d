//! Accounts as they are shown.

use std::collections::{BTreeMap, BTreeSet};

use kw_domain::account::{Account, Counts, Reach, Standing};
use kw_domain::id::AccountId;
use kw_domain::refusal::Refusal;
use kw_domain::time::Millis;
use kw_domain::visibility::{Surface, Visible, check_account};

use crate::context::Context;
use crate::failure::Failure;
use crate::families::{FOLLOWERS, FOLLOWING, OUTBOX};
use crate::heads::load_head;
use crate::viewer::{People, Person, Viewer, find_person, load_people};

/// An account that its viewer may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountView {
    /// The account.
    pub account: Visible<Account>,
    /// Its numbers.
    pub counts: Counts,
    /// Whether staff limited its reach.
    pub is_limited: bool,
}

/// What may be said of an account that cannot be seen: that it is there, and since when it is hidden.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shell {
    /// Which one.
    pub id: AccountId,
    /// Its handle.
    pub handle: String,
    /// When it was created.
    pub created_at: Millis,
    /// Its numbers, which are no secret and do not change by hiding.
    pub counts: Counts,
    /// What staff decided.
    pub standing: Standing,
}

/// An account for its viewer; refused when it is hidden, with the kind that its own page needs.
pub async fn load_account(cx: &Context, viewer: &Viewer, id: AccountId) -> Result<AccountView, Failure> {
    let person = find_person(cx, viewer, id).await?.ok_or_else(Refusal::missing)?;
    view_of(cx, person, Surface::Direct).await
}

/// Accounts for a list; hidden ones are left out. In the order of `ids`.
pub async fn load_accounts(
    cx: &Context,
    viewer: &Viewer,
    ids: &[AccountId],
    surface: Surface,
) -> Result<Vec<AccountView>, Failure> {
    let mut people = load_people(cx, viewer, &ids.iter().copied().collect()).await?;
    let mut views = Vec::with_capacity(ids.len());
    for id in ids {
        if let Some(view) = find_view(cx, people.remove(id), surface).await? {
            views.push(view);
        }
    }
    Ok(views)
}

/// What may be said of an account whatever its state. Only for accounts that are unavailable or deactivated.
pub async fn load_shell(cx: &Context, id: AccountId) -> Result<Shell, Failure> {
    let person = find_person(cx, &Viewer::visitor(), id).await?.ok_or_else(Refusal::missing)?;
    let Person { account, standing, .. } = person;
    let counts = load_counts(cx, id).await?;
    Ok(Shell { id, handle: account.handle, created_at: account.created_at, counts, standing })
}

/// The views of those among `ids` whom the viewer may see, each loaded once.
pub(crate) async fn views_of(
    cx: &Context,
    people: &People,
    ids: &BTreeSet<AccountId>,
    surface: Surface,
) -> Result<BTreeMap<AccountId, AccountView>, Failure> {
    let mut views = BTreeMap::new();
    for id in ids {
        if let Some(view) = find_view(cx, people.get(id).cloned(), surface).await? {
            views.insert(*id, view);
        }
    }
    Ok(views)
}

async fn find_view(cx: &Context, person: Option<Person>, surface: Surface) -> Result<Option<AccountView>, Failure> {
    let Some(person) = person else { return Ok(None) };
    match view_of(cx, person, surface).await {
        Ok(view) => Ok(Some(view)),
        Err(Failure::Refused(_)) => Ok(None),
        Err(failure) => Err(failure),
    }
}

async fn view_of(cx: &Context, person: Person, surface: Surface) -> Result<AccountView, Failure> {
    let Person { account, standing, between } = person;
    let id = account.id;
    let is_limited = matches!(standing.reach_at(cx.now()), Reach::Limited { .. });
    let account = check_account(account, standing, &between, surface, cx.now())?;
    Ok(AccountView { account, counts: load_counts(cx, id).await?, is_limited })
}

/// An account's numbers: the counts of its rows.
pub async fn load_counts(cx: &Context, id: AccountId) -> Result<Counts, Failure> {
    Ok(Counts {
        followers: FOLLOWERS.total(cx, id).await?,
        following: cx.count(&FOLLOWING, &id).await?,
        posts: OUTBOX.total(cx, id).await?,
        newest_post: load_head(cx, id).await?.entries.first().map(|entry| entry.id),
    })
}
