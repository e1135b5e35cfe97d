//! Timelines that are lists of ids: local, tag, profile, direct, pins, favourites, bookmarks.

use kw_domain::id::{AccountId, PostId, RelationId};
use kw_domain::time::Millis;
use kw_domain::timeline::SCAN_ENTRIES_MAX;
use kw_domain::visibility::Surface;

use crate::buckets::{End, Window};
use crate::context::Context;
use crate::failure::Failure;
use crate::families::{DIRECT, LOCAL, MARKED, OUTBOX, TAG};
use crate::key::Only;
use crate::rows::{EntryRow, MarkKind};
use crate::view::post::load_items;
use crate::view::{Item, Page};
use crate::viewer::Viewer;

/// Which list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Listing {
    /// Public posts written here.
    Local,
    /// Public posts with a tag (folded).
    Tag(String),
    /// An account's posts and boosts.
    Profile(AccountId, ProfileFilter),
    /// Direct posts that an account wrote or is named in.
    Direct(AccountId),
    /// What an account marked: favourites, bookmarks, pins. Pages by the marks' ids.
    Marked(AccountId, MarkKind),
}

/// Which of an account's posts.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ProfileFilter {
    /// Leave out replies to others.
    pub without_replies: bool,
    /// Leave out boosts.
    pub without_boosts: bool,
    /// Only posts with pictures.
    pub only_media: bool,
    /// Only posts with this tag (folded).
    pub tag: Option<String>,
}

/// A row of a list: the id it is paged by, and the post or boost it stands for.
struct Candidate {
    key: u64,
    post: PostId,
    is_wanted: bool,
}

/// A page of a list, newest first, filled up as far as visible posts go within the scan's bound.
pub async fn load_listing(
    cx: &Context,
    viewer: &Viewer,
    listing: &Listing,
    window: &Window<u64>,
) -> Result<Page<Item>, Failure> {
    let limit = window.limit.max(1);
    let mut rest = Window { limit, ..window.clone() };
    let (mut shown, mut scanned) = (Vec::new(), Vec::new());
    let mut is_at_end = false;
    while shown.len() < limit && scanned.len() < SCAN_ENTRIES_MAX && !is_at_end {
        let mut candidates = read(cx, listing, &rest).await?;
        is_at_end = candidates.len() < rest.limit;
        if rest.from == End::Oldest {
            candidates.reverse();
        }
        // Candidates are in the order of reading from here on.
        let wanted: Vec<_> = candidates.iter().filter(|it| it.is_wanted).collect();
        let ids: Vec<_> = wanted.iter().map(|it| it.post).collect();
        let items = load_items(cx, viewer, &ids, surface_of(listing)).await?;
        for (candidate, item) in wanted.iter().zip(items) {
            if let Some(item) = item.filter(|item| belongs(viewer, listing, item, cx.now())) {
                shown.push((candidate.key, item));
            }
        }
        let taken = shown.len().min(limit);
        let last_key = if shown.len() > limit { shown.get(limit - 1).map(|(key, _)| *key) } else { None };
        let last_key = last_key.or_else(|| candidates.last().map(|it| it.key));
        scanned.extend(candidates.iter().map(|it| it.key));
        if shown.len() > limit {
            is_at_end = false;
        }
        shown.truncate(taken);
        match rest.from {
            End::Newest => rest.below = last_key.or(rest.below),
            End::Oldest => rest.above = last_key.or(rest.above),
        }
    }
    Ok(page_of(shown, &rest, is_at_end, window))
}

fn page_of(mut shown: Vec<(u64, Item)>, rest: &Window<u64>, is_at_end: bool, window: &Window<u64>) -> Page<Item> {
    if window.from == End::Oldest {
        shown.reverse();
    }
    let highest_shown = shown.first().map(|(key, _)| *key);
    let lowest_shown = shown.last().map(|(key, _)| *key);
    let items = shown.into_iter().map(|(_, item)| item).collect();
    match window.from {
        End::Newest => {
            let older = if is_at_end && window.above.is_none() { None } else { rest.below };
            Page { items, older, newer: highest_shown.or(window.above) }
        }
        End::Oldest => {
            let older = lowest_shown.or_else(|| window.above.map(|above| above + 1));
            Page { items, older, newer: rest.above.or(window.above) }
        }
    }
}

async fn read(cx: &Context, listing: &Listing, window: &Window<u64>) -> Result<Vec<Candidate>, Failure> {
    let plain = |post: PostId| Candidate { key: post.0, post, is_wanted: true };
    Ok(match listing {
        Listing::Local => {
            let rows = LOCAL.page(cx, Only, &posts(window)).await?;
            rows.into_iter().map(|row| plain(row.key)).collect()
        }
        Listing::Tag(tag) => {
            let rows = TAG.page(cx, tag.clone(), &posts(window)).await?;
            rows.into_iter().map(|row| plain(row.key)).collect()
        }
        Listing::Profile(author, filter) => {
            let rows = OUTBOX.page(cx, *author, &posts(window)).await?;
            let wanted = |row: &EntryRow| filter.wants(*author, row);
            rows.into_iter().map(|row| Candidate { is_wanted: wanted(&row.value), ..plain(row.key) }).collect()
        }
        Listing::Direct(reader) => {
            let rows = DIRECT.page(cx, *reader, &posts(window)).await?;
            rows.into_iter().map(|row| plain(row.key)).collect()
        }
        Listing::Marked(reader, kind) => {
            let rows = MARKED.page(cx, (*reader, *kind), &window.map(RelationId)).await?;
            let candidate = |key: RelationId, post| Candidate { key: key.0, post, is_wanted: true };
            rows.into_iter().map(|row| candidate(row.key, PostId(row.value.id))).collect()
        }
    })
}

fn posts(window: &Window<u64>) -> Window<PostId> {
    window.map(PostId)
}

impl ProfileFilter {
    /// What the entry alone decides; tags are looked at in the post.
    fn wants(&self, author: AccountId, entry: &EntryRow) -> bool {
        let is_reply_to_another = entry.reply_to_account.is_some_and(|account| account != author.0);
        !(self.only_media
            || self.without_boosts && entry.subject.is_some()
            || self.without_replies && is_reply_to_another)
    }
}

fn surface_of(listing: &Listing) -> Surface {
    match listing {
        Listing::Local | Listing::Tag(_) => Surface::Discovery,
        Listing::Profile(..) | Listing::Direct(_) | Listing::Marked(..) => Surface::Direct,
    }
}

/// What only the loaded post can tell.
fn belongs(viewer: &Viewer, listing: &Listing, item: &Item, now: Millis) -> bool {
    match listing {
        // Whom a reader mutes, they do not come upon.
        Listing::Local | Listing::Tag(_) | Listing::Direct(_) => {
            !viewer.graph.mutes_at(item.post.author.account.id, now)
        }
        Listing::Profile(_, filter) => {
            filter.tag.as_ref().is_none_or(|tag| item.post.post.body.tags.contains(tag) && item.boosted_by.is_none())
        }
        Listing::Marked(..) => true,
    }
}
