//! `/settings/profile`: what others see of the member.

use axum::response::Response;
use kw_app::account::{FlagChanges, PictureChange, ProfileChange, update_profile};
use kw_app::view::account::load_account;
use kw_domain::account::{Account, Field};
use kw_domain::text::limit::NOTE_CHARS_MAX;
use kw_html::page::Said;
use kw_html::part::form::FormErrors;
use kw_html::views::{FieldInput, SettingsProfile};

use crate::error::Problem;
use crate::pages::answer::{Answer, form_again, go_saying, page};
use crate::pages::form::MemberForm;
use crate::pages::view::account::{chip, picture_path};
use crate::pages::visit::Member;
use crate::pages::words::{self, Fields};
use crate::params::Params;

/// How the inputs are called here and in the client API.
const FIELDS: Fields =
    &[("display_name", "name"), ("note", "bio"), ("fields_attributes", ""), ("avatar", "avatar"), ("header", "header")];
/// The inputs of the lines of a profile.
const LINES: [(&str, &str); 4] = [
    ("field_name_0", "field_value_0"),
    ("field_name_1", "field_value_1"),
    ("field_name_2", "field_value_2"),
    ("field_name_3", "field_value_3"),
];

/// The form.
pub async fn show(member: Member) -> Answer {
    Ok(page(&filled(&member).await?))
}

/// Saves it.
pub async fn submit(form: MemberForm) -> Answer {
    let params = &form.params;
    let fields = LINES.map(|(name, value)| Ok::<_, Problem>((text(params, name)?, text(params, value)?)));
    let fields = fields.into_iter().collect::<Result<Vec<_>, _>>()?;
    let change = ProfileChange {
        display_name: Some(form.typed("name")?),
        note: Some(form.typed("bio")?),
        fields: Some(&fields),
        avatar: picture(params, "avatar", "remove_avatar")?,
        header: picture(params, "header", "remove_header")?,
        flags: flags(params)?,
    };
    match update_profile(form.cx(), form.member(), &change).await {
        Ok(_) => Ok(go_saying("/settings/profile", Said::Saved)),
        Err(failure) => again(&form, &fields, words::form_errors(failure, FIELDS, 0)?).await,
    }
}

fn text(params: &Params, name: &'static str) -> Result<String, Problem> {
    Ok(params.text(name)?.unwrap_or_default().to_owned())
}

/// Boxes that are not ticked are not sent: a form says all of them.
fn flags(params: &Params) -> Result<FlagChanges, Problem> {
    let discoverable = params.is_on("discoverable")?;
    Ok(FlagChanges {
        locked: Some(params.is_on("locked")?),
        bot: Some(params.is_on("bot")?),
        discoverable: Some(discoverable),
        // One box stands for both: to be found, and that one's posts are found.
        indexable: Some(discoverable),
        hide_collections: None,
    })
}

fn picture<'a>(params: &'a Params, name: &'static str, removal: &'static str) -> Result<PictureChange<'a>, Problem> {
    Ok(match params.file(name)? {
        Some(file) => PictureChange::New(&file.bytes),
        None if params.is_on(removal)? => PictureChange::Remove,
        None => PictureChange::Keep,
    })
}

async fn filled(member: &Member) -> Result<SettingsProfile, Problem> {
    let view = load_account(member.cx(), &member.viewer, member.account_id()).await?;
    let account: &Account = &view.account;
    let profile = &account.profile;
    Ok(SettingsProfile {
        account: chip(&view),
        header: profile.header.as_deref().map(|file| picture_path(account.id, file)),
        name: profile.display_name.clone(),
        bio: profile.note.clone(),
        bio_max: NOTE_CHARS_MAX as u64,
        fields: inputs(profile.fields.iter().map(|Field { name, value, .. }| (name.clone(), value.clone()))),
        locked: profile.locked,
        bot: profile.bot,
        discoverable: profile.discoverable,
        errors: FormErrors::default(),
        page: member.page(),
    })
}

fn inputs(lines: impl IntoIterator<Item = (String, String)>) -> [FieldInput; 4] {
    let mut lines = lines.into_iter();
    std::array::from_fn(|_| lines.next().map_or_else(FieldInput::default, |(name, value)| FieldInput { name, value }))
}

async fn again(form: &MemberForm, fields: &[(String, String)], errors: FormErrors) -> Result<Response, Problem> {
    let flags = flags(&form.params)?;
    let view = SettingsProfile {
        name: form.typed("name")?.to_owned(),
        bio: form.typed("bio")?.to_owned(),
        fields: inputs(fields.iter().cloned()),
        locked: flags.locked.unwrap_or_default(),
        bot: flags.bot.unwrap_or_default(),
        discoverable: flags.discoverable.unwrap_or_default(),
        errors,
        ..filled(form).await?
    };
    Ok(form_again(&view))
}
