//! Numbers about the whole server that no row holds: how much was posted, how many were here lately.
//!
//! They are counted by walking the members, a few at a time and never in a request, and kept in memory. Between two walks
//! they are as old as the last one; before the first they are nothing.

use kw_domain::id::AccountId;
use kw_domain::time::Millis;

use crate::buckets::Window;
use crate::context::Context;
use crate::failure::Failure;
use crate::families::{MEMBER, OUTBOX, SESSION};
use crate::key::Only;

/// Members looked at in one step.
const STEP_MEMBERS: usize = 200;
/// Sessions of a member that are looked at: as many as there can be.
const SESSIONS_MAX: usize = 200;
/// How long somebody who used a session counts as active.
const ACTIVE_MS: u64 = 30 * Millis::DAY;

/// What was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Census {
    /// Posts and boosts of all members, direct posts left out: the sum of what their profiles say.
    pub posts: u64,
    /// Members who used a session within 30 days.
    pub active_month: u64,
}

/// A walk along the members that has begun.
#[derive(Debug, Default)]
pub struct CensusWalk {
    below: Option<AccountId>,
    counted: Census,
}

/// Looks at some more members. `true` when all were seen: then [`census`] tells the new numbers, and the next step begins
/// another walk.
pub async fn count_some(cx: &Context, walk: &mut CensusWalk) -> Result<bool, Failure> {
    let members = MEMBER.page(cx, Only, &Window { below: walk.below, ..Window::newest(STEP_MEMBERS) }).await?;
    let active_after = Millis(cx.now().0.saturating_sub(ACTIVE_MS));
    for member in &members {
        walk.counted.posts += OUTBOX.total(cx, member.key).await?;
        let sessions = cx.list_all(&SESSION, &member.key, SESSIONS_MAX).await?;
        let is_active = sessions.iter().any(|session| session.value.used_at > active_after.0);
        walk.counted.active_month += u64::from(is_active);
    }
    walk.below = members.last().map(|member| member.key);
    let is_done = members.len() < STEP_MEMBERS;
    if is_done {
        cx.keep_census(walk.counted);
        *walk = CensusWalk::default();
    }
    Ok(is_done)
}

/// What the last walk counted.
pub fn census(cx: &Context) -> Census {
    cx.census()
}
