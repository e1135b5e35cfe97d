//! What people want of one another: follow, ask, block, mute, note.
//!
//! Whatever changes a reader's graph writes the reader's version row in the same operation and tells the feed, so that
//! nobody goes on with an old graph in memory.

mod block;
mod domain;
mod follow;
mod followers;
mod list;
mod load;
mod mute;
mod note;
mod request;
mod sever;
mod unfollow;

#[cfg(test)]
mod tests;

pub use block::{block, unblock};
pub use domain::{block_domain, list_domain_blocks, unblock_domain};
pub use follow::{FollowChoices, follow};
pub use followers::{list_familiar_followers, list_followers, list_following};
pub use list::{MutedView, list_blocks, list_mutes};
pub use load::{RelationshipView, load_relationships};
pub use mute::{MuteChoices, mute, unmute};
pub use note::note;
pub use request::{accept_request, count_requests, list_requests, reject_request};
pub use sever::remove_follower;
pub use unfollow::unfollow;

pub(crate) use request::reject_once;
pub(crate) use sever::remove_follower_once;
pub(crate) use unfollow::unfollow_once;

use kw_domain::id::AccountId;
use kw_domain::refusal::Refusal;
use kw_domain::visibility::{Between, Surface, Visible, check_account};

use crate::context::Context;
use crate::failure::Failure;
use crate::families::RELATIONS;
use crate::feed::Event;
use crate::operation::Draft;
use crate::rows::{RelationKey, RelationRow};
use crate::sheet::AccountSheet;
use crate::viewer::{Person, Viewer, find_person};

/// Marks the graph of `reader` as changed. Once in an operation for each reader whose graph it changes, after the rows
/// that change it.
pub(crate) fn touch(draft: &mut Draft, reader: AccountId) {
    draft.ensure(&RELATIONS, (&reader, &RelationKey::Version), &RelationRow::version());
    draft.tell(Event::relations(reader));
}

/// Somebody whom an account wants something of.
pub(crate) struct Target {
    pub account: Visible<AccountSheet>,
    pub between: Between,
}

/// The account `id`, if the viewer may see it. All ways of not being there are alike here.
pub(crate) async fn load_target(cx: &Context, viewer: &Viewer, id: AccountId) -> Result<Target, Failure> {
    let Person { account, standing, between } = find_person(cx, viewer, id).await?.ok_or_else(Refusal::missing)?;
    let account = check_account(account, standing, &between, Surface::Direct, cx.now());
    Ok(Target { account: account.map_err(|_| Refusal::missing())?, between })
}
