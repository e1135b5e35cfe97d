//! The colonies that are measured, made once and kept: a crowd who follow one another, and celebrities of several sizes.

use std::path::Path;

use kw_app::account::{self, NewAccount};
use kw_app::authority::Authority;
use kw_app::colony::{Colony, Part};
use kw_app::context::Context;
use kw_app::oauth::{NewApp, register_app};
use kw_app::relationship::{self, FollowChoices};
use kw_app::session::{self, Actor};
use kw_domain::handle::Handle;
use kw_domain::id::AccountId;

use super::Wanted;
use crate::cli::progress;
use crate::colony::{self, Kept};
use crate::failure::CommandError;

/// The seed of every colony here.
pub const SEED: u64 = 1;
/// Posts of each of a crowd.
pub const POSTS_EACH: u64 = 20;
/// Follows of one of a crowd, on average.
const FOLLOWS: u64 = 403;

/// The crowd.
pub async fn crowd(wanted: &Wanted) -> Result<Kept, CommandError> {
    let all = colony::Wanted { members: wanted.members, follows: Some(follows(wanted)), seed: SEED };
    let mut kept = Kept::begin(&wanted.place("crowd"), all).await?;
    fill(&mut kept, &[Part::Accounts, Part::Follows, Part::Posts { each: POSTS_EACH }])?;
    Ok(kept)
}

/// Follows of one of the crowd, on average.
pub const fn follows(wanted: &Wanted) -> u64 {
    if wanted.is_quick { 30 } else { FOLLOWS }
}

/// A celebrity with so many followers, who say nothing. For scenarios that write nothing, or into a copy.
pub async fn celebrity(wanted: &Wanted, followers: u64) -> Result<Kept, CommandError> {
    celebrity_at(&wanted.place(&format!("celebrity-{followers}")), followers).await
}

/// The same in a directory of the scenario's own, which may write there.
pub async fn celebrity_at(directory: &Path, followers: u64) -> Result<Kept, CommandError> {
    let all = colony::Wanted { members: followers, follows: None, seed: SEED };
    let mut kept = Kept::begin(directory, all).await?;
    fill(&mut kept, &[Part::Accounts, Part::Follows])?;
    Ok(kept)
}

fn fill(kept: &mut Kept, parts: &[Part]) -> Result<(), CommandError> {
    for part in parts {
        let bar = progress::of_rows();
        bar.set_message(format!("{part:?}"));
        kept.load(*part, &bar)?;
        bar.finish_and_clear();
    }
    Ok(())
}

/// Somebody at a client.
#[derive(Debug, Clone)]
pub struct Seat {
    /// What they may do.
    pub member: session::Member,
    /// What their client sends.
    pub token: String,
}

/// Signs accounts in, in their order.
pub async fn sign_in(cx: &Context, accounts: &[AccountId]) -> Result<Vec<Seat>, CommandError> {
    let new = NewApp { name: "Bench", website: None, redirect_uris: &[], scopes: "read write" };
    let app = register_app(cx, &new).await?.app.id;
    let mut seats = Vec::with_capacity(accounts.len());
    for account in accounts {
        let token = kw_app::colony::sign_in(cx, *account, app).await?.token;
        let Actor::Member(member) = session::authenticate(cx, &token).await? else {
            return Err(CommandError::said("one of the colony could not sign in"));
        };
        seats.push(Seat { member, token });
    }
    Ok(seats)
}

/// Somebody of this handle who follows these, at a client; made unless they are there.
pub async fn reader(cx: &Context, handle: &str, follows: &[AccountId]) -> Result<Seat, CommandError> {
    let parsed = Handle::parse(handle).map_err(|error| CommandError::said(error.to_string()))?;
    let known = account::find_id(cx, &parsed).await?;
    let id = match known {
        Some(id) => id,
        None => {
            let password = crate::password::generate(cx);
            let new = NewAccount { handle, email: None, password: &password, locale: "en" };
            account::create(cx, &Authority::operator(), &new).await?
        }
    };
    let seat = sign_in(cx, &[id]).await?.remove(0);
    if known.is_none() {
        for followed in follows {
            relationship::follow(cx, seat.member.authority(), *followed, &FollowChoices::default()).await?;
        }
    }
    Ok(seat)
}

/// Some of a colony, evenly from all of it.
pub fn spread(colony: &Colony, count: u64) -> Vec<AccountId> {
    let count = count.min(colony.members);
    (0..count).map(|at| colony.account(at * colony.members / count.max(1))).collect()
}
