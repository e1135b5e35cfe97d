//! `PUT /api/v1/statuses/:id`

use axum::Json;
use kw_app::post::{self, Edited};
use kw_app::view::post::load_post;
use kw_domain::id::PostId;

use super::create::refuse_what_is_not_there;
use crate::actor::Actor;
use crate::api::entity::Status;
use crate::api::{Answer, Call, Id};
use crate::params::Params;

/// Changes what a post says. What is not said becomes empty, as in Mastodon; the language stays.
pub async fn edit(call: Call, actor: Actor, Id(id): Id<PostId>, params: Params) -> Answer<Status> {
    refuse_what_is_not_there(&params)?;
    let before = load_post(&call.cx, &actor.viewer(&call.cx).await?, id).await?;
    let edited = Edited {
        text: params.text("status")?.unwrap_or_default().to_owned(),
        spoiler_text: params.text("spoiler_text")?.unwrap_or_default().to_owned(),
        sensitive: params.is_on("sensitive")?,
        language: params.word("language")?.map(str::to_owned).or_else(|| before.post.body.language.clone()),
    };
    let view = post::edit(&call.cx, actor.authority(), id, &edited).await?;
    Ok(Json(call.writer().post(&view)))
}
