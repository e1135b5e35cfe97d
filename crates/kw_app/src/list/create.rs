//! Making a list.

use kw_domain::id::ListId;
use kw_domain::refusal::Refusal;

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::LIST;
use crate::list::{LISTS_MAX, ListView, Replies, read_title};
use crate::operation::Before;
use crate::rows::ListRow;

/// A list to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewList {
    /// Its name.
    pub title: String,
    /// Whose replies it shows.
    pub replies: Replies,
    /// Whether its members are left out of home.
    pub exclusive: bool,
}

/// Makes a list without members.
pub async fn create(cx: &Context, authority: &Authority, new: &NewList) -> Result<ListView, Failure> {
    retry(|| create_once(cx, authority, new)).await
}

async fn create_once(cx: &Context, authority: &Authority, new: &NewList) -> Result<ListView, Failure> {
    let owner = authority.acting()?;
    let title = read_title(&new.title)?;
    if cx.count(&LIST, &owner).await? >= LISTS_MAX as u64 {
        let sentence = format!("You have {LISTS_MAX} lists, which is as many as there can be.");
        return Err(Refusal::invalid("title", "lists_full", sentence).into());
    }
    let id = ListId(cx.mint_id().await?);
    let row = ListRow { title, replies_policy: new.replies.word().to_owned(), exclusive: new.exclusive };
    let mut draft = cx.draft(authority);
    draft.decide(&LIST, (&owner, &id), Before::Absent, &row);
    cx.perform(draft).await?;
    Ok(ListView::of(id, row))
}
