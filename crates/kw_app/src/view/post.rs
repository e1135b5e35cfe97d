//! Posts and boosts as they are shown.

use std::collections::{BTreeMap, BTreeSet};

use kw_domain::id::{AccountId, PostId};
use kw_domain::post::{Marks, Post, PostCounts, Visibility};
use kw_domain::refusal::Refusal;
use kw_domain::time::Millis;
use kw_domain::visibility::{Surface, Visible, check_boost, check_post, check_presence};

use crate::context::Context;
use crate::failure::Failure;
use crate::families::{BOOSTS, LIKES, MARK, POST, REPLIES};
use crate::key::Only;
use crate::rows::{MarkKind, PostRow};
use crate::view::account::{AccountView, views_of};
use crate::viewer::{People, Viewer, load_people};

/// A post that its viewer may see, with everything shown beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostView {
    /// The post.
    pub post: Visible<Post>,
    /// Who wrote it.
    pub author: AccountView,
    /// Its numbers.
    pub counts: PostCounts,
    /// What the viewer did with it; none for a visitor.
    pub marks: Option<Marks>,
    /// The accounts that its text names, as far as they are there: id and handle.
    pub mentions: Vec<(AccountId, String)>,
    /// The handle of the account it replies to, as far as it is there.
    pub reply_to_handle: Option<String>,
}

/// An entry of a timeline: a post, or somebody's boost of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The post's id, or the boost's.
    pub id: PostId,
    /// When it was posted, or boosted.
    pub at: Millis,
    /// For whom the post is, or the boost.
    pub visibility: Visibility,
    /// Who boosted it; none for a post by itself.
    pub boosted_by: Option<AccountView>,
    /// The post.
    pub post: PostView,
}

/// A post or boost for its viewer; refused as missing when it is not theirs to see.
pub async fn load_item(cx: &Context, viewer: &Viewer, id: PostId) -> Result<Item, Failure> {
    let items = load_items(cx, viewer, &[id], Surface::Direct).await?;
    Ok(items.into_iter().flatten().next().ok_or_else(Refusal::missing)?)
}

/// A post for its viewer; of a boost, its subject.
pub async fn load_post(cx: &Context, viewer: &Viewer, id: PostId) -> Result<PostView, Failure> {
    Ok(load_item(cx, viewer, id).await?.post)
}

/// Posts and boosts in the order of `ids`; `None` for what the viewer may not see.
pub async fn load_items(
    cx: &Context,
    viewer: &Viewer,
    ids: &[PostId],
    surface: Surface,
) -> Result<Vec<Option<Item>>, Failure> {
    let rows = load_rows(cx, ids).await?;
    let people = load_people(cx, viewer, &named_in(&rows)).await?;
    let visible = check_all(cx, &rows, &people, surface);
    let authors = authors_of(&rows, &visible);
    let views = views_of(cx, &people, &authors, Surface::Direct).await?;
    let marks = load_marks(cx, viewer, &visible).await?;

    let page = Loaded { rows, people, visible, views, marks, surface };
    let mut items = Vec::with_capacity(ids.len());
    for id in ids {
        items.push(page.item(cx, *id).await?);
    }
    Ok(items)
}

/// Everything that the items of a page are put together from.
struct Loaded {
    rows: BTreeMap<PostId, PostRow>,
    people: People,
    visible: BTreeMap<PostId, Visible<Post>>,
    views: BTreeMap<AccountId, AccountView>,
    marks: Option<BTreeMap<PostId, Marks>>,
    surface: Surface,
}

impl Loaded {
    async fn item(&self, cx: &Context, id: PostId) -> Result<Option<Item>, Failure> {
        let Some(row) = self.rows.get(&id) else { return Ok(None) };
        let (at, visibility) = (Millis(row.created_at), row.visibility());
        let Some((subject, _)) = row.boost_of else {
            let post = self.post(cx, id).await?;
            return Ok(post.map(|post| Item { id, at, visibility, boosted_by: None, post }));
        };
        let booster = AccountId(row.author);
        let may_show = self.people.get(&booster).is_some_and(|booster| {
            check_boost(visibility, &booster.facts(), &booster.between, self.surface, cx.now()).is_ok()
        });
        if !may_show {
            return Ok(None);
        }
        let (post, boosted_by) = (self.post(cx, PostId(subject)).await?, self.views.get(&booster).cloned());
        Ok(post.zip(boosted_by).map(|(post, by)| Item { id, at, visibility, boosted_by: Some(by), post }))
    }

