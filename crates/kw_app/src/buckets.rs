//! Long lists, cut into partitions by time: the one bucketing rule.
//!
//! A list is a sequence of segments, each with a period (ever, year, day, hour, minute) and a number of shards. Which
//! bucket holds a row follows from the moment in its key. Most lists keep their first segment, `ever`, for good. A writer
//! whose key's hash falls on a multiple of 256 looks at the size, and when a bucket has outgrown its target opens the next
//! segment, in force a minute later, so that every node knows of it before it holds.

use std::sync::Arc;

use kw_domain::id::{AccountId, NotificationId, PostId, RelationId};
use kw_domain::time::Millis;
use kw_store::{Direction, Range, limit};
use quick_cache::sync::Cache;
use sha2::{Digest, Sha256};

use crate::authority::{Authority, Job};
use crate::context::{Context, after};
use crate::failure::Failure;
use crate::families::DIRECTORY;
use crate::family::{Decider, Rows, Stored, Value};
use crate::key::Key;
use crate::operation::{Before, Draft};
use crate::rows::{DirectoryRow, Hash, MarkKind};
use crate::totals::Totals;

/// Rows a bucket should hold at most.
pub const BUCKET_ROWS_TARGET: u64 = 50_000;
/// How long before a new segment holds, in milliseconds.
const NOTICE_MS: u64 = 60_000;
/// How long a directory is trusted without looking again: half of the notice.
const TRUSTED_MS: u64 = NOTICE_MS / 2;
/// Directories kept in memory.
const DIRECTORIES_MAX: usize = 100_000;
/// Newest buckets that are asked for their counts each time. More, and what is past is summed once more.
const OPEN_BUCKETS: usize = 32;
/// One write in this many looks at the size of its bucket.
const LOOK_EVERY: u64 = 256;

/// A partition of a list: segment (8 bits), period (48 bits), shard (8 bits).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bucket(pub u64);

impl Key for Bucket {
    fn encode(&self, out: &mut Vec<u8>) {
        self.0.encode(out);
    }

    fn decode(input: &mut &[u8]) -> Option<Self> {
        u64::decode(input).map(Self)
    }
}

/// A row key with a moment in it, in order of that moment.
pub trait Timed: Key + Ord + Clone {
    /// The moment.
    fn at(&self) -> Millis;
}

macro_rules! timed {
    ($($name:ident),*) => {$(
        impl Timed for $name {
            fn at(&self) -> Millis {
                (*self).at()
            }
        }
    )*};
}

timed!(AccountId, NotificationId, PostId, RelationId);

impl Timed for (PostId, MarkKind) {
    fn at(&self) -> Millis {
        self.0.at()
    }
}

/// A bucketed family.
#[derive(Debug)]
pub struct List<P, K, V> {
    /// The family of its rows.
    pub rows: Rows<(P, Bucket), K, V>,
}

/// Which part of a list is wanted. All bounds are exclusive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Window<K> {
    /// Below this key (`max_id`).
    pub below: Option<K>,
    /// Above this key (`since_id`, `min_id`).
    pub above: Option<K>,
    /// From which end.
    pub from: End,
    /// How many.
    pub limit: usize,
}

/// From which end of a window a page is taken. Pages are newest first either way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// The newest (`max_id`, `since_id`).
    Newest,
    /// Those next to the lower bound (`min_id`).
    Oldest,
}

impl<K> Window<K> {
    /// The newest `limit`.
    pub const fn newest(limit: usize) -> Self {
        Self { below: None, above: None, from: End::Newest, limit }
    }

    /// The same window over another kind of key.
    pub fn map<T>(&self, to: impl Fn(K) -> T) -> Window<T>
    where
        K: Copy,
    {
        Window { below: self.below.map(&to), above: self.above.map(&to), from: self.from, limit: self.limit }
    }
}

/// One segment of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Segment {
    number: u64,
    from_ms: u64,
    /// Exclusive.
    to_ms: u64,
    period_ms: u64,
    shards: u64,
}

