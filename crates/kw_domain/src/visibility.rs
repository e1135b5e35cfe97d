//! The visibility check: the one place that decides whether a viewer may see an account's things.
//!
//! A [`Visible`] value cannot be made anywhere else, and views take nothing else, so no surface can forget the check.

use std::borrow::Borrow;
use std::ops::Deref;

use crate::account::{Account, OwnerState, Reach, Standing};
use crate::id::AccountId;
use crate::post::{Post, Visibility};
use crate::time::Millis;

#[cfg(test)]
mod tests;

/// Something that the viewer it was checked for may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visible<T>(T);

impl<T> Deref for Visible<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> Visible<T> {
    /// The value, without the proof.
    pub fn into_inner(self) -> T {
        self.0
    }
}

/// Why something is not shown. Everything but `Missing` is told apart only on the account's own page and at sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hidden {
    /// It does not exist, was deleted, or is not this viewer's to see.
    Missing,
    /// Its owner deactivated the account.
    Deactivated,
    /// Staff made the account unavailable.
    Unavailable,
}

/// By which way the viewer comes to a thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Surface {
    /// Asked for by name or id, or as part of what the viewer follows or takes part in.
    Direct,
    /// Come upon: local and tag timelines, search, suggestions. Limited accounts are met here only by their followers.
    Discovery,
}

/// What stands between a viewer and an author.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Between {
    /// Who looks; `None` for a visitor.
    pub viewer: Option<AccountId>,
    /// The viewer follows the author.
    pub follows: bool,
    /// The author blocks the viewer.
    pub blocked_by: bool,
    /// The viewer blocks the author.
    pub blocks: bool,
}

/// Everything about an author that the check asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AuthorFacts {
    /// Who.
    pub id: AccountId,
    /// What the owner chose.
    pub owner_state: OwnerState,
    /// What staff decided.
    pub standing: Standing,
}

/// Whether an account can be seen at all, before anything is asked about a viewer.
///
/// Unavailable comes first: what staff decided is on record, and a deactivation must not cover it.
pub fn check_presence(author: &AuthorFacts, now: Millis) -> Result<(), Hidden> {
    match (author.standing.reach_at(now), author.owner_state) {
        (_, OwnerState::Pending(_) | OwnerState::Deleted(_)) => Err(Hidden::Missing),
        (Reach::Unavailable { .. }, _) => Err(Hidden::Unavailable),
        (_, OwnerState::Deactivated(_)) => Err(Hidden::Deactivated),
        (_, OwnerState::Present) => Ok(()),
    }
}

/// Whether the viewer may see the author's things on this surface.
fn check_author(author: &AuthorFacts, between: &Between, surface: Surface, now: Millis) -> Result<(), Hidden> {
    check_presence(author, now)?;
    if between.viewer == Some(author.id) {
        return Ok(());
    }
    let limited = matches!(author.standing.reach_at(now), Reach::Limited { .. });
    match surface {
        Surface::Discovery if limited && !between.follows => Err(Hidden::Missing),
        Surface::Discovery if between.blocks || between.blocked_by => Err(Hidden::Missing),
        _ => Ok(()),
    }
}

/// An account, for its viewer. A block does not hide the profile itself (only what it says), as clients expect.
pub fn check_account<A: Borrow<Account>>(
    account: A,
    standing: Standing,
    between: &Between,
    surface: Surface,
    now: Millis,
) -> Result<Visible<A>, Hidden> {
    let Account { id, owner_state, .. } = *account.borrow();
    let facts = AuthorFacts { id, owner_state, standing };
    check_author(&facts, between, surface, now)?;
    Ok(Visible(account))
}

/// A post, for its viewer.
///
/// Seen iff its author can be seen and does not block the viewer, and the viewer belongs to those it is for: everybody;
/// followers and those it names; those it names. Its author always belongs to them. Whom the viewer blocks is not come
/// upon, and can still be looked up, as in Mastodon.
pub fn check_post<P: Borrow<Post>>(
    post: P,
    author: &AuthorFacts,
    between: &Between,
    surface: Surface,
    now: Millis,
) -> Result<Visible<P>, Hidden> {
    check_author(author, between, surface, now)?;
    let Post { author: by, body, visibility, .. } = post.borrow();
    let is_author = between.viewer == Some(*by);
    if !is_author && between.blocked_by {
        return Err(Hidden::Missing);
    }
    let is_named = between.viewer.is_some_and(|viewer| body.mentions.contains(&viewer));
    let is_for_viewer = match visibility {
        Visibility::Public | Visibility::Unlisted => true,
        Visibility::Private => is_author || is_named || between.follows,
        Visibility::Direct => is_author || is_named,
    };
    if is_for_viewer { Ok(Visible(post)) } else { Err(Hidden::Missing) }
}

/// Whether a boost is shown to a viewer who may see its subject; `booster` stands for the author.
///
/// Shown iff the booster can be seen, does not block the viewer, and the viewer belongs to those the boost is for. On
/// the way to discoveries, nobody is met whom the viewer blocks. Limits are not asked for: a booster is not come upon for
/// what others wrote.
pub fn check_boost(
    visibility: Visibility,
    booster: &AuthorFacts,
    between: &Between,
    surface: Surface,
    now: Millis,
) -> Result<(), Hidden> {
    check_presence(booster, now)?;
    let is_booster = between.viewer == Some(booster.id);
    let is_for_viewer = match visibility {
        Visibility::Public | Visibility::Unlisted => true,
        Visibility::Private => is_booster || between.follows,
        Visibility::Direct => is_booster,
    };
    let is_kept_out = between.blocked_by || (surface == Surface::Discovery && between.blocks);
    if is_for_viewer && !is_kept_out { Ok(()) } else { Err(Hidden::Missing) }
}
