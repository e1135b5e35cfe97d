//! What a form to write with asks for while its writer's account is stepped up, and what of it came back.

use kw_app::authority::Authority;
use kw_app::post::step_up::{Shown, Way, ask, prove, send_code, until};
use kw_domain::refusal::{Kind, Refusal};
use kw_html::part::composer::{Composer, Proof, StepUp};
use kw_html::part::form::{Complaint, FormErrors};

use crate::error::Problem;
use crate::pages::form::MemberForm;
use crate::pages::view::ms;
use crate::pages::visit::Visit;
use crate::pages::words;

/// The same form, asking for what its writer has to show. A code by letter is asked for once it was sent: when the form
/// came back without one.
pub async fn asking(visit: &Visit, composer: Composer) -> Result<Composer, Problem> {
    let Some(member) = visit.visitor.member() else { return Ok(composer) };
    let Some((way, until)) = ask(visit.cx(), member).await? else { return Ok(composer) };
    let proof = match way {
        Way::Passkey(options) => Proof::Passkey(options),
        Way::Code => Proof::Code,
        Way::Letter if composer.errors.has("code") => Proof::Letter,
        Way::Letter | Way::None => return Ok(composer),
    };
    Ok(Composer { step_up: Some(StepUp { until_ms: ms(until), proof }), ..composer })
}

/// With what to write what was sent: after the proof, or, where none is asked for, without. What was wrong with the proof
/// is told beside it.
pub async fn authority(form: &MemberForm) -> Result<Result<Authority, FormErrors>, Problem> {
    let (cx, member) = (form.cx(), form.member());
    if until(cx, member.account).is_none() {
        return Ok(Ok(form.authority().clone()));
    }
    let code = form.typed("code")?.trim();
    let shown = match form.params.word("passkey")? {
        Some(answer) => Shown::Passkey(answer),
        None if code.is_empty() => return ask_for_it(form).await.map(Err),
        None => Shown::Code(code),
    };
    match prove(cx, member, shown).await {
        Ok(authority) => Ok(Ok(authority)),
        Err(failure) => Ok(Err(words::form_errors(failure, &[("code", "code")], 0)?)),
    }
}

/// Nothing was shown. Whoever has neither passkey nor app is sent a code now.
async fn ask_for_it(form: &MemberForm) -> Result<FormErrors, Problem> {
    let (cx, member) = (form.cx(), form.member());
    match ask(cx, member).await? {
        Some((Way::Letter, _)) => send_code(cx, member).await?,
        Some((Way::None, until)) => {
            let minutes = until.0.saturating_sub(cx.now().0).div_ceil(60_000);
            let sentence = format!("You can post again in {minutes} minutes. We know no way to ask whether it is you.");
            return Err(Refusal::new(Kind::Forbidden, "step_up", sentence).into());
        }
        Some((Way::Passkey(_) | Way::Code, _)) | None => {}
    }
    Ok(FormErrors::one("code", Complaint::Empty))
}
