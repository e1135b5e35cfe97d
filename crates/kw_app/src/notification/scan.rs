//! The rows and the posts that notifications are made of, merged in order of their ids.

use kw_domain::id::{AccountId, NotificationId, PostId};
use kw_domain::notification::Kind;
use kw_domain::time::Millis;

use crate::buckets::{End, Window};
use crate::context::Context;
use crate::failure::Failure;
use crate::families::{FOLLOWING, MARKER, NOTIFICATION, OUTBOX};
use crate::notification::write::id_of;
use crate::rows::EntryRow;
use crate::viewer::Viewer;

/// Accounts whose posts are looked through for one reader: the latest that the reader asked for.
const WATCHED_MAX: usize = 50;
/// Posts of one author within one millisecond that a page may meet at its bound.
const SAME_MOMENT: usize = 2;
/// The marker below which everything was cleared.
pub(super) const CLEARED: &str = "cleared";
/// The word of a row that says that its notification was dismissed.
pub(super) const DISMISSED: &str = "dismissed";

/// Something that may be shown to its reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Candidate {
    pub id: NotificationId,
    /// None when it was dismissed, or is of a kind that only a newer version knows.
    pub kind: Option<Kind>,
    pub from: AccountId,
    pub post: Option<PostId>,
    /// The ledger's entry, of what staff decided.
    pub entry: Option<u64>,
}

/// Where a reader's notifications come from.
pub(super) struct Sources {
    reader: AccountId,
    /// Up to which id they were cleared.
    cleared: u64,
    /// Whose posts notify, and since when.
    watched: Vec<(AccountId, Millis)>,
}

impl Sources {
    pub(super) async fn load(cx: &Context, viewer: &Viewer, reader: AccountId) -> Result<Self, Failure> {
        let cleared = cx.find(&MARKER, &reader, &CLEARED.to_owned()).await?;
        let cleared = cleared.map_or(0, |row| row.value.last_read_id);
        let wanted = viewer.graph.follows.iter().filter(|(_, follow)| follow.notify);
        let wanted: Vec<AccountId> = wanted.map(|(account, _)| *account).collect();
        let rows = cx.find_many(&FOLLOWING, &reader, &wanted).await?;
        let mut watched: Vec<_> =
            rows.into_iter().flatten().map(|row| (row.key, Millis(row.stamp.0 / 1_000))).collect();
        watched.sort_by_key(|(_, since)| std::cmp::Reverse(*since));
        watched.truncate(WATCHED_MAX);
        Ok(Self { reader, cleared, watched })
    }

    /// A page of candidates, newest first. Fewer than asked for only at the end of the window.
    pub(super) async fn page(&self, cx: &Context, window: &Window<u64>) -> Result<Vec<Candidate>, Failure> {
        let above = window.above.unwrap_or(0).max(self.cleared);
        let window = Window { above: Some(above), ..window.clone() };
        let mut found = Vec::new();
        for row in NOTIFICATION.page(cx, self.reader, &window.map(NotificationId)).await? {
            let kind = Kind::from_word(&row.value.kind);
            let is_of_staff = kind.is_some_and(Kind::is_of_staff);
            found.push(Candidate {
                id: row.key,
                kind,
                from: AccountId(row.value.from),
                post: row.value.about.filter(|_| !is_of_staff).map(PostId),
                entry: row.value.about.filter(|_| is_of_staff),
            });
        }
        for (author, since) in &self.watched {
            found.extend(posts_of(cx, *author, *since, &window).await?);
        }
        // Stable: of two with one id, the row comes first. It says that the other was dismissed.
        found.sort_by_key(|it| std::cmp::Reverse(it.id));
        found.dedup_by_key(|it| it.id);
        if window.from == End::Oldest {
            found.drain(..found.len().saturating_sub(window.limit));
        }
        found.truncate(window.limit);
        Ok(found)
    }
}

/// The posts of `author` in a window of notifications, as far as they notify.
async fn posts_of(
    cx: &Context,
    author: AccountId,
    since: Millis,
    window: &Window<u64>,
) -> Result<Vec<Candidate>, Failure> {
    let above = window.above.map_or(Millis(0), |id| NotificationId(id).at()).max(since);
    let window_of_posts = Window {
        below: window.below.map(|id| PostId::lowest_at(NotificationId(id).at().plus_ms(1))),
        above: PostId::lowest_at(above).0.checked_sub(1).map(PostId),
        from: window.from,
        limit: window.limit + SAME_MOMENT,
    };
    let mut found = Vec::new();
    for row in OUTBOX.page(cx, author, &window_of_posts).await? {
        let id = id_of(Kind::Status, author, Some(row.key), row.key.at());
        let is_inside = window.below.is_none_or(|below| id.0 < below) && window.above.is_none_or(|above| id.0 > above);
        if is_inside {
            let kind = notifies(author, &row.value).then_some(Kind::Status);
            found.push(Candidate { id, kind, from: author, post: Some(row.key), entry: None });
        }
    }
    Ok(found)
}

/// Boosts do not notify, nor do answers to others.
fn notifies(author: AccountId, entry: &EntryRow) -> bool {
    entry.subject.is_none() && entry.reply_to_account.is_none_or(|account| account == author.0)
}
