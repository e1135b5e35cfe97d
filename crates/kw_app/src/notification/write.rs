//! Writing a notification as a consequence, and taking it back.

use kw_domain::id::{AccountId, NotificationId, PostId};
use kw_domain::notification::{Facts, Kind, Policy, Treatment, treat};
use kw_domain::post::{Post, Visibility};
use kw_domain::time::Millis;
use sha2::{Digest, Sha256};

use crate::context::Context;
use crate::failure::Failure;
use crate::families::{ACCOUNT, FOLLOWING, NOTIFICATION, POST, SETTINGS};
use crate::feed::Event;
use crate::graph::{Graph, load_graph};
use crate::key::Only;
use crate::operation::Draft;
use crate::rows::NotificationRow;
use crate::viewer::find_standing;

/// How long notifications are kept, in milliseconds.
pub(crate) const KEPT_MS: u64 = 90 * Millis::DAY;
/// The bits of an event's hash in its id.
const HASH_MASK: u64 = (1 << NotificationId::TIME_SHIFT) - 1;

/// Something that an account may want to hear of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Notice<'a> {
    /// Who is told.
    pub to: AccountId,
    /// What happened.
    pub kind: Kind,
    /// Who caused it.
    pub from: AccountId,
    /// The post it is about.
    pub post: Option<&'a Post>,
    /// When it happened: the moment in the id of what caused it, so that taking that back finds the notification.
    pub at: Millis,
}

/// The id of an event's notification, which is the same however often it is told.
pub(crate) fn id_of(kind: Kind, from: AccountId, post: Option<PostId>, at: Millis) -> NotificationId {
    let hash = Sha256::new()
        .chain_update(kind.word())
        .chain_update(from.0.to_be_bytes())
        .chain_update(post.map_or(0, |post| post.0).to_be_bytes())
        .finalize();
    let bits = u64::from(hash[0]) << 8 | u64::from(hash[1]);
    NotificationId(at.0 << NotificationId::TIME_SHIFT | bits & HASH_MASK)
}

impl Notice<'_> {
    fn id(&self) -> NotificationId {
        id_of(self.kind, self.from, self.post.map(|post| post.id), self.at)
    }
}

/// Tells of `notice`, unless the account is its own cause or wants to hear nothing of the kind. What the account wants
/// is asked again when it reads.
pub(crate) async fn write(cx: &Context, draft: &mut Draft, notice: &Notice<'_>) -> Result<(), Failure> {
    if notice.to == notice.from {
        return Ok(());
    }
    let graph = load_graph(cx, notice.to).await?;
    let policy = load_policy(cx, notice.to).await?;
    let facts = load_facts(cx, notice, &graph, &policy).await?;
    if treat(&facts, &policy, cx.now()) == Treatment::Drop {
        return Ok(());
    }
    let id = notice.id();
    let row = NotificationRow {
        kind: notice.kind.word().to_owned(),
        from: notice.from.0,
        about: notice.post.map(|post| post.id.0),
    };
    let place = NOTIFICATION.place(cx, notice.to, &id).await?;
    draft.ensure_until(&NOTIFICATION.rows, (&place, &id), &row, Some(notice.at.0 + KEPT_MS));
    draft.tell(Event::notified(notice.to, id));
    Ok(())
}

/// Takes a notification back, whether or not it was ever written.
pub(crate) async fn unwrite(cx: &Context, draft: &mut Draft, notice: &Notice<'_>) -> Result<(), Failure> {
    if notice.to == notice.from {
        return Ok(());
    }
    NOTIFICATION.ensure_gone(cx, draft, notice.to, &notice.id()).await
}

/// From whom an account wants to be told.
pub async fn load_policy(cx: &Context, account: AccountId) -> Result<Policy, Failure> {
    let row = cx.find(&SETTINGS, &account, &Only).await?;
    Ok(row.map_or_else(Policy::default, |row| Policy::from_words(&row.value.policy)))
}

/// Everything that decides about `notice`. What only a policy asks for is read only where there is one.
pub(crate) async fn load_facts(
    cx: &Context,
    notice: &Notice<'_>,
    graph: &Graph,
    policy: &Policy,
) -> Result<Facts, Failure> {
    let mut facts = Facts {
        kind: notice.kind,
        from: notice.from,
        relation: graph.relation(notice.from),
        is_follower: false,
        joined_at: Millis::default(),
        is_limited: false,
        is_unasked_direct: false,
        is_conversation_muted: notice.post.is_some_and(|post| graph.conversations.contains(&post.conversation)),
    };
    if *policy != Policy::default() {
        facts.is_follower = cx.find(&FOLLOWING, &notice.from, &notice.to).await?.is_some();
        let account = cx.find(&ACCOUNT, &notice.from, &Only).await?;
        facts.joined_at = Millis(account.map_or(0, |row| row.value.created_at));
        let standing = find_standing(cx, notice.from);
        facts.is_limited = matches!(standing.reach_at(cx.now()), kw_domain::account::Reach::Limited { .. });
        facts.is_unasked_direct = match notice.post {
            Some(post) if notice.kind == Kind::Mention => is_unasked_direct(cx, post, notice.to).await?,
            _ => false,
        };
    }
    Ok(facts)
}

/// Whether `post` is a direct post that answers nothing of `account`'s.
async fn is_unasked_direct(cx: &Context, post: &Post, account: AccountId) -> Result<bool, Failure> {
    if post.visibility != Visibility::Direct {
        return Ok(false);
    }
    let Some(reply) = post.in_reply_to else { return Ok(true) };
    let parent = cx.find(&POST, &reply.post, &Only).await?;
    Ok(parent.is_none_or(|parent| parent.value.author != account.0))
}
