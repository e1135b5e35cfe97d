//! The rows of a colony, sorted and in runs, for whoever loads them into an engine; and what is to be there before.

use kw_domain::account::{Awaits, OwnerState};
use kw_domain::id::{AccountId, ConversationId, PostId, RelationId, TIME_SHIFT};
use kw_domain::refusal::{Kind, Refusal};
use kw_store::Stamp;
use kw_store::bulk::{Run, cut};

use super::graph::{self, followed_by};
use super::plan::{Colony, Member, Shape};
use super::words;
use crate::buckets::{BUCKET_ROWS_TARGET, Cut, List, Timed};
use crate::context::Context;
use crate::failure::Failure;
use crate::families::{ACCOUNT, FOLLOWERS, FOLLOWING, HANDLE, LOCAL, MEMBER, OUTBOX, POST, THREAD};
use crate::family::{Rows, Value};
use crate::key::{Key, Only};
use crate::rows::{AccountRow, BodyRow, EntryRow, FollowRow, OwnedRow, PostRow, ThreadRow};
use crate::settings::Stage;

/// Rows of a run, and of a transaction.
const RUN_ROWS: usize = 200_000;

/// What is loaded of a colony, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The members.
    Accounts,
    /// Who follows whom, from both sides.
    Follows,
    /// So many posts of each.
    Posts {
        /// Posts of a member.
        each: u64,
    },
}

type Runs = Box<dyn Iterator<Item = Run> + Send>;

/// Cuts the colony's long lists, before anything is loaded. Only in a play. Repeating it changes nothing.
///
/// An account that all follow is younger than the first day's members only by its first moment, and nobody else may have
/// joined since: long lists are cut by days from then on.
pub async fn prepare(cx: &Context, colony: &Colony) -> Result<(), Failure> {
    if cx.settings().stage != Stage::Play {
        let sentence = "A colony is made up, and no server that people use has one.";
        return Err(Refusal::new(Kind::Forbidden, "no_play", sentence).into());
    }
    MEMBER.open_by_day(cx, Only, colony.first_day).await?;
    LOCAL.open_by_day(cx, Only, colony.first_day).await?;
    match colony.shape {
        Shape::Celebrity(account) => FOLLOWERS.open_by_day(cx, account, colony.first_day).await?,
        Shape::Crowd { .. } => {
            let counts = graph::count(colony);
            for (number, _) in counts.iter().enumerate().filter(|(_, count)| is_long(**count)) {
                FOLLOWERS.open_by_day(cx, colony.account(number as u64), colony.first_day).await?;
            }
        }
    }
    Ok(())
}

const fn is_long(count: u32) -> bool {
    count as u64 > BUCKET_ROWS_TARGET
}

/// How many follow a colony's celebrity, as their lists count them.
pub async fn count_followers(cx: &Context, account: AccountId) -> Result<u64, Failure> {
    FOLLOWERS.total(cx, account).await
}

/// The rows of a part of a colony, family by family and each in order, with the number of rows that there will be at least.
pub fn runs(colony: Colony, part: Part) -> (Runs, u64) {
    match part {
        Part::Accounts => {
            (Box::new(handles(colony).chain(accounts(colony)).chain(members(colony))), 3 * colony.members)
        }
        Part::Follows => {
            let counts = graph::count(&colony);
            let others: u64 = counts.iter().map(|count| u64::from(*count)).sum();
            let edges = match colony.shape {
                Shape::Celebrity(_) => colony.members + colony.members / 16,
                Shape::Crowd { .. } => others,
            };
            (Box::new(following(colony).chain(followers(colony, counts))), 2 * edges + colony.members)
        }
        Part::Posts { each } => {
            let all = outboxes(colony, each)
                .chain(posts(colony, each))
                .chain(threads(colony, each))
                .chain(local(colony, each));
            (Box::new(all), 4 * each * colony.members)
        }
    }
}

/// Adds a row as the use cases encode it, with the stamp of its moment.
fn push<P: Key, K: Key, V: Value>(
    run: &mut Run,
    partition: &[u8],
    _of: &Rows<P, K, V>,
    (key, id): (&K, u64),
    value: &V,
) {
    let mut bytes = Vec::with_capacity(24);
    key.encode(&mut bytes);
    run.push(partition, &bytes, |out| Rows::<P, K, V>::encode_into(value, out), Stamp((id >> TIME_SHIFT) * 1_000));
}

fn handles(colony: Colony) -> impl Iterator<Item = Run> {
    let people = (0..colony.members).map(move |number| colony.member(number));
    let place = |member: &Member, out: &mut Vec<u8>| member.handle.encode(out);
    cut(HANDLE.family, RUN_ROWS, people, place, |run, partition, member| {
        push(run, partition, &HANDLE, (&Only, member.id.0), &OwnedRow { id: member.id.0 });
    })
}

fn accounts(colony: Colony) -> impl Iterator<Item = Run> {
    let people = (0..colony.members).map(move |number| colony.member(number));
    let place = |member: &Member, out: &mut Vec<u8>| member.id.encode(out);
    cut(ACCOUNT.family, RUN_ROWS, people, place, |run, partition, member| {
        let id = member.id;
        push(run, partition, &ACCOUNT, (&Only, id.0), &account_row(member));
    })
}

fn members(colony: Colony) -> impl Iterator<Item = Run> {
    let days = Cut::by_day_from(colony.first_day);
    let ids = (0..colony.members).map(move |number| colony.account(number));
    cut(
        MEMBER.rows.family,
        RUN_ROWS,
        ids,
        move |id, out| of(&MEMBER, (Only, days), id, out),
        |run, partition, id| {
            push(run, partition, &MEMBER.rows, (&id, id.0), &OwnedRow { id: id.0 });
        },
    )
}

