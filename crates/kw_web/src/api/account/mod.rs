//! Accounts: signing up, looking at them, and what one wants of them.

pub mod block;
pub mod create;
pub mod familiar_followers;
pub mod follow;
pub mod followers;
pub mod list;
pub mod lookup;
pub mod mute;
pub mod note;
pub mod relationships;
pub mod search;
pub mod show;
pub mod statuses;
pub mod update_credentials;
pub mod verify_credentials;

use kw_app::failure::Failure;
use kw_app::view::account::{load_account, load_shell};
use kw_app::view::{AccountView, Shell};
use kw_domain::id::AccountId;
use kw_domain::refusal::Kind;

use super::Call;
use crate::error::Problem;

/// An account that somebody asked for.
enum Found {
    /// They may see it.
    Shown(Box<AccountView>),
    /// It is taken down: that it is there, and nothing of what it says.
    TakenDown(Shell),
}

/// The account with this id; missing when it is deactivated, deleted, or was never there.
async fn find(call: &Call, id: AccountId) -> Result<Found, Problem> {
    match load_account(&call.cx, &call.viewer().await?, id).await {
        Ok(view) => Ok(Found::Shown(Box::new(view))),
        Err(Failure::Refused(refusal)) if refusal.kind == Kind::Unavailable => {
            Ok(Found::TakenDown(load_shell(&call.cx, id).await?))
        }
        Err(failure) => Err(failure.into()),
    }
}
