//! `/staff/policy`: the rules in force, and proposing others.

use kw_app::failure::Failure;
use kw_app::staff::matters::{self, Because};
use kw_app::staff::rules;
use kw_html::part::action::{Act, Again};
use kw_html::part::form::{Complaint, FormErrors};
use kw_html::part::power::{Length, Power};
use kw_html::views::staff::StaffPolicy;
use kw_staff::entry::Subject;
use kw_staff::policy::FLOOR;
use kw_staff::power;
use kw_staff::statement::TargetKind;
use sha2::{Digest, Sha256};

use super::proposal::{self, Wanted};
use super::visit::{StaffForm, StaffVisit};
use super::words::mark;
use crate::error::Problem;
use crate::pages::answer::{Answer, form_again, page};
use crate::pages::view::ledger::{hex, matrix};
use crate::pages::view::ms;
use crate::pages::words::staff_sentence;

/// The page.
pub async fn show(visit: StaffVisit) -> Answer {
    Ok(page(&view(&visit, String::new(), String::new(), FormErrors::default()).await?))
}

/// Another policy: what would be signed, or why it cannot be.
pub async fn propose(form: StaffForm) -> Answer {
    let why = form.typed("explanation")?.trim().to_owned();
    let Some(text) = typed(&form)? else {
        return Ok(form_again(&view(&form, String::new(), why, complaint(Complaint::PolicyUnreadable)).await?));
    };
    if form.params.is_on("again")? {
        return Ok(page(&view(&form, text, why, FormErrors::default()).await?));
    }
    if text.trim().is_empty() {
        return Ok(form_again(&view(&form, text, why, complaint(Complaint::Empty)).await?));
    }
    if why.is_empty() {
        let errors = FormErrors::one("explanation", Complaint::Empty);
        return Ok(form_again(&view(&form, text, why, errors).await?));
    }
    let because = Because { by: form.staff(), why: &why };
    match matters::policy(form.cx(), because, &text).await {
        Ok((proposal, draft)) => proposal::preview(&form, (&proposal, &draft), None, Some(again(text, why))).await,
        Err(Failure::Refused(refusal)) if refusal.code.starts_with("policy_") => {
            let errors = complaint(Complaint::Said(staff_sentence(&form.page(), &refusal)));
            Ok(form_again(&view(&form, text, why, errors).await?))
        }
        Err(Failure::Refused(refusal)) => {
            let id = hex(&Sha256::digest(&text));
            let who = mark(&id);
            let act = Act { id: String::new(), power: Power::Policy, who, length: Length::Once };
            let subject = Subject { kind: TargetKind::Policy, id };
            let wanted = Wanted { act, power: power::Power::Policy, subject: &subject, again: Some(again(text, why)) };
            proposal::refused(&form, wanted, &refusal).await
        }
        Err(failure) => Err(failure.into()),
    }
}

/// The text of the file, or else what was pasted; none where the file is no text.
fn typed(form: &StaffForm) -> Result<Option<String>, Problem> {
    if let Some(file) = form.params.file("policy_file")?.filter(|file| !file.bytes.is_empty()) {
        return Ok(String::from_utf8(file.bytes.clone()).ok());
    }
    // Browsers send every line of a field with a carriage return; the file that was copied had none.
    Ok(Some(form.typed("policy")?.replace("\r\n", "\n")))
}

/// The way back to the form.
pub(super) fn again(text: String, why: String) -> Again {
    let fields = vec![("policy".to_owned(), text), ("explanation".to_owned(), why)];
    Again { action: "/staff/policy/propose".to_owned(), fields }
}

fn complaint(complaint: Complaint) -> FormErrors {
    FormErrors::one("policy", complaint)
}

async fn view(visit: &StaffVisit, text: String, why: String, errors: FormErrors) -> Result<StaffPolicy, Problem> {
    let rules = rules::load(visit.cx()).await?.ok_or_else(Problem::missing)?;
    let entry = visit.cx().ledger().read(|log| log.fold().house().map(|house| house.policy_index));
    let floor = hex(&Sha256::digest(FLOOR));
    Ok(StaffPolicy {
        matrix: matrix(&rules.rows),
        hash: hex(&rules.policy),
        since_ms: ms(rules.since),
        entry: entry.unwrap_or_default(),
        floor: mark(&floor),
        text,
        explanation: why,
        errors,
        desk: visit.desk().await?,
        page: visit.page(),
    })
}
