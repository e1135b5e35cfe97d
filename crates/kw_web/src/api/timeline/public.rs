//! `GET /api/v1/timelines/public`

use kw_app::timeline::{Listing, load_listing};
use kw_app::view::Page;

use crate::api::{Call, Statuses};
use crate::params::Params;

/// Public posts. There are only our own until there are other servers; so nothing that is only remote, and no pictures.
pub async fn public(call: Call, params: Params) -> Statuses {
    if params.is_on("remote")? || params.is_on("only_media")? {
        return Ok(call.statuses(&Page::empty()));
    }
    let window = params.window(20, 40)?;
    Ok(call.statuses(&load_listing(&call.cx, &call.viewer().await?, &Listing::Local, &window).await?))
}
