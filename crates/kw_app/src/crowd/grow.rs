//! Growing a crowd: operations of some twenty members, many of them under way at a time and none twice.
//!
//! Each operation is whole or not there: the account of its first member decides. So what was interrupted goes on with the
//! first day that is not full.

use std::collections::VecDeque;
use std::ops::Range;

use kw_domain::account::{Awaits, OwnerState};
use kw_domain::id::AccountId;
use kw_domain::refusal::{Kind, Refusal};
use tokio::task::JoinHandle;

use super::plan::{Crowd, Follower};
use crate::authority::Authority;
use crate::context::Context;
use crate::failure::Failure;
use crate::families::{ACCOUNT, FOLLOWERS, FOLLOWING, HANDLE, MEMBER};
use crate::key::Only;
use crate::operation::Before;
use crate::rows::{AccountRow, FollowRow, OwnedRow};
use crate::settings::Stage;

/// Members of one operation: three partitions each, up to four for all and the feed, of the 64 that an operation may have.
const OPERATION_MEMBERS: u64 = 19;
/// Operations under way at a time: enough that the engine never waits for us, few enough that memory stays flat.
const UNDER_WAY: usize = 256;

/// Grows a crowd to its size, and leaves those alone who are there. `tell` hears how many there are. Only in a play.
///
/// The account is younger than the first day's members only by its first moment, and nobody else may have joined since: long
/// lists are cut by days from then on.
pub async fn grow(cx: &Context, crowd: &Crowd, mut tell: impl FnMut(u64)) -> Result<(), Failure> {
    if cx.settings().stage != Stage::Play {
        let sentence = "A crowd is made up, and no server that people use has one.";
        return Err(Refusal::new(Kind::Forbidden, "no_play", sentence).into());
    }
    MEMBER.open_by_day(cx, Only, crowd.first_day).await?;
    FOLLOWERS.open_by_day(cx, crowd.account, crowd.first_day).await?;
    let mut at = first_missing(cx, crowd).await?;
    let mut under_way = VecDeque::with_capacity(UNDER_WAY);
    while at < crowd.followers {
        let next = (at + OPERATION_MEMBERS - at % OPERATION_MEMBERS).min(crowd.followers);
        under_way.push_back(tokio::spawn(add(cx.clone(), *crowd, at..next)));
        at = next;
        if under_way.len() == UNDER_WAY {
            land(&mut under_way, &mut tell).await?;
        }
    }
    while !under_way.is_empty() {
        land(&mut under_way, &mut tell).await?;
    }
    Ok(())
}

/// How many of a crowd are there.
pub async fn count(cx: &Context, crowd: &Crowd) -> Result<u64, Failure> {
    let mut all = 0;
    for day in 0..crowd.days() {
        all += of_day(cx, crowd, day).await?;
    }
    Ok(all)
}

async fn of_day(cx: &Context, crowd: &Crowd, day: u64) -> Result<u64, Failure> {
    let first = crowd.follower(day * crowd.a_day);
    let place = FOLLOWERS.place(cx, crowd.account, &first.follow).await?;
    cx.count(&FOLLOWERS.rows, &place).await
}

/// The first of the first day that is not full: days are filled in order.
async fn first_missing(cx: &Context, crowd: &Crowd) -> Result<u64, Failure> {
    for day in 0..crowd.days() {
        if of_day(cx, crowd, day).await? < crowd.joining(day) {
            return Ok(day * crowd.a_day);
        }
    }
    Ok(crowd.followers)
}

/// Waits for the operation that began first.
async fn land(
    under_way: &mut VecDeque<JoinHandle<Result<u64, Failure>>>,
    tell: &mut impl FnMut(u64),
) -> Result<(), Failure> {
    let Some(first) = under_way.pop_front() else { return Ok(()) };
    tell(first.await.map_err(|error| Failure::Outside(error.to_string()))??);
    Ok(())
}

/// Adds some who belong to one day; tells the number of the one behind them.
async fn add(cx: Context, crowd: Crowd, numbers: Range<u64>) -> Result<u64, Failure> {
    let end = numbers.end;
    match write(&cx, &crowd, numbers.clone()).await {
        // The first was there; where the last is too, so are those between. A crowd that was smaller ends elsewhere.
        Err(Failure::Conflict) if !is_there(&cx, &crowd, end - 1).await? => {
            for number in numbers {
                match write(&cx, &crowd, number..number + 1).await {
                    Err(Failure::Conflict) | Ok(()) => {}
                    Err(failure) => return Err(failure),
                }
            }
            Ok(end)
        }
        Err(Failure::Conflict) | Ok(()) => Ok(end),
        Err(failure) => Err(failure),
    }
}

async fn is_there(cx: &Context, crowd: &Crowd, number: u64) -> Result<bool, Failure> {
    Ok(cx.find(&ACCOUNT, &crowd.follower(number).id, &Only).await?.is_some())
}

async fn write(cx: &Context, crowd: &Crowd, numbers: Range<u64>) -> Result<(), Failure> {
    let first = numbers.start;
    let mut draft = cx.draft(&Authority::operator());
    for number in numbers {
        let Follower { id, handle, follow } = crowd.follower(number);
        let row = account_row(&handle, id);
        if number == first {
            draft.decide(&ACCOUNT, (&id, &Only), Before::Absent, &row);
        } else {
            draft.ensure(&ACCOUNT, (&id, &Only), &row);
        }
        draft.ensure(&HANDLE, (&handle, &Only), &OwnedRow { id: id.0 });
        MEMBER.ensure(cx, &mut draft, Only, &id, &OwnedRow { id: id.0 }).await?;
        let following = FollowRow { id: follow.0, boosts: true, notify: false, languages: Vec::new() };
        draft.ensure(&FOLLOWING, (&id, &crowd.account), &following);
        FOLLOWERS.ensure(cx, &mut draft, crowd.account, &follow, &OwnedRow { id: id.0 }).await?;
    }
    cx.perform(draft).await
}

/// Somebody who says nothing and is not suggested to anybody.
fn account_row(handle: &str, id: AccountId) -> AccountRow {
    AccountRow {
        handle: handle.to_owned(),
        created_at: id.at().0,
        owner_state: OwnerState::awaiting(Awaits::default()).into(),
        display_name: String::new(),
        note: String::new(),
        fields: Vec::new(),
        avatar: None,
        header: None,
        locked: false,
        bot: false,
        discoverable: false,
        indexable: false,
        hide_collections: false,
    }
}
