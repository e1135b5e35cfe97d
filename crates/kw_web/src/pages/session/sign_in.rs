//! `/sign-in`: handle or e-mail address, and password.

use axum::response::Response;
use kw_app::session::{SignIn as Come, SignInForm, sign_in};
use kw_html::part::form::FormErrors;
use kw_html::views::SignIn;

use super::{CHALLENGE, keep_for_next_step};
use crate::address::encode_path;
use crate::error::Problem;
use crate::pages::answer::{Answer, form_again, go, page};
use crate::pages::back::own_path_or;
use crate::pages::form::VisitForm;
use crate::pages::visit::Visit;
use crate::pages::words;
use crate::params::Params;

/// The form; `back` in the query is where to go afterwards.
pub async fn show(mut visit: Visit, params: Params) -> Answer {
    let back = own_path_or(params.text("back")?, "/home");
    if visit.is_signed_in() {
        return Ok(go(back));
    }
    visit.set_path(back);
    Ok(page(&view(&visit, "", FormErrors::default())))
}

/// Signs in, or goes on to the second factor.
pub async fn submit(form: VisitForm) -> Answer {
    let typed = SignInForm {
        identifier: form.typed("login")?,
        password: form.typed("password")?,
        agent: form.visitor.agent.clone(),
    };
    match sign_in(form.cx(), &typed).await {
        Ok(Come::Done(issued)) => {
            let mut response = go(form.back_or("/home"));
            super::sign_in(&mut response, form.settings(), &issued.token);
            Ok(response)
        }
        Ok(Come::SecondFactorNeeded(challenge)) => {
            let back = encode_path(form.back_or("/home"));
            let mut response = go(&format!("/sign-in/second-factor?back={back}"));
            keep_for_next_step(&mut response, CHALLENGE, &challenge.code, form.settings());
            Ok(response)
        }
        Err(failure) => again(&form, words::form_errors(failure, &[], 0)?),
    }
}

fn again(form: &VisitForm, errors: FormErrors) -> Result<Response, Problem> {
    Ok(form_again(&view(form, form.typed("login")?, errors)))
}

fn view(visit: &Visit, login: &str, errors: FormErrors) -> SignIn {
    SignIn { login: login.to_owned(), app: None, errors, page: visit.page() }
}
