//! `POST /api/v1/statuses`

use axum::Json;
use http::HeaderMap;
use kw_app::account::find_settings;
use kw_app::oauth::find_app;
use kw_app::post::{self, NewPost};
use kw_domain::post::{Application, Visibility};

use crate::actor::Actor;
use crate::api::entity::Status;
use crate::api::{Answer, Call};
use crate::error::Problem;
use crate::params::{Params, Value};

/// The longest idempotency key, in bytes.
const KEY_BYTES_MAX: usize = 256;

/// Posts. The same idempotency key within an hour answers the first post.
pub async fn create(call: Call, actor: Actor, headers: HeaderMap, params: Params) -> Answer<Status> {
    refuse_what_is_not_there(&params)?;
    let settings = find_settings(&call.cx, actor.account()).await?;
    let new = NewPost {
        text: params.text("status")?.unwrap_or_default().to_owned(),
        spoiler_text: params.text("spoiler_text")?.unwrap_or_default().to_owned(),
        visibility: visibility_of(&params)?.unwrap_or(settings.visibility),
        language: params.word("language")?.map(str::to_owned).or(settings.language),
        sensitive: params.flag("sensitive")?.unwrap_or(settings.sensitive),
        in_reply_to: params.id("in_reply_to_id")?,
        idempotency_key: key_of(&headers)?,
        application: application_of(&call, &actor).await?,
    };
    let view = post::create(&call.cx, actor.authority(), &new).await?;
    Ok(Json(call.writer().post(&view)))
}

/// For whom, if that was said.
pub(super) fn visibility_of(params: &Params) -> Result<Option<Visibility>, Problem> {
    let sentence = "Validation failed: `visibility` is public, unlisted, private or direct";
    let found = |word| Visibility::from_word(word).ok_or_else(|| Problem::invalid("visibility", sentence));
    params.word("visibility")?.map(found).transpose()
}

/// Pictures, polls and planned posts are not there yet: better refused than left out in silence.
pub(super) fn refuse_what_is_not_there(params: &Params) -> Result<(), Problem> {
    let has_poll = matches!(params.value("poll"), Some(Value::Map(map)) if !map.is_empty());
    for (field, is_asked, sentence) in [
        ("media_ids", !params.words("media_ids")?.is_empty(), "Validation failed: pictures cannot be attached yet"),
        ("poll", has_poll, "Validation failed: polls cannot be made yet"),
        ("scheduled_at", params.word("scheduled_at")?.is_some(), "Record invalid: posts cannot be planned yet"),
        (
            "quoted_status_id",
            params.word("quoted_status_id")?.is_some(),
            "Validation failed: posts cannot be quoted yet",
        ),
    ] {
        if is_asked {
            return Err(Problem::invalid(field, sentence));
        }
    }
    Ok(())
}

fn key_of(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let Some(value) = headers.get("idempotency-key") else { return Ok(None) };
    let key = value.to_str().ok().filter(|key| key.len() <= KEY_BYTES_MAX);
    let key = key.ok_or_else(|| Problem::unreadable("The idempotency key is not plain text, or too long."))?;
    Ok((!key.is_empty()).then(|| key.to_owned()))
}

async fn application_of(call: &Call, actor: &Actor) -> Result<Option<Application>, Problem> {
    let Some(id) = actor.app() else { return Ok(None) };
    let app = find_app(&call.cx, id).await?;
    Ok(app.map(|app| Application { name: app.name, website: app.website }))
}
