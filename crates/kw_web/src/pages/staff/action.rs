//! `/staff/actions/{id}`: one action, and the steps that the reader could sign.

use axum::extract::Path;
use http::StatusCode;
use kw_app::context::Context;
use kw_app::failure::Failure;
use kw_app::ledger::read::load as load_entries;
use kw_app::staff::action::{self, Action};
use kw_app::staff::details::Details;
use kw_app::staff::draft::Draft;
use kw_app::staff::moves;
use kw_app::staff::submit::{Signature, submit_to};
use kw_domain::refusal::Refusal;
use kw_html::Page;
use kw_html::part::action::{Again, Claim, Line, Signing, Summary, TargetCard};
use kw_html::part::form::{Complaint, FormErrors};
use kw_html::part::power::Length;
use kw_html::part::staff::{Against, Ground, Source};
use kw_html::views::staff::{Readers, Rule, StaffAction};
use kw_staff::entry::{Reason, Record, Subject};
use kw_staff::fold;
use kw_staff::hex;
use kw_staff::power::Verb;
use kw_staff::statement::{ActionId, Statement, TargetKind};
use kw_staff::step::{clock, judge};
use kw_staff::time::Millis;

use super::card::{About, target};
use super::proposal::{self, Wanted};
use super::roster;
use super::visit::{StaffForm, StaffVisit};
use super::words::{act_of, colleague, needs_of, start, state, tier, verb};
use crate::error::Problem;
use crate::pages::answer::{Answer, go, page, page_as};
use crate::pages::view::ms;
use crate::pages::words::staff_sentence;

/// The page.
pub async fn show(visit: StaffVisit, Path(id): Path<String>) -> Answer {
    let id = ActionId::parse(&id).ok_or_else(Problem::missing)?;
    let action = action::load(visit.cx(), id).await?;
    Ok(page(&view(&visit, &action, FormErrors::default()).await?))
}

/// A step that somebody signed.
pub async fn step(Path((id, step)): Path<(String, String)>, form: StaffForm) -> Answer {
    let id = ActionId::parse(&id).ok_or_else(Problem::missing)?;
    let step = Verb::from_word(&step).ok_or_else(Problem::missing)?;
    let signature =
        Signature { text: form.typed("statement")?, answer: form.typed("assertion")?, luggage: form.typed("luggage")? };
    match submit_to(form.cx(), form.staff(), (id, step), signature).await {
        Ok(taken) => {
            roster::note_newcomer(&form, step).await?;
            Ok(go(&format!("/staff/actions/{}", taken.action)))
        }
        Err(Failure::Refused(refusal)) if step == Verb::Propose => not_proposed(&form, refusal).await,
        Err(Failure::Refused(refusal)) => {
            let action = action::load(form.cx(), id).await?;
            let errors = FormErrors::one("", Complaint::Said(staff_sentence(&form.page(), &refusal)));
            Ok(page_as(StatusCode::UNPROCESSABLE_ENTITY, &view(&form, &action, errors).await?))
        }
        Err(failure) => Err(failure.into()),
    }
}

/// There is no action to show: what was to be proposed, and why it was not taken.
async fn not_proposed(form: &StaffForm, refusal: Refusal) -> Answer {
    let Ok(statement) = Statement::parse(form.typed("statement")?.as_bytes()) else {
        return Err(proposal::problem(form, refusal));
    };
    let subject = statement.targets.first().map(Subject::of).ok_or_else(Problem::missing)?;
    let again = match &subject {
        Subject { kind: TargetKind::Account, id } => Some(super::account::again(id, &super::account::read(form)?)),
        Subject { kind: TargetKind::Policy, .. } => {
            Some(super::policy::again(form.typed("policy")?.to_owned(), form.typed("explanation")?.to_owned()))
        }
        _ => None,
    };
    let wanted = Wanted { act: act_of(form.cx(), &statement).await?, power: statement.power, subject: &subject, again };
    proposal::refused(form, wanted, &refusal).await
}

async fn view(visit: &StaffVisit, action: &Action, errors: FormErrors) -> Result<StaffAction, Problem> {
    let cx = visit.cx();
    let statement = &action.proposal;
    let moves = moves::list(cx, visit.staff(), action).await?;
    let since = action.in_force.as_ref().map(|(placed, _)| kw_domain::time::Millis(placed.entry.time.0));
    let state = state(action.stage, since);
    let subject = statement.targets.first().map(Subject::of).ok_or_else(Problem::missing)?;
    let about =
        About { power: statement.power, subject: &subject, effect: &statement.effect, is_open: state.is_open() };
    let target = target(visit, &about).await?;
    let proposer = colleague(cx, action.steps.first().and_then(|step| step.person)).await?;
    Ok(StaffAction {
        act: act_of(cx, statement).await?,
        proposed: Some((proposer, ms(action.proposed))),
        readers: readers(&target).filter(|_| state.is_open()),
        state,
        claim: claim(statement, action.reason.as_ref(), action.facts.as_deref(), action.details.as_ref()),
        why: why_of_house(statement, action.reason.as_ref()),
        target,
        lines: lines(visit, action).await?,
        rule: rule(cx, statement).await?,
        waits: waits(statement),
        summary: summary(&visit.page(), moves.drafts.first().map_or(statement, |draft| &draft.statement)),
        why_not: moves.why_not.map(|refusal| staff_sentence(&visit.page(), &refusal)).unwrap_or_default(),
        moves: moves.drafts.iter().map(|draft| signing(visit, draft)).collect::<Result<_, _>>()?,
        entry: action.in_force.as_ref().map(|(placed, _)| placed.index),
        document: action.document.clone().unwrap_or_default(),
        again: None::<Again>,
        errors,
        desk: visit.desk().await?,
        page: visit.page(),
    })
}

