//! Where letters lead: `/confirm/{code}`, `/forgotten` and `/reset/{code}`. Each asks once more by a form, because mail
//! scanners follow links.

use axum::extract::Path;
use kw_app::account::{confirm, request_reset, resend, reset_password};
use kw_app::context::Context;
use kw_app::failure::Failure;
use kw_html::part::form::{Complaint, FormErrors};
use kw_html::views::{ConfirmAddress, ConfirmStep, Forgotten, ForgottenStep, ResetPassword};

use super::answer::{Answer, form_again, page};
use super::form::VisitForm;
use super::visit::Visit;
use super::words;
use crate::address::encode_path;

/// Asks whether to confirm the address.
pub async fn show_confirm(mut visit: Visit, Path(code): Path<String>) -> Answer {
    Ok(page(&confirm_view(&mut visit, &code, ConfirmStep::Asked, FormErrors::default())))
}

/// Confirms the address.
pub async fn submit_confirm(Path(code): Path<String>, mut form: VisitForm) -> Answer {
    match confirm(form.cx(), &code).await {
        Ok(_) => Ok(page(&confirm_view(&mut form.by, &code, ConfirmStep::Done, FormErrors::default()))),
        Err(failure) => {
            let errors = words::form_errors(failure, &[], 0)?;
            Ok(form_again(&confirm_view(&mut form.by, &code, ConfirmStep::Asked, errors)))
        }
    }
}

/// Asks whose password was forgotten.
pub async fn show_forgotten(visit: Visit) -> Answer {
    let sends_letters = visit.cx().outside().mailer.is_some();
    let step = if sends_letters { ForgottenStep::Asked } else { ForgottenStep::NoLetters };
    Ok(page(&Forgotten { page: visit.page(), step }))
}

/// Has the letter sent after the answer. So neither the answer's words nor its time tell whether there is such an account,
/// nor does a mail server that fails.
pub async fn submit_forgotten(form: VisitForm) -> Answer {
    let (cx, login) = (form.cx().clone(), form.typed("login")?.to_owned());
    tokio::spawn(async move {
        if let Err(failure) = send_letter(&cx, &login).await {
            tracing::error!(%failure, "a letter about a forgotten password was not sent");
        }
    });
    Ok(page(&Forgotten { page: form.page(), step: ForgottenStep::Sent }))
}

/// The letter to choose a new password, or, where the address waits to be confirmed, to do that.
async fn send_letter(cx: &Context, login: &str) -> Result<(), Failure> {
    request_reset(cx, login).await?;
    resend(cx, login).await
}

/// Asks for the new password.
pub async fn show_reset(mut visit: Visit, Path(code): Path<String>) -> Answer {
    Ok(page(&reset_view(&mut visit, &code, FormErrors::default())))
}

/// Replaces the password, and leads to the sign-in.
pub async fn submit_reset(Path(code): Path<String>, mut form: VisitForm) -> Answer {
    let errors = if form.typed("password")? == form.typed("again")? {
        match reset_password(form.cx(), &code, form.typed("password")?).await {
            Ok(_) => return Ok(super::answer::go("/sign-in")),
            Err(failure) => words::password_errors(failure)?,
        }
    } else {
        FormErrors::one("again", Complaint::PasswordsDiffer)
    };
    Ok(form_again(&reset_view(&mut form.by, &code, errors)))
}

fn confirm_view(visit: &mut Visit, code: &str, step: ConfirmStep, errors: FormErrors) -> ConfirmAddress {
    visit.set_path(&format!("/confirm/{}", encode_path(code)));
    ConfirmAddress { page: visit.page(), step, errors }
}

fn reset_view(visit: &mut Visit, code: &str, errors: FormErrors) -> ResetPassword {
    visit.set_path(&format!("/reset/{}", encode_path(code)));
    ResetPassword { page: visit.page(), errors }
}
