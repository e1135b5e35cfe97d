//! Accounts beside posts and in lists.

use kw_app::relationship::RelationshipView;
use kw_app::view::AccountView;
use kw_domain::id::AccountId;
use kw_html::part::account::{AccountChip, AccountRow};
use kw_html::part::profile::{Follow, Relation, Ties};

use super::{ms, text};

/// Characters of a bio in a list.
const BIO_EXCERPT_MAX: usize = 120;

/// Who somebody is.
pub fn chip(view: &AccountView) -> AccountChip {
    let account = &view.account;
    let name = if account.profile.display_name.trim().is_empty() {
        account.handle.clone()
    } else {
        account.profile.display_name.clone()
    };
    AccountChip {
        id: account.id.to_string(),
        handle: account.handle.clone(),
        name,
        avatar: account.profile.avatar.as_deref().map(|file| picture_path(account.id, file)),
    }
}

/// Somebody in a list.
pub fn row(view: &AccountView, relation: Relation) -> AccountRow {
    AccountRow { account: chip(view), bio: text::excerpt(&view.account.profile.note, BIO_EXCERPT_MAX), relation }
}

/// What stands between the reader and somebody else.
pub fn ties(view: &RelationshipView) -> Ties {
    let follow = match (view.following, view.requested) {
        (true, _) => Follow::Yes,
        (false, true) => Follow::Requested,
        (false, false) => Follow::No,
    };
    Ties {
        follow,
        follows_you: view.followed_by,
        asks_to_follow: view.requested_by,
        blocked: view.blocking,
        muted: view.muting,
        muted_until_ms: view.muting_expires_at.map(ms),
        note: view.note.clone(),
    }
}

/// Where a picture of an account is served.
pub fn picture_path(account: AccountId, file: &str) -> String {
    format!("/media/{account}/{file}")
}