/// Who signed, who of them counts no more, and who is missing.
async fn lines(visit: &StaffVisit, action: &Action) -> Result<Vec<Line>, Problem> {
    let cx = visit.cx();
    let dropped = cx.ledger().read(|log| judge::dropped(log.fold(), action.action, Millis(cx.now().0)));
    let mut lines = Vec::with_capacity(action.steps.len());
    for step in &action.steps {
        let by = colleague(cx, step.person).await?;
        let agrees = matches!(step.verb, Verb::Propose | Verb::Approve);
        lines.push(if agrees && step.person.is_some_and(|person| dropped.contains(&person)) {
            Line::Dropped { by }
        } else {
            Line::Signed { by, verb: verb(step.verb), at_ms: ms(step.at) }
        });
    }
    let by = fold::Signature { person: visit.staff().person, key: visit.staff().key };
    let missing = action.missing.as_ref().map(|missing| needs_of(cx, action.action, missing, by));
    lines.extend(missing.unwrap_or_default().into_iter().map(Line::Needed));
    Ok(lines)
}

/// What is claimed about an account. None for matters of the house, and once its words were erased.
pub(super) fn claim(
    statement: &Statement,
    reason: Option<&Reason>,
    facts: Option<&str>,
    details: Option<&Details>,
) -> Option<Claim> {
    let is_account = statement.targets.first().is_some_and(|target| target.kind == TargetKind::Account);
    let reason = reason.filter(|_| is_account)?;
    Some(Claim {
        ground: Ground::from_word(&reason.ground)?,
        against: details.and_then(|details| Against::from_word(&details.against)).unwrap_or(Against::Terms),
        reference: reason.reference.clone(),
        explanation: reason.explanation.clone(),
        facts: facts.unwrap_or_default().to_owned(),
        source: details.and_then(|details| Source::from_word(&details.source)).unwrap_or(Source::Own),
        found_by_machine: details.is_some_and(|details| details.found_by_machine),
        urgent: clock::is_urgent(&statement.effect),
        undo_needs: u64::from(statement.undo_needs),
    })
}

/// Why a matter of the house is proposed; empty for accounts, whose claim says it, and once it was erased.
pub(super) fn why_of_house(statement: &Statement, reason: Option<&Reason>) -> String {
    let is_account = statement.targets.first().is_some_and(|target| target.kind == TargetKind::Account);
    reason.filter(|_| !is_account).map(|reason| reason.explanation.clone()).unwrap_or_default()
}

/// Who would notice. Readers are not counted here, so that it tells of followers alone.
pub(super) fn readers(target: &TargetCard) -> Option<Readers> {
    let card = target.account()?;
    Some(Readers { followers: card.followers, last_hour: None, hours: Vec::new() })
}

/// The rule that a statement was written under.
pub(super) async fn rule(cx: &Context, statement: &Statement) -> Result<Rule, Problem> {
    let policy = hex::encode(&statement.policy);
    let subject = Subject { kind: TargetKind::Policy, id: policy.clone() };
    let about = cx.ledger().read(|log| log.about(&subject).to_vec());
    let mut came = load_entries(cx, &about).await?.into_iter();
    let came = came.rfind(|placed| matches!(placed.entry.record, Record::InForce(_))).map(|placed| placed.entry.time);
    // The first one came with the founding.
    let since = match came {
        Some(since) => since,
        None => load_entries(cx, &[0]).await?.pop().map_or(Millis(0), |founding| founding.entry.time),
    };
    Ok(Rule {
        policy,
        since_ms: since.0.cast_signed(),
        tier: statement.targets.first().map_or(kw_html::part::staff::Tier::Protected, |target| tier(target.tier)),
        url: format!("/staff/policy#rule-{}", statement.power.word()),
    })
}

/// How long what a statement says waits before it takes effect.
pub(super) fn waits(statement: &Statement) -> Option<Length> {
    let delay_ms = statement.effect.delay_ms;
    (delay_ms > 0).then(|| Length::of_ms(delay_ms))
}

/// A statement in short.
pub(super) fn summary(page: &Page, statement: &Statement) -> Summary {
    let target = statement.targets.first();
    let is_account = |target: &&kw_staff::statement::Target| target.kind == TargetKind::Account;
    let (policy, root) = (hex::encode(&statement.policy), hex::encode(&statement.seen.root));
    Summary {
        target: target.map(|target| page.matter(target.kind.word(), &target.id)).unwrap_or_default(),
        tier: target.filter(is_account).map(|target| tier(target.tier)),
        until_ms: statement.effect.until.map(|until| until.0.cast_signed()),
        undo_needs: u64::from(statement.undo_needs),
        policy: start(&policy).to_owned(),
        ledger_size: statement.seen.size,
        ledger_root: start(&root).to_owned(),
    }
}

/// The form that signs a step.
pub(super) fn signing(visit: &StaffVisit, draft: &Draft) -> Result<Signing, Problem> {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let statement = &draft.statement;
    let known = visit.cx().ledger().read(|log| {
        let fold = log.fold();
        let credential = fold.key(&statement.signer)?.key.credential.clone();
        Some((URL_SAFE_NO_PAD.encode(credential), fold.house()?.relying_party.id.clone()))
    });
    let (credential, rp) = known.ok_or_else(|| Problem::ours("a session is of a key that the ledger has not"))?;
    Ok(Signing {
        verb: verb(statement.step),
        action: format!("/staff/actions/{}/{}", statement.action, statement.step.word()),
        statement: draft.text.clone(),
        credential,
        rp,
        fields: Vec::new(),
    })
}
