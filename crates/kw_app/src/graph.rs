//! A reader's graph: whom they follow, block, mute and listen to, in memory while it is wanted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use kw_domain::id::{AccountId, ConversationId, ListId, RelationId};
use kw_domain::relationship::{FOLLOWS_MAX, Follow, Mute, RELATIONS_MAX, Relation};
use kw_domain::time::Millis;
use kw_domain::timeline::Reader;
use kw_store::Stamp;
use quick_cache::sync::Cache;

use crate::context::Context;
use crate::failure::Failure;
use crate::families::{FOLLOWING, LIST, LIST_MEMBER, RELATIONS};
use crate::rows::RelationKey;

const COUNTERS: usize = 1_024;

/// Everything a reader wants of others.
#[derive(Debug, Default)]
pub struct Graph {
    /// Stamp of the version row that this was read under.
    pub version: Stamp,
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
        self.mutes.get(&other).is_some_and(|mute| mute.until.is_none_or(|until| until > now))
    }

    /// As the rules of home see it.
    pub fn reader(&self, id: AccountId, now: Millis) -> Reader {
        Reader {
            id,
            follows: self.follows.clone(),
            blocks: self.blocks.keys().copied().collect(),
            mutes: self.mutes.keys().copied().filter(|account| self.mutes_at(*account, now)).collect(),
            elsewhere: self.elsewhere.clone(),
        }
    }
}

/// The graphs in memory.
#[derive(Debug)]
pub struct Graphs {
    cache: Cache<AccountId, Arc<Graph>>,
    changes: Vec<AtomicU64>,
}

impl Graphs {
    /// Room for `graphs_max` graphs.
    pub fn new(graphs_max: usize) -> Self {
        Self { cache: Cache::new(graphs_max), changes: (0..COUNTERS).map(|_| AtomicU64::new(0)).collect() }
    }

    /// Drops the graph of `reader`, which changed.
    pub fn forget(&self, reader: AccountId) {
        self.changes_of(reader).fetch_add(1, Ordering::SeqCst);
        self.cache.remove(&reader);
    }

    fn changes_of(&self, reader: AccountId) -> &AtomicU64 {
        &self.changes[(reader.0 >> 6) as usize % COUNTERS]
    }
}

/// The graph of `reader`, as it is now: one read of the version row says whether the one in memory still holds.
pub async fn load_graph(cx: &Context, reader: AccountId) -> Result<Arc<Graph>, Failure> {
    let version = cx.find(&RELATIONS, &reader, &RelationKey::Version).await?.map_or(Stamp(0), |row| row.stamp);
    let graphs = cx.graphs();
    if let Some(graph) = graphs.cache.get(&reader).filter(|graph| graph.version == version) {
        return Ok(graph);
    }
    let changes = graphs.changes_of(reader).load(Ordering::SeqCst);
    let graph = Arc::new(read_graph(cx, reader, version).await?);
    graphs.cache.insert(reader, graph.clone());
    if graphs.changes_of(reader).load(Ordering::SeqCst) != changes {
        graphs.cache.remove(&reader);
    }
    Ok(graph)
}

async fn read_graph(cx: &Context, reader: AccountId, version: Stamp) -> Result<Graph, Failure> {
    let mut graph = Graph { version, ..Graph::default() };
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
