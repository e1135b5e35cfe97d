//! `POST /settings/security/recovery-codes`: new codes; the old ones stop working.

use kw_app::credential::totp::renew_recovery;

use super::security;
use crate::pages::answer::Answer;
use crate::pages::form::MemberForm;

/// Makes new codes, and shows them once.
pub async fn renew(form: MemberForm) -> Answer {
    match renew_recovery(form.cx(), form.member(), form.typed("password")?).await {
        Ok(codes) => Ok(security::show_codes(&form, codes)),
        Err(failure) => security::again(&form, failure).await,
    }
}
