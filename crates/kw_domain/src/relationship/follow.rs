//! Who may follow whom, and whether by asking first.

use std::borrow::Borrow;

use crate::account::Account;
use crate::refusal::{Kind, Refusal};
use crate::relationship::{FOLLOWS_MAX, RELATIONS_MAX};
use crate::visibility::{Between, Visible};

/// What following somebody comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// They are followed.
    Follow,
    /// They are asked.
    Ask,
}

/// Whether somebody who follows `follows` accounts already may follow `account`, and how.
///
/// Nobody follows themselves, nor across a block in either direction.
pub fn may_follow<A: Borrow<Account>>(account: &Visible<A>, between: &Between, follows: u64) -> Result<Way, Refusal> {
    let account: &Account = (**account).borrow();
    if between.viewer == Some(account.id) || between.blocked_by || between.blocks {
        return Err(Refusal::forbidden());
    }
    if follows >= FOLLOWS_MAX {
        let sentence = format!("You follow {follows} accounts, which is as many as there can be.");
        return Err(Refusal::invalid("id", "follows_full", sentence));
    }
    Ok(if account.profile.locked { Way::Ask } else { Way::Follow })
}

/// Whether somebody with `relations` blocks, mutes, requests and notes may have one more.
pub fn may_relate(relations: u64) -> Result<(), Refusal> {
    if relations >= RELATIONS_MAX {
        let sentence =
            format!("You have {relations} blocks, mutes, requests and notes, which is as many as there can be.");
        return Err(Refusal::new(Kind::Invalid, "relations_full", sentence));
    }
    Ok(())
}
