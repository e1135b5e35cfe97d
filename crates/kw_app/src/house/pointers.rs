//! What points to what: one check a family. A row that is about to go by itself may point to what never came to be.

use kw_domain::id::{AccountId, PostId, RelationId};

use super::examine::{Examiner, Seen};
use crate::buckets::Bucket;
use crate::failure::Failure;
use crate::families::{
    ACCOUNT, DIRECT, EMAIL, FOLLOWERS, FOLLOWING, HANDLE, LIKES, LOCAL, MARK, MARKED, MEMBER, OUTBOX, POST, RELATIONS,
    REPLIES, REQUESTS, SESSION, TAG, THREAD, TOKEN,
};
use crate::family::Rows;
use crate::key::{Key, Only};
use crate::rows::{EntryRow, MarkKind, OwnedRow, RelationKey};

type Checked = Result<(), Failure>;

/// Follows every pointer there is.
pub(super) async fn follow(examiner: &mut Examiner<'_>, watch: &mut impl FnMut(&'static str)) -> Checked {
    watch("accounts");
    accounts(examiner).await?;
    watch("sessions");
    sessions(examiner).await?;
    watch("follows");
    follows(examiner).await?;
    watch("posts");
    entries(examiner, &OUTBOX.rows).await?;
    entries(examiner, &DIRECT.rows).await?;
    lists_of_posts(examiner).await?;
    watch("marks");
    marks(examiner).await
}

impl Examiner<'_> {
    async fn has_account(&self, id: u64) -> Result<bool, Failure> {
        Ok(self.cx.find(&ACCOUNT, &AccountId(id), &Only).await?.is_some())
    }

    async fn has_post(&self, id: PostId) -> Result<bool, Failure> {
        Ok(self.cx.find(&POST, &id, &Only).await?.is_some())
    }

    async fn mark_of(&self, by: u64, post: PostId, kind: MarkKind) -> Result<Option<u64>, Failure> {
        let mark = MARK.find(self.cx, AccountId(by), &(post, kind)).await?;
        Ok(mark.map(|mark| mark.value.id))
    }
}

/// Names, addresses and the list of members lead to accounts.
async fn accounts(examiner: &mut Examiner<'_>) -> Checked {
    examiner.each(&HANDLE, async |it, seen| owned(it, "handle", &seen.row.value, seen.is_passing).await).await?;
    examiner.each(&EMAIL, async |it, seen| owned(it, "email", &seen.row.value, seen.is_passing).await).await?;
    examiner
        .each(&MEMBER.rows, async |it, seen| {
            let id = seen.row.key.0;
            if !it.has_account(id).await? {
                it.note("member", format!("account {id} is listed and does not exist"));
            }
            Ok(())
        })
        .await
}

async fn owned(examiner: &mut Examiner<'_>, family: &'static str, row: &OwnedRow, is_passing: bool) -> Checked {
    if !is_passing && !examiner.has_account(row.id).await? {
        examiner.note(family, format!("an entry leads to account {}, which does not exist", row.id));
    }
    Ok(())
}

/// Every session has its token, so that revoking it works.
async fn sessions(examiner: &mut Examiner<'_>) -> Checked {
    examiner
        .each(&SESSION, async |it, Seen { partition, row, .. }| {
            if row.value.until.is_some_and(|until| until <= it.cx.now().0) {
                // Over; its token is forgotten before the house is swept.
                return Ok(());
            }
            let token = it.cx.find(&TOKEN, &row.value.token, &Only).await?;
            let leads_back = token.is_some_and(|token| token.value.session == Some(row.key.0));
            if !leads_back {
                it.note("session", format!("session {} of account {partition} has no token", row.key));
            }
            Ok(())
        })
        .await
}

/// A follow stands on both sides, and so does a request.
async fn follows(examiner: &mut Examiner<'_>) -> Checked {
    examiner
        .each(&FOLLOWING, async |it, Seen { partition, row, .. }| {
            let follower = FOLLOWERS.find(it.cx, row.key, &RelationId(row.value.id)).await?;
            if follower.is_none_or(|follower| follower.value.id != partition.0) {
                it.note("following", format!("account {partition} follows {}, which does not list it", row.key));
            }
            Ok(())
        })
        .await?;
    examiner
        .each(&FOLLOWERS.rows, async |it, Seen { partition: (account, _), row, .. }| {
            let following = it.cx.find(&FOLLOWING, &AccountId(row.value.id), &account).await?;
            if following.is_none_or(|following| following.value.id != row.key.0) {
                it.note(
                    "followers",
                    format!("account {account} lists follower {}, who does not follow it", row.value.id),
                );
            }
            Ok(())
        })
        .await?;
    examiner
        .each(&REQUESTS, async |it, Seen { partition, row, .. }| {
            let asked = it.cx.find(&RELATIONS, &AccountId(row.value.from), &RelationKey::Request(partition)).await?;
            if asked.is_none_or(|asked| asked.value.id != row.key.0) {
                it.note("requests", format!("account {partition} is asked by {}, who does not ask", row.value.from));
            }
            Ok(())
        })
        .await
}

/// An entry of an outbox that is a post has its words.
async fn entries(examiner: &mut Examiner<'_>, rows: &Rows<(AccountId, Bucket), PostId, EntryRow>) -> Checked {
    let family = rows.family.name;
    examiner
        .each(rows, async |it, Seen { partition: (author, _), row, .. }| {
            if row.value.subject.is_none() && !it.has_post(row.key).await? {
                it.note(family, format!("account {author} has post {}, which does not exist", row.key));
            }
            Ok(())
        })
        .await
}

/// Lists of posts lead to posts.
async fn lists_of_posts(examiner: &mut Examiner<'_>) -> Checked {
    posts_in(examiner, &LOCAL.rows).await?;
    posts_in(examiner, &TAG.rows).await?;
    posts_in(examiner, &REPLIES.rows).await?;
    posts_in(examiner, &THREAD.rows).await
}

async fn posts_in<P: Key, V: crate::family::Value>(examiner: &mut Examiner<'_>, rows: &Rows<P, PostId, V>) -> Checked {
    let family = rows.family.name;
    examiner
        .each(rows, async |it, Seen { row, .. }| {
            if !it.has_post(row.key).await? {
                it.note(family, format!("post {} is listed and does not exist", row.key));
            }
            Ok(())
        })
        .await
}

/// Lists of favourites, bookmarks and pins agree with the marks that decide.
async fn marks(examiner: &mut Examiner<'_>) -> Checked {
    examiner
        .each(&LIKES.rows, async |it, Seen { partition: (post, _), row, .. }| {
            if it.mark_of(row.value.id, post, MarkKind::Favourite).await? != Some(row.key.0) {
                it.note("likes", format!("post {post} lists account {}, which did not favourite it", row.value.id));
            }
            Ok(())
        })
        .await?;
    examiner
        .each(&MARKED.rows, async |it, Seen { partition: ((account, kind), _), row, .. }| {
            if it.mark_of(account.0, PostId(row.value.id), kind).await? != Some(row.key.0) {
                it.note("marked", format!("account {account} lists post {} without a mark on it", row.value.id));
            }
            Ok(())
        })
        .await
}
