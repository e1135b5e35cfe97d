//! `/settings/security`: the second factors of the member.

use axum::response::Response;
use kw_app::credential::factors::PasskeyView;
use kw_app::credential::list_factors;
use kw_app::failure::Failure;
use kw_html::part::form::FormErrors;
use kw_html::views::{PasskeyRow, RecoveryCodes, SettingsSecurity};

use crate::error::Problem;
use crate::pages::answer::{Answer, form_again, go, page};
use crate::pages::form::MemberForm;
use crate::pages::view::ms;
use crate::pages::visit::Member;
use crate::pages::words;

/// The page.
pub async fn show(member: Member) -> Answer {
    Ok(page(&view(&member, FormErrors::default()).await?))
}

/// The page again, with why something was not done.
pub async fn again(form: &MemberForm, failure: Failure) -> Result<Response, Problem> {
    let errors = words::form_errors(failure, &[], 0)?;
    Ok(form_again(&view(form, errors).await?))
}

/// Fresh recovery codes, shown this once; without any, the page they belong to.
pub fn show_codes(member: &Member, codes: Vec<String>) -> Response {
    if codes.is_empty() { go("/settings/security") } else { page(&RecoveryCodes { codes, page: member.page() }) }
}

async fn view(member: &Member, errors: FormErrors) -> Result<SettingsSecurity, Problem> {
    let factors = list_factors(member.cx(), member.account_id()).await?;
    Ok(SettingsSecurity {
        totp_since_ms: factors.totp.map(ms),
        recovery_codes_left: factors.is_any().then_some(factors.recovery_left as u64),
        passkeys: factors.passkeys.iter().map(row).collect(),
        errors,
        page: member.page(),
    })
}

fn row(passkey: &PasskeyView) -> PasskeyRow {
    PasskeyRow {
        id: passkey.number.to_string(),
        name: passkey.name.clone(),
        created_ms: ms(passkey.created_at),
        used_ms: passkey.used_at.map(ms),
    }
}