    async fn post(&self, cx: &Context, id: PostId) -> Result<Option<PostView>, Failure> {
        let Some(post) = self.visible.get(&id).cloned() else { return Ok(None) };
        let Some(author) = self.views.get(&post.author).cloned() else { return Ok(None) };
        let counts = load_post_counts(cx, id).await?;
        let marks = self.marks.as_ref().map(|marks| marks.get(&id).copied().unwrap_or_default());
        let mentions = mentions_of(&post, &self.people, cx.now());
        let reply_to_handle = post.in_reply_to.and_then(|it| handle_of(&self.people, it.author, cx.now()));
        Ok(Some(PostView { post, author, counts, marks, mentions, reply_to_handle }))
    }
}

/// The rows of `ids` and of the subjects of boosts among them.
async fn load_rows(cx: &Context, ids: &[PostId]) -> Result<BTreeMap<PostId, PostRow>, Failure> {
    let mut rows = BTreeMap::new();
    let mut wanted: Vec<PostId> = ids.to_vec();
    while let Some(id) = wanted.pop() {
        if rows.contains_key(&id) {
            continue;
        }
        if let Some(row) = cx.find(&POST, &id, &Only).await? {
            wanted.extend(row.value.boost_of.map(|(subject, _)| PostId(subject)));
            rows.insert(id, row.value);
        }
    }
    Ok(rows)
}

fn named_in(rows: &BTreeMap<PostId, PostRow>) -> BTreeSet<AccountId> {
    let mut ids = BTreeSet::new();
    for row in rows.values() {
        ids.insert(AccountId(row.author));
        ids.extend(row.body.mentions.iter().copied().map(AccountId));
        ids.extend(row.in_reply_to.map(|(_, author)| AccountId(author)));
    }
    ids
}

fn check_all(
    cx: &Context,
    rows: &BTreeMap<PostId, PostRow>,
    people: &People,
    surface: Surface,
) -> BTreeMap<PostId, Visible<Post>> {
    let mut visible = BTreeMap::new();
    for (id, row) in rows.iter().filter(|(_, row)| row.boost_of.is_none()) {
        let Some(author) = people.get(&AccountId(row.author)) else { continue };
        let post = row.clone().post(*id);
        if let Ok(post) = check_post(post, &author.facts(), &author.between, surface, cx.now()) {
            visible.insert(*id, post);
        }
    }
    visible
}

fn authors_of(rows: &BTreeMap<PostId, PostRow>, visible: &BTreeMap<PostId, Visible<Post>>) -> BTreeSet<AccountId> {
    let authors = visible.values().map(|post| post.author);
    let boosters = rows.values().filter(|row| row.boost_of.is_some()).map(|row| AccountId(row.author));
    authors.chain(boosters).collect()
}

fn handle_of(people: &People, id: AccountId, now: Millis) -> Option<String> {
    let person = people.get(&id)?;
    check_presence(&person.facts(), now).ok()?;
    Some(person.account.handle.clone())
}

fn mentions_of(post: &Post, people: &People, now: Millis) -> Vec<(AccountId, String)> {
    post.body.mentions.iter().filter_map(|id| Some((*id, handle_of(people, *id, now)?))).collect()
}

/// A post's numbers: the counts of its rows.
async fn load_post_counts(cx: &Context, id: PostId) -> Result<PostCounts, Failure> {
    Ok(PostCounts {
        replies: REPLIES.total(cx, id).await?,
        boosts: BOOSTS.total(cx, id).await?,
        favourites: LIKES.total(cx, id).await?,
    })
}

/// The kinds of marks, in the order in which they are asked for.
const MARK_KINDS: [MarkKind; 4] = [MarkKind::Favourite, MarkKind::Boost, MarkKind::Bookmark, MarkKind::Pin];

async fn load_marks(
    cx: &Context,
    viewer: &Viewer,
    posts: &BTreeMap<PostId, Visible<Post>>,
) -> Result<Option<BTreeMap<PostId, Marks>>, Failure> {
    let Some(reader) = viewer.id else { return Ok(None) };
    let mut by_place: BTreeMap<_, Vec<(PostId, MarkKind)>> = BTreeMap::new();
    for id in posts.keys() {
        let (_, bucket) = MARK.place(cx, reader, &(*id, MarkKind::Favourite)).await?;
        by_place.entry(bucket).or_default().extend(MARK_KINDS.map(|kind| (*id, kind)));
    }
    let mut marks: BTreeMap<PostId, Marks> = BTreeMap::new();
    for (bucket, keys) in by_place {
        let found = cx.find_many(&MARK.rows, &(reader, bucket), &keys).await?;
        for (id, kind) in found.into_iter().flatten().map(|row| row.key) {
            let mark = marks.entry(id).or_default();
            match kind {
                MarkKind::Favourite => mark.favourited = true,
                MarkKind::Boost => mark.boosted = true,
                MarkKind::Bookmark => mark.bookmarked = true,
                MarkKind::Pin => mark.pinned = true,
            }
        }
    }
    for (id, post) in posts {
        if viewer.graph.conversations.contains(&post.conversation) {
            marks.entry(*id).or_default().muted = true;
        }
    }
    Ok(Some(marks))
}
