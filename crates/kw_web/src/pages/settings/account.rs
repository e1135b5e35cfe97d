//! `/settings/account`: e-mail address, language, time zone, and how new posts begin.

use std::sync::OnceLock;

use axum::response::Response;
use kw_app::account::{EmailChange, SettingsChange, change_email, find_email, update_settings};
use kw_app::failure::Failure;
use kw_domain::post::Visibility;
use kw_html::Locale;
use kw_html::page::Said;
use kw_html::part::form::{Complaint, FormErrors};
use kw_html::views::SettingsAccount;

use crate::error::Problem;
use crate::pages::answer::{Answer, form_again, go_saying, page};
use crate::pages::form::MemberForm;
use crate::pages::language;
use crate::pages::post::languages;
use crate::pages::view::post::visibility;
use crate::pages::visit::Member;
use crate::pages::words::{self, Fields};

/// How the inputs are called here and by the use cases.
const FIELDS: Fields = &[
    ("source[privacy]", "visibility"),
    ("source[language]", "post_language"),
    ("locale", "language"),
    ("zone", "time_zone"),
    ("email", "email"),
    ("password", "email_password"),
];

/// The form.
pub async fn show(member: Member) -> Answer {
    Ok(page(&filled(&member).await?))
}

/// Saves it. Another e-mail address needs the password.
pub async fn submit(form: MemberForm) -> Answer {
    let params = &form.params;
    let Some(visibility) = Visibility::from_word(params.word("visibility")?.unwrap_or("public")) else {
        return again(&form, FormErrors::one("visibility", Complaint::ChoiceInvalid)).await;
    };
    let zone = params.word("time_zone")?;
    if zone.is_some_and(|zone| !zones().iter().any(|known| known == zone)) {
        return again(&form, FormErrors::one("time_zone", Complaint::ChoiceInvalid)).await;
    }
    let change = SettingsChange {
        visibility: Some(visibility),
        language: params.word("post_language")?,
        locale: params.word("language")?,
        zone,
        ..SettingsChange::default()
    };
    let said = match save(&form, &change).await {
        Ok(said) => said,
        Err(failure) => return again(&form, words::form_errors(failure, FIELDS, 0)?).await,
    };
    let mut response = go_saying("/settings/account", said);
    if let Some(locale) = params.word("language")?.and_then(Locale::from_tag) {
        // What this browser remembers would win over what was chosen just now.
        language::remember(&mut response, locale, form.settings());
    }
    Ok(response)
}

async fn save(form: &MemberForm, change: &SettingsChange<'_>) -> Result<Said, Failure> {
    let mut said = Said::Saved;
    let typed = form.params.text("email").ok().flatten();
    let current = find_email(form.cx(), form.member()).await?.map(|(address, _)| address).unwrap_or_default();
    if let Some(address) = typed.filter(|typed| *typed != current) {
        let password = form.params.text("email_password").ok().flatten().unwrap_or_default();
        if change_email(form.cx(), form.member(), address, password).await? == EmailChange::LetterSent {
            said = Said::LetterSent;
        }
    }
    update_settings(form.cx(), form.member(), change).await?;
    Ok(said)
}

/// The form with what is saved, also beside the form for the password.
pub async fn filled(member: &Member) -> Result<SettingsAccount, Problem> {
    let email = find_email(member.cx(), member.member()).await?;
    let mut page = member.page();
    if page.time_zone.is_empty() {
        "UTC".clone_into(&mut page.time_zone);
    }
    Ok(SettingsAccount {
        email: email.map(|(address, _)| address).unwrap_or_default(),
        post_language: member.preferences.language.clone().unwrap_or_else(|| page.locale.tag().to_owned()),
        post_languages: languages(),
        time_zones: zones().to_vec(),
        visibility: visibility(member.preferences.visibility),
        errors: FormErrors::default(),
        password_errors: FormErrors::default(),
        page,
    })
}

async fn again(form: &MemberForm, errors: FormErrors) -> Result<Response, Problem> {
    let saved = filled(form).await?;
    let params = &form.params;
    let chosen = params.word("visibility")?.and_then(Visibility::from_word);
    let mut view = SettingsAccount {
        email: form.typed("email")?.to_owned(),
        post_language: params.word("post_language")?.unwrap_or(&saved.post_language).to_owned(),
        visibility: chosen.map_or(saved.visibility, visibility),
        errors,
        ..saved
    };
    if let Some(zone) = params.word("time_zone")? {
        zone.clone_into(&mut view.page.time_zone);
    }
    Ok(form_again(&view))
}

/// The zones that the database of time zones knows, as people know them: by place.
fn zones() -> &'static [String] {
    static ALL: OnceLock<Vec<String>> = OnceLock::new();
    ALL.get_or_init(|| {
        let names = jiff::tz::db().available().map(|name| name.as_str().to_owned());
        let is_place = |name: &String| {
            name.contains('/') && !["Etc/", "SystemV/", "US/", "posix/", "right/"].iter().any(|it| name.starts_with(it))
        };
        let mut zones: Vec<String> = names.filter(is_place).collect();
        zones.push("UTC".to_owned());
        zones.sort();
        zones
    })
}

#[cfg(test)]
mod tests {
    use super::zones;

    #[test]
    fn zones_are_places_in_order_and_utc() {
        for zone in ["Europe/Oslo", "America/Argentina/Buenos_Aires", "UTC"] {
            assert!(zones().iter().any(|known| known == zone), "{zone}");
        }
        assert!(zones().is_sorted());
    }
}