impl Segment {
    const fn bucket(&self, period: u64, shard: u64) -> Bucket {
        Bucket(self.number << 56 | period << 8 | shard)
    }

    const fn period_of(&self, ms: u64) -> u64 {
        match ms.checked_div(self.period_ms) {
            Some(period) => period,
            // `ever` has no length.
            None => 0,
        }
    }

    fn shard_of(&self, key: &[u8]) -> u64 {
        if self.shards <= 1 { 0 } else { spread(key) % self.shards }
    }
}

/// How a list is cut that a colony's rows are loaded into: not at all, or by days from a moment on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cut(Segment);

impl Cut {
    /// Not at all.
    pub const EVER: Self = Self(Segment { number: 0, from_ms: 0, to_ms: u64::MAX, period_ms: 0, shards: 1 });

    /// As [`List::open_by_day`] cuts it.
    pub const fn by_day_from(from: Millis) -> Self {
        Self(Segment { number: 1, from_ms: from.0, to_ms: u64::MAX, period_ms: Millis::DAY, shards: 1 })
    }

    /// Which bucket holds `key`.
    pub fn bucket<K: Timed>(self, key: &K) -> Bucket {
        self.0.bucket(self.0.period_of(key.at().0), 0)
    }
}

/// Lengths of the periods, by their stored number; 0 is `ever`.
const PERIODS_MS: [u64; 5] = [0, 365 * Millis::DAY, Millis::DAY, Millis::HOUR, Millis::MINUTE];

/// The stored number of a day.
const DAYS: u8 = 2;

