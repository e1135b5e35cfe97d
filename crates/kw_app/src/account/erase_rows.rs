//! What a deleted account leaves behind, taken away list by list. Each loop ends because every round makes its list
//! shorter; a round that does not is a defect, and stops the work instead of turning for ever.

use kw_domain::id::{AccountId, PostId};
use kw_store::Direction;
use kw_store::Range;

use crate::authority::Authority;
use crate::buckets::Window;
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::{
    DIRECT, FOLLOWERS, FOLLOWING, INVITATION, INVITATION_CODE, LIST, LIST_MEMBER, MARKED, MARKER, NOTIFICATION, OUTBOX,
    RELATIONS, REQUESTS, SESSION,
};
use crate::invitation::hash_of;
use crate::key::Only;
use crate::post::{delete_once, find_row, unboost_once, unmark_once};
use crate::relationship::{reject_once, remove_follower_once, unfollow_once};
use crate::rows::{EntryRow, MarkKind, RelationKey, TokenRow};
use crate::session::open::{ensure_token, token_row};

/// Rows taken away in one round.
const ROUND_ROWS: usize = 50;

/// Sees that every round finds other rows than the one before.
#[derive(Debug, Default)]
struct Progress(Option<u64>);

impl Progress {
    fn check(&mut self, family: &'static str, first: u64) -> Result<(), Failure> {
        if self.0.replace(first) == Some(first) {
            return Err(Failure::Damaged { family, why: "a row cannot be taken away".to_owned() });
        }
        Ok(())
    }
}

/// A row that somebody else took away in the meantime is gone, too.
fn or_gone(outcome: Result<(), Failure>) -> Result<(), Failure> {
    match outcome {
        Err(Failure::Refused(_)) => Ok(()),
        outcome => outcome,
    }
}

/// Posts and boosts, and the places where the account is named in others' direct posts.
pub(super) async fn erase_posts(cx: &Context, authority: &Authority, id: AccountId) -> Result<(), Failure> {
    for shelf in [OUTBOX, DIRECT] {
        let mut progress = Progress::default();
        loop {
            let rows = shelf.page(cx, id, &Window::newest(ROUND_ROWS)).await?;
            let Some(first) = rows.first() else { break };
            progress.check(shelf.rows.family.name, first.key.0)?;
            for row in &rows {
                erase_entry(cx, authority, id, (row.key, &row.value)).await?;
                // Whatever its post said, the entry goes.
                let mut draft = cx.draft(authority);
                shelf.ensure_gone(cx, &mut draft, id, &row.key).await?;
                cx.perform(draft).await?;
            }
        }
    }
    Ok(())
}

async fn erase_entry(
    cx: &Context,
    authority: &Authority,
    id: AccountId,
    (entry, row): (PostId, &EntryRow),
) -> Result<(), Failure> {
    if let Some((subject, _)) = row.subject {
        return retry(|| unboost_once(cx, authority, PostId(subject))).await;
    }
    match find_row(cx, entry).await? {
        Some(post) if post.author == id.0 => or_gone(retry(|| delete_once(cx, authority, id, entry)).await),
        _ => Ok(()),
    }
}

/// Favourites, bookmarks and pins.
pub(super) async fn erase_marks(cx: &Context, authority: &Authority, id: AccountId) -> Result<(), Failure> {
    for kind in [MarkKind::Favourite, MarkKind::Bookmark, MarkKind::Pin] {
        let mut progress = Progress::default();
        loop {
            let rows = MARKED.page(cx, (id, kind), &Window::newest(ROUND_ROWS)).await?;
            let Some(first) = rows.first() else { break };
            progress.check(MARKED.rows.family.name, first.key.0)?;
            for row in &rows {
                retry(|| unmark_once(cx, authority, PostId(row.value.id), kind)).await?;
                let mut draft = cx.draft(authority);
                MARKED.ensure_gone(cx, &mut draft, (id, kind), &row.key).await?;
                cx.perform(draft).await?;
            }
        }
    }
    Ok(())
}

