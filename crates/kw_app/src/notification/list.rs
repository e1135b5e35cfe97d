//! An account's notifications, one by one.

use std::collections::{BTreeMap, BTreeSet};

use kw_domain::id::{AccountId, NotificationId, PostId};
use kw_domain::notification::{Group, Kind, Policy, Treatment, treat};
use kw_domain::time::Millis;
use kw_domain::visibility::Surface;

use crate::authority::Authority;
use crate::buckets::{End, Window};
use crate::context::Context;
use crate::failure::Failure;
use crate::graph::Graph;
use crate::notification::scan::{Candidate, Sources};
use crate::notification::write::{Notice, load_facts, load_policy};
use crate::staff::reasons::{self, Reasons};
use crate::view::account::load_accounts;
use crate::view::post::load_items;
use crate::view::{AccountView, Page, PostView};
use crate::viewer::Viewer;

/// Candidates that one page looks at.
const SCAN_MAX: usize = 1_000;

/// Something that the account is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotificationView {
    /// Which.
    pub id: NotificationId,
    /// What happened.
    pub kind: Kind,
    /// When.
    pub at: Millis,
    /// Who caused it.
    pub account: AccountView,
    /// The post it is about.
    pub post: Option<PostView>,
    /// What staff decided, with their reasons.
    pub decision: Option<Reasons>,
}

impl NotificationView {
    /// The group it is shown in, if it is of a kind that is.
    pub fn group(&self) -> Option<Group> {
        Group::of(self.kind, self.post.as_ref().map(|view| view.post.id), self.at)
    }

    /// The name of its group in the client API; of one that is always alone, a name of its own.
    pub fn group_key(&self) -> String {
        self.group().map_or_else(|| format!("ungrouped-{}", self.id), |group| group.key())
    }
}

/// What is done with those that the account's policy keeps apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kept {
    /// They are left out.
    #[default]
    Apart,
    /// They are shown with the others.
    Among,
}

/// Which notifications are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct NotificationFilter {
    /// Only these kinds; none for all.
    pub kinds: Option<Vec<Kind>>,
    /// None of these kinds.
    pub without: Vec<Kind>,
    /// Only those that this account caused.
    pub from: Option<AccountId>,
    /// What is done with those that the policy keeps apart.
    pub kept: Kept,
}

impl NotificationFilter {
    fn wants(&self, kind: Kind, from: AccountId) -> bool {
        self.kinds.as_ref().is_none_or(|kinds| kinds.contains(&kind))
            && !self.without.contains(&kind)
            && self.from.is_none_or(|account| account == from)
    }
}

/// An account's notifications, newest first, filled up as far as the scan's bound goes.
pub async fn list(
    cx: &Context,
    authority: &Authority,
    filter: &NotificationFilter,
    window: &Window<u64>,
) -> Result<Page<NotificationView>, Failure> {
    let reading = Reading::begin(cx, authority, filter).await?;
    let limit = window.limit.max(1);
    let mut rest = Window { limit, ..window.clone() };
    let (mut shown, mut scanned, mut is_at_end) = (Vec::new(), 0, false);
    while shown.len() < limit && scanned < SCAN_MAX && !is_at_end {
        rest.limit = limit - shown.len();
        let mut candidates = reading.sources.page(cx, &rest).await?;
        is_at_end = candidates.len() < rest.limit;
        scanned += candidates.len();
        if rest.from == End::Oldest {
            candidates.reverse();
        }
        shown.extend(reading.views(cx, &candidates).await?);
        let last = candidates.last().map(|it| it.id.0);
        match rest.from {
            End::Newest => rest.below = last.or(rest.below),
            End::Oldest => rest.above = last.or(rest.above),
        }
    }
    Ok(page_of(shown, &rest, is_at_end, window))
}

/// Next is the lowest id that was looked at, previous the highest that is shown.
fn page_of(
    mut shown: Vec<NotificationView>,
    rest: &Window<u64>,
    is_at_end: bool,
    window: &Window<u64>,
) -> Page<NotificationView> {
    if window.from == End::Oldest {
        shown.reverse();
    }
    let (first, last) = (shown.first().map(|it| it.id.0), shown.last().map(|it| it.id.0));
    match window.from {
        End::Newest => {
            let older = if is_at_end { None } else { rest.below };
            Page { items: shown, older, newer: first.or(window.above) }
        }
        End::Oldest => Page { items: shown, older: last.or(window.above), newer: rest.above.or(window.above) },
    }
}

/// What reading notifications needs throughout.
pub(super) struct Reading<'a> {
    pub reader: AccountId,
    pub sources: Sources,
    viewer: Viewer,
    policy: Policy,
    filter: &'a NotificationFilter,
}

impl<'a> Reading<'a> {
    pub(super) async fn begin(
        cx: &Context,
        authority: &Authority,
        filter: &'a NotificationFilter,
    ) -> Result<Self, Failure> {
        let reader = authority.acting()?;
        let viewer = Viewer::member(cx, reader).await?;
        let sources = Sources::load(cx, &viewer, reader).await?;
        Ok(Self { reader, sources, viewer, policy: load_policy(cx, reader).await?, filter })
    }

    /// Those of `candidates` that are wanted and may be shown, in their order.
    pub(super) async fn views(&self, cx: &Context, candidates: &[Candidate]) -> Result<Vec<NotificationView>, Failure> {
        let wanted = |it: &&Candidate| it.kind.is_some_and(|kind| self.filter.wants(kind, it.from));
        let wanted: Vec<&Candidate> = candidates.iter().filter(wanted).collect();
        let accounts: BTreeSet<AccountId> = wanted.iter().map(|it| it.from).collect();
        let accounts: Vec<AccountId> = accounts.into_iter().collect();
        let accounts = load_accounts(cx, &self.viewer, &accounts, Surface::Direct).await?;
        let accounts: BTreeMap<_, _> = accounts.into_iter().map(|view| (view.account.id, view)).collect();
        let posts: BTreeSet<PostId> = wanted.iter().filter_map(|it| it.post).collect();
        let posts: Vec<PostId> = posts.into_iter().collect();
        let posts = load_items(cx, &self.viewer, &posts, Surface::Direct).await?;
        let posts: BTreeMap<_, _> = posts.into_iter().flatten().map(|item| (item.id, item.post)).collect();

        let mut views = Vec::with_capacity(wanted.len());
        for it in wanted {
            let post = it.post.and_then(|id| posts.get(&id)).cloned();
            let (Some(kind), Some(account)) = (it.kind, accounts.get(&it.from).cloned()) else { continue };
            if kind.has_post() != post.is_some() {
                continue;
            }
            let decision = match it.entry {
                Some(entry) => reasons::find(cx, self.reader, entry).await?,
                None => None,
            };
            if kind.is_of_staff() != decision.is_some() {
                continue;
            }
            let view = NotificationView { id: it.id, kind, at: it.id.at(), account, post, decision };
            if self.may_show(cx, &view).await? {
                views.push(view);
            }
        }
        Ok(views)
    }

    async fn may_show(&self, cx: &Context, view: &NotificationView) -> Result<bool, Failure> {
        let graph: &Graph = &self.viewer.graph;
        let post = view.post.as_ref().map(|view| &**view.post);
        let notice = Notice { to: self.reader, kind: view.kind, from: view.account.account.id, post, at: view.at };
        let facts = load_facts(cx, &notice, graph, &self.policy).await?;
        Ok(match treat(&facts, &self.policy, cx.now()) {
            Treatment::Accept => true,
            Treatment::Filter => self.filter.kept == Kept::Among,
            Treatment::Drop => false,
        })
    }
}
