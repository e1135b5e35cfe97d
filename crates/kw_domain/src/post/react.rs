//! What a reader may do with a post that they may see: favourite, boost, bookmark, pin.

use std::borrow::Borrow;

use crate::id::AccountId;
use crate::post::{Post, Visibility};
use crate::refusal::Refusal;
use crate::relationship::Relation;
use crate::visibility::Visible;

/// How many posts may be pinned to a profile.
pub const PINS_MAX: u64 = 5;

/// Whether a reader may favourite `post`, `relation` being what they want of its author.
///
/// Whoever may see a post may favourite it, except across a block. A block by the author hides the post already; one by
/// the reader is refused as missing too, so that both read alike.
pub fn may_favourite<P: Borrow<Post>>(_post: &Visible<P>, relation: &Relation) -> Result<(), Refusal> {
    if relation.block.is_some() { Err(Refusal::missing()) } else { Ok(()) }
}

/// For whom a boost of `post` by `booster` is, when they asked for `asked`.
///
/// Public and unlisted posts may be boosted by whoever sees them; a followers-only post by its author alone, to the same
/// followers; a direct post by nobody.
pub fn may_boost<P: Borrow<Post>>(
    post: &Visible<P>,
    booster: AccountId,
    relation: &Relation,
    asked: Option<Visibility>,
) -> Result<Visibility, Refusal> {
    if relation.block.is_some() {
        return Err(Refusal::missing());
    }
    let post: &Post = (**post).borrow();
    match (post.visibility, asked.unwrap_or(Visibility::Public)) {
        (Visibility::Direct, _) => Err(Refusal::forbidden()),
        (Visibility::Private, _) if post.author != booster => Err(Refusal::forbidden()),
        (Visibility::Private, _) => Ok(Visibility::Private),
        (_, Visibility::Direct) => {
            Err(Refusal::invalid("visibility", "boost_direct", "A boost cannot be a direct message."))
        }
        (_, asked) => Ok(asked),
    }
}

/// Whether `account` may pin `post` when `pinned` posts are pinned already.
pub fn may_pin<P: Borrow<Post>>(post: &Visible<P>, account: AccountId, pinned: u64) -> Result<(), Refusal> {
    let post: &Post = (**post).borrow();
    if post.author != account {
        return Err(Refusal::invalid("id", "pin_of_another", "Someone else's post cannot be pinned."));
    }
    if post.visibility == Visibility::Direct {
        return Err(Refusal::invalid("id", "pin_direct", "Posts for those they name only cannot be pinned."));
    }
    if pinned >= PINS_MAX {
        let sentence = format!("You have already pinned {PINS_MAX} posts, which is as many as there can be.");
        return Err(Refusal::invalid("id", "pins_full", sentence));
    }
    Ok(())
}
