//! `/sign-in/second-factor`: a one-time code, a recovery code or a passkey ends the sign-in.

use axum::response::Response;
use kw_app::failure::Failure;
use kw_app::session::{Proof, begin_passkey, finish_sign_in, list_challenge_factors};
use kw_html::part::form::FormErrors;
use kw_html::views::SecondFactor;

use super::{CHALLENGE, keep_for_next_step};
use crate::error::Problem;
use crate::pages::answer::{Answer, form_again, go, page};
use crate::pages::back::own_path_or;
use crate::pages::form::VisitForm;
use crate::pages::visit::Visit;
use crate::pages::words;
use crate::params::Params;

/// The form. Without a sign-in that waits, the way back to its first step.
pub async fn show(mut visit: Visit, params: Params) -> Answer {
    visit.set_path(own_path_or(params.text("back")?, "/home"));
    Ok(match view(&visit, FormErrors::default()).await? {
        Some(view) => page(&view),
        None => go("/sign-in"),
    })
}

/// Ends the sign-in.
pub async fn submit(form: VisitForm) -> Answer {
    let Some(challenge) = form.cookie(CHALLENGE) else { return Ok(go("/sign-in")) };
    let code = form.typed("code")?;
    let proof = match form.params.word("passkey")? {
        Some(answer) => Proof::Passkey(answer),
        None if is_one_time(code) => Proof::Totp(code),
        None => Proof::Recovery(code),
    };
    match finish_sign_in(form.cx(), challenge, proof).await {
        Ok(issued) => {
            let mut response = go(form.back_or("/home"));
            super::sign_in(&mut response, form.settings(), &issued.token);
            keep_for_next_step(&mut response, CHALLENGE, "", form.settings());
            Ok(response)
        }
        Err(failure) => again(&form, words::form_errors(failure, &[("code", "code")], 0)?).await,
    }
}

/// Six digits are a code of an app; recovery codes are longer.
fn is_one_time(code: &str) -> bool {
    let mut typed = code.chars().filter(|c| !c.is_whitespace());
    typed.clone().count() == 6 && typed.all(|c| c.is_ascii_digit())
}

async fn again(form: &VisitForm, errors: FormErrors) -> Answer {
    let response: Response = match view(form, errors).await? {
        Some(view) => form_again(&view),
        None => go("/sign-in"),
    };
    Ok(response)
}

async fn view(visit: &Visit, errors: FormErrors) -> Result<Option<SecondFactor>, Problem> {
    let Some(challenge) = visit.cookie(CHALLENGE) else { return Ok(None) };
    let factors = match list_challenge_factors(visit.cx(), challenge).await {
        Ok(factors) => factors,
        // It has run out, or the password was changed since.
        Err(Failure::Refused(_)) => return Ok(None),
        Err(failure) => return Err(failure.into()),
    };
    let passkey_options =
        if factors.passkeys.is_empty() { None } else { Some(begin_passkey(visit.cx(), challenge).await?) };
    Ok(Some(SecondFactor { passkey_options, has_totp: factors.totp.is_some(), errors, page: visit.page() }))
}
