//! Posts and boosts as they are shown.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::sync::Arc;

use kw_domain::id::{AccountId, PostId};
use kw_domain::post::{Marks, PostCounts, Visibility};
use kw_domain::refusal::Refusal;
use kw_domain::time::Millis;
use kw_domain::visibility::{Surface, Visible, check_boost, check_post, check_presence};

use crate::context::Context;
use crate::failure::Failure;
use crate::sheet::{Named, PostSheet, load_post_sheet};
use crate::view::account::{AccountView, view_of};
use crate::view::marks::load_marks;
use crate::viewer::{Person, Viewer, find_person};

/// A post that its viewer may see, with everything shown beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostView {
    /// The post.
    pub post: Visible<PostSheet>,
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
    let mut page = Loading { cx, viewer, surface, now: cx.now(), people: BTreeMap::new() };
    let mut items = Vec::with_capacity(ids.len());
    for id in ids {
        items.push(page.item(*id).await?);
    }
    add_marks(cx, viewer, &mut items).await?;
    Ok(items)
}

/// A page in the making: whoever is on it is asked about once.
struct Loading<'a> {
    cx: &'a Context,
    viewer: &'a Viewer,
    surface: Surface,
    now: Millis,
    people: BTreeMap<AccountId, Option<Person>>,
}

impl Loading<'_> {
    async fn item(&mut self, id: PostId) -> Result<Option<Item>, Failure> {
        let Some(sheet) = load_post_sheet(self.cx, id).await? else { return Ok(None) };
        let (at, visibility) = (sheet.created_at, sheet.visibility);
        let (surface, now) = (self.surface, self.now);
        let Some(subject) = sheet.boost_of() else {
            return Ok(self.post(sheet).await?.map(|post| Item { id, at, visibility, boosted_by: None, post }));
        };
        let Some(by) = self.person(sheet.author).await? else { return Ok(None) };
        if check_boost(visibility, &by.facts(), &by.between, surface, now).is_err() {
            return Ok(None);
        }
        let boosted_by = view_of(by.clone(), Surface::Direct, now).ok();
        let Some(sheet) = load_post_sheet(self.cx, subject).await? else { return Ok(None) };
        let post = self.post(sheet).await?;
        Ok(post.zip(boosted_by).map(|(post, by)| Item { id, at, visibility, boosted_by: Some(by), post }))
    }

    /// The post, without the viewer's marks.
    async fn post(&mut self, sheet: PostSheet) -> Result<Option<PostView>, Failure> {
        let (surface, now) = (self.surface, self.now);
        if sheet.boost_of().is_some() {
            return Ok(None);
        }
        let Some(author) = self.person(sheet.author).await? else { return Ok(None) };
        let Ok(post) = check_post(sheet, &author.facts(), &author.between, surface, now) else { return Ok(None) };
        let Ok(author) = view_of(author.clone(), Surface::Direct, now) else { return Ok(None) };
        let mut mentions = Vec::with_capacity(post.body.mentions.len());
        for id in &post.body.mentions {
            mentions.extend(self.handle_of(*id).await?.map(|handle| (*id, handle)));
        }
        let reply_to_handle = match post.in_reply_to {
            Some(reply) => self.handle_of(reply.author).await?,
            None => None,
        };
        Ok(Some(PostView { counts: post.counts(), post, author, marks: None, mentions, reply_to_handle }))
    }

    async fn handle_of(&mut self, id: AccountId) -> Result<Option<String>, Failure> {
        let now = self.now;
        let person = self.person(id).await?.filter(|person| check_presence(&person.facts(), now).is_ok());
        Ok(person.map(|person| person.account.handle.clone()))
    }

    async fn person(&mut self, id: AccountId) -> Result<Option<&Person>, Failure> {
        let place = match self.people.entry(id) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(place) => place.insert(find_person(self.cx, self.viewer, id).await?),
        };
        Ok(place.as_ref())
    }
}

/// What the viewer did with each post.
async fn add_marks(cx: &Context, viewer: &Viewer, items: &mut [Option<Item>]) -> Result<(), Failure> {
    let Some(reader) = viewer.id else { return Ok(()) };
    let ids: Vec<PostId> = items.iter().flatten().map(|item| item.post.post.id).collect();
    let marks = load_marks(cx, reader, &ids).await?;
    for (item, marks) in items.iter_mut().flatten().zip(marks) {
        let muted = viewer.graph.conversations.contains(&item.post.post.conversation);
        item.post.marks = Some(Marks { muted, ..marks });
    }
    Ok(())
}

impl PostView {
    /// What an edge makes of the post and its numbers, made once: it says nothing about who looks, nor about the author
    /// but the handle.
    pub fn piece(&self, make: impl FnOnce(&Self) -> String) -> Arc<str> {
        let is_same = |named: &Named| named.author == self.author.account.handle && named.mentions == self.mentions;
        let named = || Named { author: self.author.account.handle.clone(), mentions: self.mentions.clone() };
        self.post.piece().find_or_make(is_same, || (named(), make(self)))
    }
}
