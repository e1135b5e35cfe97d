//! Notifications that belong together, as one.

use kw_domain::id::NotificationId;
use kw_domain::notification::{Group, Kind};
use kw_domain::refusal::Refusal;
use kw_domain::time::Millis;

use crate::authority::Authority;
use crate::buckets::{End, Window};
use crate::context::Context;
use crate::failure::Failure;
use crate::notification::find::find;
use crate::notification::list::{Kept, NotificationFilter, NotificationView, list};
use crate::staff::reasons::Reasons;
use crate::view::{AccountView, Page, PostView};

/// Accounts that a group shows.
const SAMPLE_MAX: usize = 8;
/// Notifications that one page of groups gathers, and that one group is counted to.
const GATHERED_MAX: usize = 1_000;
/// Notifications that are read at a time.
const BATCH: usize = 80;

/// Notifications that belong together: the same done to the same post on one day, or the follows of one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupView {
    /// Its name.
    pub key: String,
    /// What happened.
    pub kind: Kind,
    /// How many it gathers: in a list, on this page.
    pub count: u64,
    /// The newest of them.
    pub newest: NotificationId,
    /// The oldest of them.
    pub oldest: NotificationId,
    /// When the newest happened.
    pub latest_at: Millis,
    /// Who caused them, newest first, at most eight, never nobody.
    pub accounts: Vec<AccountView>,
    /// The post they are about.
    pub post: Option<PostView>,
    /// What staff decided, with their reasons.
    pub decision: Option<Reasons>,
}

impl GroupView {
    fn of(key: String, view: &NotificationView) -> Self {
        Self {
            key,
            kind: view.kind,
            count: 1,
            newest: view.id,
            oldest: view.id,
            latest_at: view.at,
            accounts: vec![view.account.clone()],
            post: view.post.clone(),
            decision: view.decision.clone(),
        }
    }

    /// Takes one more in, from either end.
    fn take(&mut self, view: &NotificationView) {
        self.count += 1;
        let is_known = self.accounts.iter().any(|known| known.account.id == view.account.account.id);
        if view.id > self.newest {
            (self.newest, self.latest_at) = (view.id, view.at);
            if !is_known {
                self.accounts.insert(0, view.account.clone());
                self.accounts.truncate(SAMPLE_MAX);
            }
        } else {
            self.oldest = self.oldest.min(view.id);
            if !is_known && self.accounts.len() < SAMPLE_MAX {
                self.accounts.push(view.account.clone());
            }
        }
    }
}

/// An account's notifications in groups, the one with the newest first; kinds outside `grouped` stay single.
pub async fn list_groups(
    cx: &Context,
    authority: &Authority,
    filter: &NotificationFilter,
    grouped: &[Kind],
    window: &Window<u64>,
) -> Result<Page<GroupView>, Failure> {
    let mut groups: Vec<GroupView> = Vec::new();
    let (mut gathered, mut is_full) = (0, false);
    let mut rest = Window { limit: BATCH, ..window.clone() };
    let mut edge = None;
    let page = loop {
        let mut page = list(cx, authority, filter, &rest).await?;
        if window.from == End::Oldest {
            page.items.reverse();
        }
        for view in &page.items {
            is_full = !gather(&mut groups, view, grouped, window.limit.max(1));
            if is_full {
                break;
            }
            edge = Some(view.id.0);
            gathered += 1;
        }
        let goes_on = page.items.len() == BATCH && !is_full && gathered < GATHERED_MAX;
        if !goes_on {
            break page;
        }
        match window.from {
            End::Newest => rest.below = edge,
            End::Oldest => rest.above = edge,
        }
    };
    groups.sort_by_key(|group| std::cmp::Reverse(group.newest));
    let newest = groups.first().map(|group| group.newest.0).or(window.above);
    let oldest = groups.iter().map(|group| group.oldest.0).min();
    let is_cut = is_full || gathered >= GATHERED_MAX;
    let older = match window.from {
        End::Newest if is_cut => edge,
        End::Newest => page.older,
        End::Oldest => oldest.or(window.above),
    };
    Ok(Page { items: groups, older, newer: newest })
}

/// Puts a notification into its group; `false` when it needs a new one and there is no room.
fn gather(groups: &mut Vec<GroupView>, view: &NotificationView, grouped: &[Kind], groups_max: usize) -> bool {
    let key = match view.group() {
        Some(group) if grouped.contains(&view.kind) => group.key(),
        _ => format!("ungrouped-{}", view.id),
    };
    if let Some(group) = groups.iter_mut().find(|group| group.key == key) {
        group.take(view);
    } else if groups.len() < groups_max {
        groups.push(GroupView::of(key, view));
    } else {
        return false;
    }
    true
}

/// The group of this name, whole.
pub async fn find_group(cx: &Context, authority: &Authority, key: &str) -> Result<GroupView, Failure> {
    let members = members_of(cx, authority, key).await?;
    let mut members = members.iter();
    let first = members.next().ok_or_else(Refusal::missing)?;
    let mut group = GroupView::of(key.to_owned(), first);
    members.for_each(|view| group.take(view));
    Ok(group)
}

/// Who caused the notifications of a group, newest first, each once.
pub async fn list_group_accounts(cx: &Context, authority: &Authority, key: &str) -> Result<Vec<AccountView>, Failure> {
    let mut accounts: Vec<AccountView> = Vec::new();
    for view in members_of(cx, authority, key).await? {
        if accounts.iter().all(|known| known.account.id != view.account.account.id) {
            accounts.push(view.account);
        }
    }
    Ok(accounts)
}

/// The notifications of a group, newest first; as many as one page may gather.
pub(super) async fn members_of(
    cx: &Context,
    authority: &Authority,
    key: &str,
) -> Result<Vec<NotificationView>, Failure> {
    if let Some(id) = key.strip_prefix("ungrouped-") {
        let id = id.parse().map(NotificationId).map_err(|_| Refusal::missing())?;
        return Ok(vec![find(cx, authority, id).await?]);
    }
    let group = Group::from_key(key).ok_or_else(Refusal::missing)?;
    let filter =
        NotificationFilter { kinds: Some(vec![group.kind]), kept: Kept::Among, ..NotificationFilter::default() };
    let first_at = |day: Millis| day.0 << NotificationId::TIME_SHIFT;
    let window = Window {
        above: first_at(group.day).checked_sub(1),
        below: Some(first_at(group.day.plus_ms(Millis::DAY))),
        ..Window::newest(GATHERED_MAX)
    };
    let page = list(cx, authority, &filter, &window).await?;
    Ok(page.items.into_iter().filter(|view| view.group() == Some(group)).collect())
}