/// Who follows, at which place in the list of whom they follow, and whom.
type Follow = (AccountId, RelationId, AccountId);

fn following(colony: Colony) -> impl Iterator<Item = Run> {
    let edges = (0..colony.members).flat_map(move |number| {
        let all = match colony.shape {
            Shape::Celebrity(account) => Some(account),
            Shape::Crowd { .. } => None,
        };
        let own = followed_by(&colony, number).into_iter().map(move |other| colony.account(other));
        all.into_iter().chain(own).map(move |followed| (colony.account(number), colony.follow(number), followed))
    });
    let place = |(follower, ..): &Follow, out: &mut Vec<u8>| follower.encode(out);
    cut(FOLLOWING.family, RUN_ROWS, edges, place, |run, partition, (_, follow, followed)| {
        let row = FollowRow { id: follow.0, boosts: true, notify: false, languages: Vec::new() };
        push(run, partition, &FOLLOWING, (&followed, follow.0), &row);
    })
}

fn followers(colony: Colony, counts: Vec<u32>) -> impl Iterator<Item = Run> {
    let days = Cut::by_day_from(colony.first_day);
    let long: Vec<bool> = counts.iter().map(|count| is_long(*count)).collect();
    let all = match colony.shape {
        Shape::Celebrity(account) => Some((0..colony.members).map(move |number| (account, days, number))),
        Shape::Crowd { .. } => None,
    };
    let own = graph::edges(colony, counts).map(move |(followed, follower)| {
        let days = if long.get(followed as usize).is_some_and(|is_long| *is_long) { days } else { Cut::EVER };
        (colony.account(followed), days, follower)
    });
    let edges = all.into_iter().flatten().chain(own);
    let place = move |(followed, days, follower): &(AccountId, Cut, u64), out: &mut Vec<u8>| {
        of(&FOLLOWERS, (*followed, *days), &colony.follow(*follower), out);
    };
    cut(FOLLOWERS.rows.family, RUN_ROWS, edges, place, move |run, partition, (_, _, follower)| {
        let follow = colony.follow(follower);
        push(run, partition, &FOLLOWERS.rows, (&follow, follow.0), &OwnedRow { id: colony.account(follower).0 });
    })
}

/// Writes the key of the partition that holds `key` in a list that is cut so.
fn of<P: Key, K: Timed, V: Value>(_list: &List<P, K, V>, (list, days): (P, Cut), key: &K, out: &mut Vec<u8>) {
    list.encode(out);
    days.bucket(key).encode(out);
}

/// One post: its id, its round, and the number of its author.
type Said = (PostId, u64, u64);

/// All posts, oldest first.
fn said(colony: Colony, each: u64) -> impl Iterator<Item = Said> {
    (0..each)
        .flat_map(move |round| (0..colony.members).map(move |number| (colony.post(round, number, each), round, number)))
}

fn outboxes(colony: Colony, each: u64) -> impl Iterator<Item = Run> {
    let entries = (0..colony.members)
        .flat_map(move |number| (0..each).map(move |round| (colony.account(number), colony.post(round, number, each))));
    let place = |(author, post): &(AccountId, PostId), out: &mut Vec<u8>| of(&OUTBOX, (*author, Cut::EVER), post, out);
    cut(OUTBOX.rows.family, RUN_ROWS, entries, place, |run, partition, (_, post)| {
        let row =
            EntryRow { visibility: 0, language: Some(language()), reply_to_account: None, subject: None, edits: 0 };
        push(run, partition, &OUTBOX.rows, (&post, post.0), &row);
    })
}

fn posts(colony: Colony, each: u64) -> impl Iterator<Item = Run> {
    let place = |(post, ..): &Said, out: &mut Vec<u8>| post.encode(out);
    cut(POST.family, RUN_ROWS, said(colony, each), place, move |run, partition, (post, round, number)| {
        let body = BodyRow {
            text: words::text(round, number),
            spoiler_text: String::new(),
            sensitive: false,
            language: Some(language()),
            mentions: Vec::new(),
            tags: Vec::new(),
        };
        let row = PostRow {
            author: colony.account(number).0,
            created_at: post.at().0,
            edited_at: None,
            visibility: 0,
            in_reply_to: None,
            conversation: post.0,
            application: None,
            boost_of: None,
            body,
        };
        push(run, partition, &POST, (&Only, post.0), &row);
    })
}

fn threads(colony: Colony, each: u64) -> impl Iterator<Item = Run> {
    let place = |(post, ..): &Said, out: &mut Vec<u8>| of(&THREAD, (ConversationId(post.0), Cut::EVER), post, out);
    cut(THREAD.rows.family, RUN_ROWS, said(colony, each), place, move |run, partition, (post, _, number)| {
        push(
            run,
            partition,
            &THREAD.rows,
            (&post, post.0),
            &ThreadRow { author: colony.account(number).0, parent: None },
        );
    })
}

fn local(colony: Colony, each: u64) -> impl Iterator<Item = Run> {
    let days = Cut::by_day_from(colony.first_day);
    let place = move |(post, ..): &Said, out: &mut Vec<u8>| of(&LOCAL, (Only, days), post, out);
    cut(LOCAL.rows.family, RUN_ROWS, said(colony, each), place, move |run, partition, (post, _, number)| {
        push(run, partition, &LOCAL.rows, (&post, post.0), &OwnedRow { id: colony.account(number).0 });
    })
}

fn language() -> String {
    "en".to_owned()
}

/// Somebody who has no words on their profile and is not suggested to anybody.
fn account_row(Member { id, handle }: Member) -> AccountRow {
    AccountRow::bare(handle, id.at().0, OwnerState::awaiting(Awaits::default()).into())
}
