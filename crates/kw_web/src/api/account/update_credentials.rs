//! `PATCH /api/v1/accounts/update_credentials`

use axum::Json;
use kw_app::account::{FlagChanges, PictureChange, ProfileChange, SettingsChange, update_profile, update_settings};
use kw_domain::post::Visibility;

use super::verify_credentials::load;
use crate::actor::Actor;
use crate::api::entity::CredentialAccount;
use crate::api::{Answer, Call};
use crate::error::Problem;
use crate::params::{Params, Value};

/// Changes the member's profile and preferences. What is not said stays as it is.
pub async fn update_credentials(call: Call, actor: Actor, params: Params) -> Answer<CredentialAccount> {
    let fields = fields_of(&params)?;
    let profile = ProfileChange {
        display_name: params.text("display_name")?,
        note: params.text("note")?,
        fields: fields.as_deref(),
        avatar: picture_of(&params, "avatar")?,
        header: picture_of(&params, "header")?,
        flags: FlagChanges {
            locked: params.flag("locked")?,
            bot: params.flag("bot")?,
            discoverable: params.flag("discoverable")?,
            indexable: params.flag("indexable")?,
            hide_collections: params.flag("hide_collections")?,
        },
    };
    let source = params.part("source")?;
    let settings = settings_of(&source)?;
    update_settings(&call.cx, actor.member(), &settings).await?;
    update_profile(&call.cx, actor.member(), &profile).await?;
    Ok(Json(load(&call, &actor).await?))
}

/// The fields of a profile, all of them, when any was said.
fn fields_of(params: &Params) -> Result<Option<Vec<(String, String)>>, Problem> {
    if params.value("fields_attributes").is_none() {
        return Ok(None);
    }
    let mut fields = Vec::new();
    for part in params.parts("fields_attributes")? {
        let text = |name| Ok::<_, Problem>(part.text(name)?.unwrap_or_default().to_owned());
        fields.push((text("name")?, text("value")?));
    }
    Ok(Some(fields))
}

/// A picture: a file replaces it; the empty text, where a form has it, takes nothing away.
fn picture_of<'p>(params: &'p Params, name: &'static str) -> Result<PictureChange<'p>, Problem> {
    Ok(params.file(name)?.map_or(PictureChange::Keep, |file| PictureChange::New(&file.bytes)))
}

fn settings_of(source: &Params) -> Result<SettingsChange<'_>, Problem> {
    let visibility = source.word("privacy")?.map(|word| {
        let sentence = "Validation failed: `source[privacy]` is public, unlisted or private";
        Visibility::from_word(word).ok_or_else(|| Problem::invalid("source[privacy]", sentence))
    });
    let language = source.value("language").filter(|value| matches!(value, Value::Plain(_)));
    Ok(SettingsChange {
        visibility: visibility.transpose()?,
        sensitive: source.flag("sensitive")?,
        language: if language.is_some() { source.text("language")? } else { None },
        ..SettingsChange::default()
    })
}