/// Whom the account follows, who follow it or asked to, and everything else it wants of others.
pub(super) async fn erase_relations(cx: &Context, authority: &Authority, id: AccountId) -> Result<(), Failure> {
    for row in cx.list_all(&FOLLOWING, &id, 20_000).await? {
        retry(|| unfollow_once(cx, authority, row.key)).await?;
    }
    for row in cx.list_all(&RELATIONS, &id, 20_000).await? {
        if let RelationKey::Request(target) = row.key {
            retry(|| unfollow_once(cx, authority, target)).await?;
        }
    }
    for row in cx.list_all(&REQUESTS, &id, 20_000).await? {
        or_gone(retry(|| reject_once(cx, authority, AccountId(row.value.from))).await)?;
    }
    erase_followers(cx, authority, id).await?;
    for rows in cx.list_all(&RELATIONS, &id, 20_000).await?.chunks(ROUND_ROWS) {
        let mut draft = cx.draft(authority);
        for row in rows {
            draft.ensure_gone(&RELATIONS, (&id, &row.key));
        }
        cx.perform(draft).await?;
    }
    Ok(())
}

async fn erase_followers(cx: &Context, authority: &Authority, id: AccountId) -> Result<(), Failure> {
    let mut progress = Progress::default();
    loop {
        let rows = FOLLOWERS.page(cx, id, &Window::newest(ROUND_ROWS)).await?;
        let Some(first) = rows.first() else { return Ok(()) };
        progress.check(FOLLOWERS.rows.family.name, first.key.0)?;
        for row in &rows {
            retry(|| remove_follower_once(cx, authority, AccountId(row.value.id))).await?;
            let mut draft = cx.draft(authority);
            FOLLOWERS.ensure_gone(cx, &mut draft, id, &row.key).await?;
            cx.perform(draft).await?;
        }
    }
}

/// Sessions, invitations, lists, markers, notifications.
pub(super) async fn erase_own_rows(cx: &Context, authority: &Authority, id: AccountId) -> Result<(), Failure> {
    // Each session has a token in a partition of its own: few at a time.
    for rows in cx.list_all(&SESSION, &id, 1_000).await?.chunks(20) {
        let mut draft = cx.draft(authority);
        for row in rows {
            draft.ensure_gone(&SESSION, (&id, &row.key));
            let revoked = TokenRow { revoked_at: Some(cx.now().0), ..token_row(&row.value, id, row.key) };
            ensure_token(&mut draft, &row.value.token, &revoked);
        }
        cx.perform(draft).await?;
    }
    for rows in cx.list_all(&INVITATION, &id, 1_000).await?.chunks(20) {
        let mut draft = cx.draft(authority);
        for row in rows {
            draft.ensure_gone(&INVITATION, (&id, &row.key));
            draft.ensure_gone(&INVITATION_CODE, (&hash_of(&row.value.code), &Only));
        }
        cx.perform(draft).await?;
    }
    for row in cx.list_all(&MARKER, &id, 100).await? {
        let mut draft = cx.draft(authority);
        draft.ensure_gone(&MARKER, (&id, &row.key));
        cx.perform(draft).await?;
    }
    erase_lists(cx, authority, id).await?;
    erase_notifications(cx, authority, id).await
}

async fn erase_lists(cx: &Context, authority: &Authority, id: AccountId) -> Result<(), Failure> {
    for list in cx.list_all(&LIST, &id, 1_000).await? {
        let place = (id, list.key);
        loop {
            let (rows, _) = cx.list(&LIST_MEMBER, &place, &Range::default(), Direction::Ascending, ROUND_ROWS).await?;
            if rows.is_empty() {
                break;
            }
            let mut draft = cx.draft(authority);
            for row in &rows {
                draft.ensure_gone(&LIST_MEMBER, (&place, &row.key));
            }
            cx.perform(draft).await?;
        }
        let mut draft = cx.draft(authority);
        draft.ensure_gone(&LIST, (&id, &list.key));
        cx.perform(draft).await?;
    }
    Ok(())
}

async fn erase_notifications(cx: &Context, authority: &Authority, id: AccountId) -> Result<(), Failure> {
    let mut progress = Progress::default();
    loop {
        let rows = NOTIFICATION.page(cx, id, &Window::newest(ROUND_ROWS)).await?;
        let Some(first) = rows.first() else { return Ok(()) };
        progress.check(NOTIFICATION.rows.family.name, first.key.0)?;
        let mut draft = cx.draft(authority);
        for row in &rows {
            NOTIFICATION.ensure_gone(cx, &mut draft, id, &row.key).await?;
        }
        cx.perform(draft).await?;
    }
}
