//! `POST /settings/password`: another password. All other sessions end.

use kw_app::account::change_password;
use kw_html::page::Said;
use kw_html::part::form::{Complaint, FormErrors};
use kw_html::views::SettingsAccount;

use super::account::filled;
use crate::pages::answer::{Answer, form_again, go_saying};
use crate::pages::form::MemberForm;
use crate::pages::words;

/// Changes the password.
pub async fn submit(form: MemberForm) -> Answer {
    let (current, password, again) = (form.typed("current")?, form.typed("password")?, form.typed("again")?);
    let password_errors = if password == again {
        match change_password(form.cx(), form.member(), current, password).await {
            Ok(()) => return Ok(go_saying("/settings/account", Said::PasswordChanged)),
            Err(failure) => words::password_errors(failure)?,
        }
    } else {
        FormErrors::one("again", Complaint::PasswordsDiffer)
    };
    Ok(form_again(&SettingsAccount { password_errors, ..filled(&form).await? }))
}
