//! `GET /api/v1/accounts/:id/statuses`

use kw_app::rows::MarkKind;
use kw_app::timeline::{Listing, ProfileFilter, load_listing};
use kw_app::view::Page;
use kw_domain::id::AccountId;
use kw_domain::text::fold;

use super::{Found, find};
use crate::api::{Call, Id, Statuses};
use crate::error::Problem;
use crate::params::Params;

/// An account's posts and boosts, or its pins. Nothing of an account that is taken down.
pub async fn statuses(call: Call, Id(id): Id<AccountId>, params: Params) -> Statuses {
    if matches!(find(&call, id).await?, Found::TakenDown(_)) {
        return Ok(call.statuses(&Page::empty()));
    }
    let listing = if params.is_on("pinned")? {
        Listing::Marked(id, MarkKind::Pin)
    } else {
        Listing::Profile(id, filter_of(&params)?)
    };
    let window = params.window(20, 40)?;
    let page = load_listing(&call.cx, &call.viewer().await?, &listing, &window).await?;
    Ok(call.statuses(&page))
}

fn filter_of(params: &Params) -> Result<ProfileFilter, Problem> {
    Ok(ProfileFilter {
        without_replies: params.is_on("exclude_replies")?,
        without_boosts: params.is_on("exclude_reblogs")?,
        only_media: params.is_on("only_media")?,
        tag: params.word("tagged")?.map(|tag| fold::fold_tag(tag.trim_start_matches('#'))),
    })
}