/// A number that spreads keys evenly, the same on every node.
fn spread(key: &[u8]) -> u64 {
    key.iter().fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The directories that were looked at lately.
#[derive(Debug)]
pub struct Directories(Cache<Hash, (u64, Arc<[Segment]>)>);

impl Default for Directories {
    fn default() -> Self {
        Self(Cache::new(DIRECTORIES_MAX))
    }
}

impl<P: Key, K: Timed, V: Value> List<P, K, V> {
    /// A list whose buckets count their rows.
    pub const fn counted(id: u16, name: &'static str) -> Self {
        Self { rows: Rows::serial(id, name, Decider::Owner).counted() }
    }

    /// A list of rows that are toggled.
    pub const fn serial(id: u16, name: &'static str) -> Self {
        Self { rows: Rows::serial(id, name, Decider::Owner) }
    }

    /// A list of rows that are written once.
    pub const fn stamped(id: u16, name: &'static str) -> Self {
        Self { rows: Rows::stamped(id, name, Decider::Nobody) }
    }

    /// The partition that holds `key` in `list`.
    pub async fn place(&self, cx: &Context, list: P, key: &K) -> Result<(P, Bucket), Failure> {
        let segments = self.segments(cx, &list).await?;
        Ok((list, bucket_of(&segments, key)))
    }

    /// Puts a row as a consequence.
    pub async fn ensure(&self, cx: &Context, draft: &mut Draft, list: P, key: &K, value: &V) -> Result<(), Failure> {
        let place = self.place(cx, list, key).await?;
        draft.ensure(&self.rows, (&place, key), value);
        Ok(())
    }

    /// Deletes a row as a consequence.
    pub async fn ensure_gone(&self, cx: &Context, draft: &mut Draft, list: P, key: &K) -> Result<(), Failure> {
        let place = self.place(cx, list, key).await?;
        draft.ensure_gone(&self.rows, (&place, key));
        Ok(())
    }

    /// The row at `key`.
    pub async fn find(&self, cx: &Context, list: P, key: &K) -> Result<Option<Stored<K, V>>, Failure> {
        let place = self.place(cx, list, key).await?;
        cx.find(&self.rows, &place, key).await
    }

    /// A page of the list, newest first.
    pub async fn page(&self, cx: &Context, list: P, window: &Window<K>) -> Result<Vec<Stored<K, V>>, Failure>
    where
        P: Clone,
    {
        let segments = self.segments(cx, &list).await?;
        let range = Range {
            from: window.above.as_ref().map(|key| after(&key.to_bytes())),
            to: window.below.as_ref().map(Key::to_bytes),
        };
        let mut rows = Vec::new();
        for shards in spans(&segments, window, cx.now()) {
            let mut span = Vec::new();
            for bucket in shards {
                span.extend(self.scan(cx, (list.clone(), bucket), &range, window, rows.len()).await?);
            }
            span.sort_by(|a, b| a.key.cmp(&b.key));
            if window.from == End::Newest {
                span.reverse();
            }
            rows.extend(span);
            rows.truncate(window.limit);
            if rows.len() == window.limit {
                break;
            }
        }
        if window.from == End::Oldest {
            rows.reverse();
        }
        Ok(rows)
    }

    async fn scan(
        &self,
        cx: &Context,
        place: (P, Bucket),
        range: &Range,
        window: &Window<K>,
        have: usize,
    ) -> Result<Vec<Stored<K, V>>, Failure> {
        let direction = match window.from {
            End::Newest => Direction::Descending,
            End::Oldest => Direction::Ascending,
        };
        let mut range = range.clone();
        let mut rows: Vec<Stored<K, V>> = Vec::new();
        let wanted = window.limit - have;
        while rows.len() < wanted {
            let (page, more) = cx.list(&self.rows, &place, &range, direction, wanted - rows.len()).await?;
            rows.extend(page);
            match (rows.last(), direction) {
                (Some(last), Direction::Descending) if more => range.to = Some(last.key.to_bytes()),
                (Some(last), Direction::Ascending) if more => range.from = Some(after(&last.key.to_bytes())),
                _ => break,
            }
        }
        Ok(rows)
    }

    /// How many rows the list has: the sum of its buckets' counts.
    pub async fn total(&self, cx: &Context, list: P) -> Result<u64, Failure>
    where
        P: Clone,
    {
        let segments = self.segments(cx, &list).await?;
        self.sum(cx, &list, buckets_from(&segments, Millis(0), cx.now())).await
    }

    /// The same for a list whose every change is [heard of](Self::hear): of many buckets, those of the past are summed once.
    pub async fn total_heard(&self, cx: &Context, list: P) -> Result<u64, Failure>
    where
        P: Clone,
    {
        let segments = self.segments(cx, &list).await?;
        if segments.len() == 1 {
            return self.total(cx, list).await;
        }
        let (name, totals, now) = (self.name_of(&list), &cx.caches().totals, cx.now());
        let known = totals.find(&name);
        if let Some((since, past)) = known.as_ref().and_then(|past| Some((past.before, past.sum()?))) {
            let open: Vec<Bucket> = buckets_from(&segments, since, now).take(OPEN_BUCKETS + 1).collect();
            if open.len() <= OPEN_BUCKETS {
                return Ok(past + self.sum(cx, &list, open.into_iter()).await?);
            }
        }
        // Writes under way have ids of the last seconds; what is older seldom changes.
        let begun = totals.begin(&name, Millis(now.0.saturating_sub(Millis::MINUTE)));
        // Asked again: from now on a change makes both old.
        let known = known.and_then(|past| Some((past.before, past.sum()?)));
        let (since, sum) = known.unwrap_or((Millis(0), 0));
        let open: Vec<Bucket> = buckets_from(&segments, begun.before, now).collect();
        let ended = buckets_from(&segments, since, now).filter(|bucket| !open.contains(bucket));
        let past = sum + self.sum(cx, &list, ended).await?;
        begun.fill(past);
        Ok(past + self.sum(cx, &list, open.iter().copied()).await?)
    }

    /// Takes note that a row of the list with this key was written or went.
    pub fn hear(&self, totals: &Totals, list: &P, key: &K) {
        totals.hear(&self.name_of(list), key.at());
    }

    async fn sum(&self, cx: &Context, list: &P, buckets: impl Iterator<Item = Bucket>) -> Result<u64, Failure>
    where
        P: Clone,
    {
        let mut sum = 0;
        for bucket in buckets {
            sum += cx.count(&self.rows, &(list.clone(), bucket)).await?;
        }
        Ok(sum)
    }

    async fn segments(&self, cx: &Context, list: &P) -> Result<Arc<[Segment]>, Failure> {
        let name = self.name_of(list);
        let now = cx.now().0;
        let is_trusted = |looked_at: u64| now.abs_diff(looked_at) < TRUSTED_MS;
        if let Some((_, segments)) = cx.directories().0.get(&name).filter(|(looked_at, _)| is_trusted(*looked_at)) {
            return Ok(segments);
        }
        let rows = cx.list_all(&DIRECTORY, &name, usize::from(u8::MAX)).await?;
        let segments = segments_of(&rows);
        cx.directories().0.insert(name, (now, segments.clone()));
        Ok(segments)
    }

    pub(crate) fn name_of(&self, list: &P) -> Hash {
        Sha256::new().chain_update(self.rows.family.id.to_be_bytes()).chain_update(list.to_bytes()).finalize().into()
    }

    /// After a write of `key`: once in a while, looks whether its bucket has outgrown its target and opens the next
    /// segment.
    pub async fn tend(&self, cx: &Context, list: P, key: &K) -> Result<(), Failure> {
        if !spread(&key.to_bytes()).is_multiple_of(LOOK_EVERY) {
            return Ok(());
        }
        let segments = self.segments(cx, &list).await?;
        let Some(current) = segments.last().copied() else { return Ok(()) };
        let name = self.name_of(&list);
        let place = (list, bucket_of(&segments, key));
        if current.from_ms > cx.now().0 || self.size(cx, &place).await? < BUCKET_ROWS_TARGET {
            return Ok(());
        }
        let (oldest, _) = cx.list(&self.rows, &place, &Range::default(), Direction::Ascending, 1).await?;
        let Some(oldest) = oldest.first() else { return Ok(()) };
        let took_ms = cx.now().0.saturating_sub(oldest.key.at().0).max(1);
        self.open_segment(cx, name, took_ms).await
    }

    /// Cuts a list that holds nothing from `from` on by days. For whoever is about to write much of it at once, with ids of
    /// the past; repeating it changes nothing.
    pub(crate) async fn open_by_day(&self, cx: &Context, list: P, from: Millis) -> Result<(), Failure> {
        let name = self.name_of(&list);
        let row = DirectoryRow { period: DAYS, shards: 1 };
        let mut draft = cx.draft(&Authority::system(Job::Housekeeping));
        draft.decide(&DIRECTORY, (&name, &from.0), Before::Absent, &row);
        match cx.perform(draft).await {
            Err(Failure::Conflict) | Ok(()) => {}
            Err(failure) => return Err(failure),
        }
        cx.directories().0.remove(&name);
        Ok(())
    }

    async fn size(&self, cx: &Context, place: &(P, Bucket)) -> Result<u64, Failure> {
        if self.rows.family.counted {
            return cx.count(&self.rows, place).await;
        }
        let mut rows = 0;
        let mut range = Range::default();
        while rows < BUCKET_ROWS_TARGET {
            let page = cx.list(&self.rows, place, &range, Direction::Ascending, limit::SCAN_ROWS_MAX).await?;
            rows += page.0.len() as u64;
            match page {
                (page, true) => range.from = page.last().map(|row| after(&row.key.to_bytes())),
                (_, false) => break,
            }
        }
        Ok(rows)
    }

    /// The longest period whose buckets stay at half of the target at the pace at which the last one filled, in
    /// `took_ms`; shards when even a minute is too long.
    async fn open_segment(&self, cx: &Context, name: Hash, took_ms: u64) -> Result<(), Failure> {
        let rows_in = |period_ms: u64| BUCKET_ROWS_TARGET.saturating_mul(period_ms) / took_ms;
        let fits = |period: &usize| rows_in(PERIODS_MS[*period]) <= BUCKET_ROWS_TARGET / 2;
        let period = (1..PERIODS_MS.len()).find(fits).unwrap_or(PERIODS_MS.len() - 1);
        let shards = (rows_in(PERIODS_MS[period]) * 2).div_ceil(BUCKET_ROWS_TARGET).clamp(1, 64);
        let row = DirectoryRow { period: period as u8, shards: shards as u8 };
        let mut draft = cx.draft(&Authority::system(Job::Housekeeping));
        draft.decide(&DIRECTORY, (&name, &(cx.now().0 + NOTICE_MS)), Before::Absent, &row);
        match cx.perform(draft).await {
            // Somebody else opened it in the same millisecond.
            Err(Failure::Conflict) | Ok(()) => Ok(()),
            Err(failure) => Err(failure),
        }
    }
}

fn segments_of(rows: &[Stored<u64, DirectoryRow>]) -> Arc<[Segment]> {
    let mut segments = vec![Segment { number: 0, from_ms: 0, to_ms: u64::MAX, period_ms: 0, shards: 1 }];
    for row in rows {
        let number = segments.len() as u64;
        if let Some(last) = segments.last_mut() {
            last.to_ms = row.key;
        }
        let period_ms = PERIODS_MS.get(usize::from(row.value.period)).copied().unwrap_or(0);
        let shards = u64::from(row.value.shards.max(1));
        segments.push(Segment { number, from_ms: row.key, to_ms: u64::MAX, period_ms, shards });
    }
    segments.into()
}

fn bucket_of<K: Timed>(segments: &[Segment], key: &K) -> Bucket {
    let at = key.at().0;
    let segment = segments.iter().rev().find(|segment| segment.from_ms <= at).unwrap_or(&segments[0]);
    segment.bucket(segment.period_of(at), segment.shard_of(&key.to_bytes()))
}

/// The buckets that may hold rows of `window`, in the order of reading; those side by side in time together. However many
/// there are, only those that are read are named.
fn spans<K: Timed>(
    segments: &[Segment],
    window: &Window<K>,
    now: Millis,
) -> impl Iterator<Item = Vec<Bucket>> + use<K> {
    let low = window.above.as_ref().map_or(0, |key| key.at().0);
    let high = window.below.as_ref().map_or(highest(now), |key| key.at().0);
    between(segments, (low, high), window.from)
}

/// The buckets that hold what has its moment at `from` or later, the newest first, and perhaps older things.
fn buckets_from(segments: &[Segment], from: Millis, now: Millis) -> impl Iterator<Item = Bucket> + use<> {
    between(segments, (from.0, highest(now)), End::Newest).flatten()
}

/// Ids may run ahead of the clock by a few seconds.
const fn highest(now: Millis) -> u64 {
    now.0 + Millis::MINUTE
}

fn between(segments: &[Segment], (low, high): (u64, u64), from: End) -> impl Iterator<Item = Vec<Bucket>> + use<> {
    let mut parts: Vec<(Segment, u64, u64)> = Vec::with_capacity(1);
    for segment in segments.iter().filter(|segment| segment.from_ms <= high && segment.to_ms > low) {
        let first = segment.period_of(segment.from_ms.max(low));
        let last = segment.period_of(segment.to_ms.saturating_sub(1).min(high));
        parts.push((*segment, first, last));
    }
    if from == End::Newest {
        parts.reverse();
    }
    parts.into_iter().flat_map(move |(segment, first, last)| {
        (first..=last).map(move |period| {
            let period = if from == End::Newest { last - (period - first) } else { period };
            (0..segment.shards).map(|shard| segment.bucket(period, shard)).collect()
        })
    })
}
