//! Home: the merge of the outboxes of those a reader follows and the reader's own, newest first.
//!
//! Lists are the same merge over their members. The rules are [`kw_domain::timeline`]'s; here are merging, looking ahead
//! for repeated boosts, and loading what the rules want.

use std::borrow::Cow;
use std::collections::VecDeque;

use kw_domain::id::{AccountId, ListId, PostId};
use kw_domain::post::{Entry, EntryKind};
use kw_domain::refusal::Refusal;
use kw_domain::timeline::{BOOST_WINDOW, Reader, SCAN_ENTRIES_MAX, repeats};
use kw_domain::visibility::Surface;

use crate::buckets::{End, Window};
use crate::context::Context;
use crate::failure::Failure;
use crate::families::LIST;
use crate::graph::members_of;
use crate::timeline::merge::Merge;
use crate::timeline::newest::sources_of;
use crate::view::post::load_items;
use crate::view::{Item, Page};
use crate::viewer::Viewer;

/// A page of the viewer's home.
pub async fn load_home(cx: &Context, viewer: &Viewer, window: &Window<u64>) -> Result<Page<Item>, Failure> {
    let Some(id) = viewer.id else { return Err(Refusal::missing().into()) };
    let reader = viewer.graph.reader(id, cx.now());
    load_merged(cx, viewer, &Sources::Home(id), &Rules::Home(&reader), window).await
}

/// A page of one of the viewer's lists.
pub async fn load_list(
    cx: &Context,
    viewer: &Viewer,
    list: ListId,
    window: &Window<u64>,
) -> Result<Page<Item>, Failure> {
    let Some(id) = viewer.id else { return Err(Refusal::missing().into()) };
    let row = cx.find(&LIST, &id, &list).await?.ok_or_else(Refusal::missing)?;
    let mut reader = viewer.graph.reader(id, cx.now());
    let members = members_of(cx, id, list).await?;
    reader.elsewhere = None;
    let replies = ListReplies::of(&row.value.replies_policy, &members);
    load_merged(cx, viewer, &Sources::Members(&members), &Rules::List(&reader, replies), window).await
}

/// Whose outboxes are merged.
enum Sources<'a> {
    /// Those of the home of the viewer, who has this id.
    Home(AccountId),
    /// Those of a list's members.
    Members(&'a [AccountId]),
}

impl Sources<'_> {
    fn authors(&self, viewer: &Viewer) -> Cow<'_, [AccountId]> {
        match self {
            Self::Home(id) => sources_of(&viewer.graph, *id).into(),
            Self::Members(members) => Cow::Borrowed(members),
        }
    }

    async fn below<'c>(&self, cx: &'c Context, viewer: &Viewer, below: Option<PostId>) -> Result<Merge<'c>, Failure> {
        match self {
            Self::Home(id) => Merge::home(cx, viewer, *id, below).await,
            Self::Members(members) => Merge::below(cx, members, below).await,
        }
    }
}

/// Which of the merged entries are wanted.
enum Rules<'a> {
    Home(&'a Reader<'a>),
    List(&'a Reader<'a>, ListReplies),
}

/// Which replies a list shows, besides those to their own author.
enum ListReplies {
    ToFollowed,
    ToMembers(Vec<AccountId>),
    None,
}

impl ListReplies {
    fn of(word: &str, members: &[AccountId]) -> Self {
        match word {
            "none" => Self::None,
            "list" => Self::ToMembers(members.to_vec()),
            _ => Self::ToFollowed,
        }
    }
}

impl Rules<'_> {
    fn want(&self, entry: &Entry) -> bool {
        let (reader, replies) = match self {
            Self::Home(reader) => return reader.wants(entry),
            Self::List(reader, replies) => (reader, replies),
        };
        let EntryKind::Post { reply_to_account: Some(account) } = entry.kind else { return reader.wants(entry) };
        let is_wanted = account == entry.author
            || match replies {
                ListReplies::ToFollowed => true,
                ListReplies::ToMembers(members) => members.contains(&account) || account == reader.id,
                ListReplies::None => false,
            };
        is_wanted && reader.wants(entry)
    }
}

async fn load_merged(
    cx: &Context,
    viewer: &Viewer,
    sources: &Sources<'_>,
    rules: &Rules<'_>,
    window: &Window<u64>,
) -> Result<Page<Item>, Failure> {
    let mut scan = match (window.from, window.above) {
        (End::Oldest, Some(above)) => {
            let merge = Merge::above(cx, &sources.authors(viewer), PostId(above)).await?;
            // What the first entries above may repeat lies at and below the bound.
            let older = sources.below(cx, viewer, Some(PostId(above + 1))).await?;
            Scan::upwards(merge, older, window.below.map(PostId)).await?
        }
        _ => {
            let merge = sources.below(cx, viewer, window.below.map(PostId)).await?;
            Scan::downwards(merge, window.above.map(PostId)).await?
        }
    };
    let mut items = Vec::new();
    let limit = window.limit.max(1);
    let mut is_at_end = false;
    while items.len() < limit && !is_at_end {
        let mut wanted = Vec::new();
        while wanted.len() < limit - items.len() {
            match scan.next().await? {
                Some((entry, is_repeat)) if !is_repeat && rules.want(&entry) => wanted.push(entry.id),
                Some(_) => {}
                None => {
                    is_at_end = true;
                    break;
                }
            }
        }
        items.extend(load_items(cx, viewer, &wanted, Surface::Direct).await?.into_iter().flatten());
    }
    Ok(scan.finish(items, window))
}

