//! `POST /notifications/clear`.

use kw_app::notification::clear;

use crate::pages::answer::{Answer, go};
use crate::pages::form::MemberForm;

/// Puts everything away.
pub async fn submit(form: MemberForm) -> Answer {
    clear(form.cx(), form.authority()).await?;
    Ok(go("/notifications"))
}
