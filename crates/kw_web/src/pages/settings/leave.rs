//! `/settings/deactivate` and `/settings/reactivate`: leaving, and changing one's mind.

use kw_app::account::{deactivate, find, reactivate};
use kw_app::session::{Actor, Dormant};
use kw_domain::account::{CHANGE_OF_MIND_MS, OwnerState};
use kw_domain::time::Millis;
use kw_html::page::Said;
use kw_html::part::form::{Complaint, FormErrors};
use kw_html::views::{Reactivate, SettingsDeactivate};

use crate::error::Problem;
use crate::pages::answer::{Answer, form_again, go, go_saying, page};
use crate::pages::form::{MemberForm, VisitForm};
use crate::pages::view::ms;
use crate::pages::visit::{Member, Visit};
use crate::pages::words;

/// What happens, and the form.
pub async fn show(member: Member) -> Answer {
    Ok(page(&view(&member, FormErrors::default())))
}

/// Deactivates the account, when its handle was typed and the password is right.
pub async fn submit(form: MemberForm) -> Answer {
    let account = find(form.cx(), form.account_id()).await?.ok_or_else(Problem::missing)?;
    let typed = form.typed("handle")?.trim().trim_start_matches('@');
    if !typed.eq_ignore_ascii_case(&account.handle) {
        return Ok(form_again(&view(&form, FormErrors::one("handle", Complaint::ConfirmationWrong))));
    }
    match deactivate(form.cx(), form.member(), form.typed("password")?).await {
        Ok(_) => Ok(go("/settings/reactivate")),
        Err(failure) => {
            let errors = words::form_errors(failure, &[("password", "password")], 0)?;
            Ok(form_again(&view(&form, errors)))
        }
    }
}

/// What the owner of a deactivated account sees.
pub async fn show_return(visit: Visit) -> Answer {
    let Some(dormant) = dormant(&visit) else { return Ok(go("/home")) };
    let account = find(visit.cx(), dormant.account).await?.ok_or_else(Problem::missing)?;
    let OwnerState::Deactivated(since) = account.owner_state else { return Ok(go("/home")) };
    let until = since.plus_ms(CHANGE_OF_MIND_MS);
    Ok(page(&Reactivate { since_ms: ms(since), until_ms: ms(until), page: visit.page() }))
}

/// Brings the account back.
pub async fn submit_return(form: VisitForm) -> Answer {
    let Some(dormant) = dormant(&form) else { return Ok(go("/home")) };
    reactivate(form.cx(), dormant).await?;
    Ok(go_saying("/home", Said::Restored))
}

fn dormant(visit: &Visit) -> Option<&Dormant> {
    match &visit.visitor.actor {
        Actor::Dormant(dormant) => Some(dormant),
        Actor::Visitor | Actor::App(_) | Actor::Member(_) | Actor::Hidden(_) => None,
    }
}

fn view(member: &Member, errors: FormErrors) -> SettingsDeactivate {
    SettingsDeactivate { days: CHANGE_OF_MIND_MS / Millis::DAY, errors, page: member.page() }
}