/// Walks merged entries in one direction, up to a bound, and tells of each boost whether it repeats what is below it.
struct Scan<'a> {
    merge: Merge<'a>,
    from: End,
    /// Newest first: the entries below the next one. Oldest first: those below the last one.
    below: VecDeque<Entry>,
    /// Exclusive; entries beyond are not part of the page.
    bound: Option<PostId>,
    scanned: usize,
    lowest: Option<PostId>,
    highest: Option<PostId>,
    is_at_end: bool,
}

impl<'a> Scan<'a> {
    async fn downwards(merge: Merge<'a>, above: Option<PostId>) -> Result<Self, Failure> {
        let mut scan = Self::new(merge, End::Newest, above);
        scan.look_ahead().await?;
        Ok(scan)
    }

    /// `older` are the entries below those of `merge`.
    async fn upwards(merge: Merge<'a>, mut older: Merge<'a>, below: Option<PostId>) -> Result<Self, Failure> {
        let mut scan = Self::new(merge, End::Oldest, below);
        while scan.below.len() < BOOST_WINDOW {
            match older.next().await? {
                Some(entry) => scan.below.push_back(entry),
                None => break,
            }
        }
        Ok(scan)
    }

    fn new(merge: Merge<'a>, from: End, bound: Option<PostId>) -> Self {
        let below = VecDeque::with_capacity(BOOST_WINDOW + 1);
        Self { merge, from, below, bound, scanned: 0, lowest: None, highest: None, is_at_end: false }
    }

    /// Fills the window below the next entry.
    async fn look_ahead(&mut self) -> Result<(), Failure> {
        while self.below.len() <= BOOST_WINDOW {
            match self.merge.next().await? {
                Some(entry) => self.below.push_back(entry),
                None => break,
            }
        }
        Ok(())
    }

    /// The next entry of the page and whether it repeats one below it; `None` at the end or when enough was scanned.
    async fn next(&mut self) -> Result<Option<(Entry, bool)>, Failure> {
        if self.scanned == SCAN_ENTRIES_MAX {
            return Ok(None);
        }
        let next = match self.from {
            End::Newest => self.below.pop_front(),
            End::Oldest => self.merge.next().await?,
        };
        let Some(entry) = next.filter(|entry| self.is_within(entry.id)) else {
            self.is_at_end = true;
            return Ok(None);
        };
        if self.from == End::Newest {
            self.look_ahead().await?;
        }
        let is_boost = matches!(entry.kind, EntryKind::Boost { .. });
        let is_repeat = is_boost && repeats(&entry, self.below.make_contiguous());
        if self.from == End::Oldest {
            self.below.push_front(entry.clone());
            self.below.truncate(BOOST_WINDOW);
        }
        self.scanned += 1;
        self.lowest = Some(self.lowest.map_or(entry.id, |lowest| lowest.min(entry.id)));
        self.highest = Some(self.highest.map_or(entry.id, |highest| highest.max(entry.id)));
        Ok(Some((entry, is_repeat)))
    }

    fn is_within(&self, id: PostId) -> bool {
        match self.from {
            End::Newest => self.bound.is_none_or(|bound| id > bound),
            End::Oldest => self.bound.is_none_or(|bound| id < bound),
        }
    }

    /// The page: older ones are asked for below the lowest entry scanned, newer ones above the highest shown.
    fn finish(&self, mut items: Vec<Item>, window: &Window<u64>) -> Page<Item> {
        let lowest = self.lowest.map(|id| id.0);
        let highest_scanned = self.highest.map(|id| id.0);
        if self.from == End::Oldest {
            items.reverse();
        }
        let shown = items.first().map(|item| item.id.0);
        match self.from {
            End::Newest => {
                let is_end_of_home = self.is_at_end && self.bound.is_none();
                let older = if is_end_of_home { None } else { lowest };
                Page { items, older, newer: shown.or(window.above) }
            }
            // Upwards there is always something older: what the page began above.
            End::Oldest => Page {
                items,
                older: lowest.or_else(|| window.above.map(|above| above + 1)),
                newer: if self.is_at_end { shown.or(highest_scanned).or(window.above) } else { highest_scanned },
            },
        }
    }
}
