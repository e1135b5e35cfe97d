//! A reader's graph: whom they follow, block, mute and listen to, in memory while it is wanted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use kw_domain::id::{AccountId, ConversationId, ListId, RelationId};
use kw_domain::relationship::{FOLLOWS_MAX, Follow, Mute, RELATIONS_MAX, Relation};
use kw_domain::time::Millis;
use kw_domain::timeline::Reader;

use crate::context::Context;
use crate::failure::Failure;
use crate::families::{FOLLOWING, LIST, LIST_MEMBER, RELATIONS};
use crate::kept::Kept;
use crate::rows::RelationKey;

/// Everything a reader wants of others.
#[derive(Debug, Default)]
pub struct Graph {
    /// Accounts followed.
    pub follows: BTreeMap<AccountId, Follow>,
    /// Accounts blocked.
    pub blocks: BTreeMap<AccountId, RelationId>,
    /// Accounts muted, some only for a time.
    pub mutes: BTreeMap<AccountId, Mute>,
    /// Accounts asked.
    pub requests: BTreeMap<AccountId, RelationId>,
    /// Notes about accounts.
    pub notes: BTreeMap<AccountId, String>,
    /// Conversations muted.
    pub conversations: BTreeSet<ConversationId>,
    /// Domains blocked.
    pub domains: BTreeMap<String, RelationId>,
    /// Members of exclusive lists.
    pub elsewhere: BTreeSet<AccountId>,
}

impl Graph {
    /// What the reader wants of `other`.
    pub fn relation(&self, other: AccountId) -> Relation {
        Relation {
            follow: self.follows.get(&other).cloned(),
            requested: self.requests.get(&other).copied(),
            block: self.blocks.get(&other).copied(),
            mute: self.mutes.get(&other).copied(),
            note: self.notes.get(&other).cloned().unwrap_or_default(),
        }
    }

    /// Whether `other` is muted at `now`.
    pub fn mutes_at(&self, other: AccountId, now: Millis) -> bool {
        self.mutes.get(&other).is_some_and(|mute| mute.holds_at(now))
    }

    /// As the rules of home see it.
    pub fn reader(&self, id: AccountId, now: Millis) -> Reader<'_> {
        Reader {
            id,
            now,
            follows: &self.follows,
            blocks: &self.blocks,
            mutes: &self.mutes,
            elsewhere: Some(&self.elsewhere),
        }
    }
}

/// The graphs in memory.
pub type Graphs = Kept<AccountId, Arc<Graph>>;

/// The graph of `reader`. What decides about a write is read from its own row, on its condition; this is for views.
pub async fn load_graph(cx: &Context, reader: AccountId) -> Result<Arc<Graph>, Failure> {
    let graphs = &cx.caches().graphs;
    if let Some(graph) = graphs.find(&reader) {
        return Ok(graph);
    }
    let before = graphs.before(&reader);
    Ok(graphs.keep(&reader, Arc::new(read_graph(cx, reader).await?), before))
}

async fn read_graph(cx: &Context, reader: AccountId) -> Result<Graph, Failure> {
    let mut graph = Graph::default();
    for row in cx.list_all(&FOLLOWING, &reader, FOLLOWS_MAX as usize + 1_000).await? {
        graph.follows.insert(row.key, row.value.follow());
    }
    for row in cx.list_all(&RELATIONS, &reader, RELATIONS_MAX as usize + 1_000).await? {
        let id = RelationId(row.value.id);
        match row.key {
            RelationKey::Version => {}
            RelationKey::Block(account) => _ = graph.blocks.insert(account, id),
            RelationKey::Mute(account) => _ = graph.mutes.insert(account, row.value.mute()),
            RelationKey::Request(account) => _ = graph.requests.insert(account, id),
            RelationKey::Note(account) => _ = graph.notes.insert(account, row.value.text),
            RelationKey::Conversation(conversation) => _ = graph.conversations.insert(conversation),
            RelationKey::Domain(domain) => _ = graph.domains.insert(domain, id),
        }
    }
    for list in cx.list_all(&LIST, &reader, 50).await?.into_iter().filter(|list| list.value.exclusive) {
        graph.elsewhere.extend(members_of(cx, reader, list.key).await?);
    }
    Ok(graph)
}

/// The members of a list.
pub async fn members_of(cx: &Context, owner: AccountId, list: ListId) -> Result<Vec<AccountId>, Failure> {
    let rows = cx.list_all(&LIST_MEMBER, &(owner, list), 500).await?;
    Ok(rows.into_iter().map(|row| row.key).collect())
}
