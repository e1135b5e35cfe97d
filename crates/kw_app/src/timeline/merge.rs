//! The k-way merge of outboxes, newest or oldest first, each read only as far as it is needed.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, VecDeque};
use std::sync::Arc;

use kw_domain::id::{AccountId, PostId};
use kw_domain::post::Entry;

use crate::buckets::{End, Window};
use crate::context::Context;
use crate::failure::Failure;
use crate::families::OUTBOX;
use crate::heads::{HEAD_ENTRIES, load_head};
use crate::timeline::newest::{Newest, load_newest, sources_of};
use crate::viewer::Viewer;

/// Merged entries of several outboxes, one after another.
pub struct Merge<'a> {
    cx: &'a Context,
    /// Of a home: what was merged before, and how much of it is used up.
    newest: Option<(Arc<Newest>, usize)>,
    sources: Vec<Source>,
    queue: Queue,
}

/// Which source holds the next entry.
enum Queue {
    NewestFirst(BinaryHeap<(PostId, usize)>),
    OldestFirst(BinaryHeap<Reverse<(PostId, usize)>>),
}

impl Queue {
    fn push(&mut self, id: PostId, source: usize) {
        match self {
            Self::NewestFirst(heap) => heap.push((id, source)),
            Self::OldestFirst(heap) => heap.push(Reverse((id, source))),
        }
    }

    fn pop(&mut self) -> Option<usize> {
        match self {
            Self::NewestFirst(heap) => heap.pop().map(|(_, source)| source),
            Self::OldestFirst(heap) => heap.pop().map(|Reverse((_, source))| source),
        }
    }
}

/// One outbox, with the entries that were read and not yet merged.
struct Source {
    author: AccountId,
    ready: VecDeque<Entry>,
    /// The last entry that was read; reading goes on beyond it.
    read_to: Option<PostId>,
    is_exhausted: bool,
}

impl<'a> Merge<'a> {
    /// Entries of the home of `reader`, who is the viewer, below `below`, newest first.
    pub async fn home(
        cx: &'a Context,
        viewer: &Viewer,
        reader: AccountId,
        below: Option<PostId>,
    ) -> Result<Self, Failure> {
        let newest = load_newest(cx, viewer, reader).await?;
        let place = newest.place_below(below);
        if place == newest.entries.len() && !newest.is_whole {
            return Self::below(cx, &sources_of(&viewer.graph, reader), below).await;
        }
        let queue = Queue::NewestFirst(BinaryHeap::new());
        Ok(Self { cx, newest: Some((newest, place)), sources: Vec::new(), queue })
    }

    /// Entries below `below`, newest first.
    pub async fn below(cx: &'a Context, authors: &[AccountId], below: Option<PostId>) -> Result<Self, Failure> {
        let mut merge = Self {
            cx,
            newest: None,
            sources: Vec::with_capacity(authors.len()),
            queue: Queue::NewestFirst(BinaryHeap::new()),
        };
        for author in authors {
            let head = load_head(cx, *author).await?;
            let ready =
                head.entries.iter().filter(|entry| below.is_none_or(|below| entry.id < below)).cloned().collect();
            // The head ends at its lowest entry, or, where the page begins below it, before the page has begun.
            let lowest = head.entries.last().map(|entry| entry.id);
            let read_to = if head.is_whole { None } else { lowest.min(below).or(lowest) };
            merge.add(Source { author: *author, ready, read_to, is_exhausted: head.is_whole }).await?;
        }
        Ok(merge)
    }

    /// Entries above `above`, oldest first.
    pub async fn above(cx: &'a Context, authors: &[AccountId], above: PostId) -> Result<Self, Failure> {
        let mut merge = Self {
            cx,
            newest: None,
            sources: Vec::with_capacity(authors.len()),
            queue: Queue::OldestFirst(BinaryHeap::new()),
        };
        for author in authors {
            let head = load_head(cx, *author).await?;
            let reaches = head.is_whole || head.entries.last().is_some_and(|lowest| lowest.id <= above);
            let newer = head.entries.iter().rev().filter(|entry| reaches && entry.id > above);
            let ready = newer.cloned().collect();
            merge.add(Source { author: *author, ready, read_to: Some(above), is_exhausted: reaches }).await?;
        }
        Ok(merge)
    }

    async fn add(&mut self, source: Source) -> Result<(), Failure> {
        self.sources.push(source);
        self.offer(self.sources.len() - 1).await
    }

    /// The next entry.
    pub async fn next(&mut self) -> Result<Option<Entry>, Failure> {
        if let Some((newest, place)) = &mut self.newest {
            if let Some(entry) = newest.entries.get(*place) {
                *place += 1;
                return Ok(Some(entry.clone()));
            }
            if newest.is_whole {
                return Ok(None);
            }
            // What was merged before is used up: the rest is merged of the heads.
            let below = newest.entries.last().map(|entry| entry.id);
            *self = Self::below(self.cx, &newest.sources(), below).await?;
        }
        let Some(index) = self.queue.pop() else { return Ok(None) };
        let entry = self.sources[index].ready.pop_front();
        self.offer(index).await?;
        Ok(entry)
    }

    /// Queues the next entry of a source, reading on where what was read is used up.
    async fn offer(&mut self, index: usize) -> Result<(), Failure> {
        let from = match self.queue {
            Queue::NewestFirst(_) => End::Newest,
            Queue::OldestFirst(_) => End::Oldest,
        };
        let source = &mut self.sources[index];
        if source.ready.is_empty() && !source.is_exhausted {
            source.read_on(self.cx, from).await?;
        }
        if let Some(entry) = source.ready.front() {
            self.queue.push(entry.id, index);
        }
        Ok(())
    }
}

impl Source {
    async fn read_on(&mut self, cx: &Context, from: End) -> Result<(), Failure> {
        let (below, above) = match from {
            End::Newest => (self.read_to, None),
            End::Oldest => (None, self.read_to),
        };
        let mut rows = OUTBOX.page(cx, self.author, &Window { below, above, from, limit: HEAD_ENTRIES }).await?;
        if from == End::Oldest {
            rows.reverse();
        }
        self.is_exhausted = rows.len() < HEAD_ENTRIES;
        self.ready = rows.into_iter().map(|row| row.value.entry(self.author, row.key)).collect();
        self.read_to = self.ready.back().map_or(self.read_to, |entry| Some(entry.id));
        Ok(())
    }
}
