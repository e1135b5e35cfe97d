//! `/settings/security/passkeys…`: passkeys as second factor.

use axum::extract::Path;
use kw_app::credential::passkey;
use serde_json::Value;

use super::security;
use crate::error::Problem;
use crate::pages::answer::{Answer, go, json};
use crate::pages::form::MemberForm;
use crate::pages::session::keep_for_next_step;

/// The cookie of an enrolment that has begun.
const ENROLMENT: &str = "kw_enrolment";

/// Begins: the options for the browser's `navigator.credentials.create`, as JSON.
pub async fn begin(form: MemberForm) -> Answer {
    let begun = passkey::begin(form.cx(), form.member(), form.typed("password")?).await?;
    let options: Value = serde_json::from_str(&begun.options).map_err(|error| Problem::ours(error.to_string()))?;
    let mut response = json(options);
    keep_for_next_step(&mut response, ENROLMENT, &begun.code, form.settings());
    Ok(response)
}

/// Ends: the browser's answer is checked, and the passkey counts from now on.
pub async fn finish(form: MemberForm) -> Answer {
    let code = form.cookie(ENROLMENT).unwrap_or_default();
    let (name, answer) = (form.typed("name")?, form.typed("passkey")?);
    match passkey::finish(form.cx(), form.member(), code, name, answer).await {
        Ok(codes) => {
            let mut response = security::show_codes(&form, codes);
            keep_for_next_step(&mut response, ENROLMENT, "", form.settings());
            Ok(response)
        }
        Err(failure) => security::again(&form, failure).await,
    }
}

/// Removes one.
pub async fn remove(Path(number): Path<String>, form: MemberForm) -> Answer {
    let number = number.parse().map_err(|_| Problem::missing())?;
    match passkey::remove(form.cx(), form.member(), number, form.typed("password")?).await {
        Ok(()) => Ok(go("/settings/security")),
        Err(failure) => security::again(&form, failure).await,
    }
}
