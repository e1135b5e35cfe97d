//! `/staff/accounts…`: finding an account, what staff see of it, and proposing something about it.

use std::collections::BTreeMap;

use axum::extract::Path;
use kw_app::failure::Failure;
use kw_app::staff::account::{self, Subjected};
use kw_app::staff::action::{self, Action};
use kw_app::staff::attempt;
use kw_app::staff::details::Details;
use kw_app::staff::draft::{self, Proposal};
use kw_app::staff::offers::{self, Choice};
use kw_domain::refusal::Refusal;
use kw_html::part::action::{Act, Again};
use kw_html::part::form::{Complaint, FormError, FormErrors};
use kw_html::part::power::{Length, Power};
use kw_html::part::staff::{Against, Ground, Label, Source};
use kw_html::views::staff::{Draft, Offer, PastAct, StaffAccount, StaffAccounts, Who};
use kw_staff::entry::{Reason, Subject};
use kw_staff::power;
use kw_staff::statement::ActionId;

use super::card;
use super::proposal::{self, Wanted};
use super::visit::{StaffForm, StaffVisit};
use super::words::{self, act_of, colleague, needs};
use crate::error::Problem;
use crate::pages::account::id_of;
use crate::pages::answer::{Answer, form_again, page};
use crate::pages::view::ms;
use crate::pages::words::staff_sentence;
use crate::params::Params;

/// The longest search that is looked for, in characters.
const QUERY_CHARS_MAX: usize = 100;
/// Actions of an account's past on its page.
const HISTORY_MAX: usize = 20;
/// Characters of an explanation, and of the facts.
const WORDS_CHARS_MAX: usize = 2_000;
/// Characters of a reference.
const REFERENCE_CHARS_MAX: usize = 200;

/// The search.
pub async fn search(visit: StaffVisit, params: Params) -> Answer {
    let typed = params.text("q")?.unwrap_or_default().trim();
    let query: String = typed.chars().take(QUERY_CHARS_MAX).collect();
    let about = if query.is_empty() { Vec::new() } else { account::search(visit.cx(), visit.staff(), &query).await? };
    let found = about.iter().map(|about| card::found(visit.cx(), about)).collect();
    Ok(page(&StaffAccounts { query, found, desk: visit.desk().await?, page: visit.page() }))
}

/// The account, and the form.
pub async fn show(visit: StaffVisit, Path(id): Path<String>, params: Params) -> Answer {
    let about = account::load(visit.cx(), visit.staff(), id_of(&id)?).await?;
    let power = params.text("power")?.and_then(Power::from_word);
    let draft = Draft { power, ..Draft::default() };
    Ok(page(&view(&visit, &about, draft, FormErrors::default()).await?))
}

/// What was typed: a preview of what would be signed, or why it cannot be.
pub async fn propose(Path(id): Path<String>, form: StaffForm) -> Answer {
    let about = account::load(form.cx(), form.staff(), id_of(&id)?).await?;
    let typed = read(&form)?;
    if form.params.is_on("again")? {
        return Ok(page(&view(&form, &about, typed, FormErrors::default()).await?));
    }
    let errors = check(&form, &typed)?;
    let (Some(power), true) = (typed.power.and_then(used), errors.is_empty()) else {
        return Ok(form_again(&view(&form, &about, typed, errors).await?));
    };
    let (proposal, details) = proposal(&form, &about, power, &typed);
    match draft::propose_with(form.cx(), form.staff(), &proposal, Some(&details)).await {
        Ok(draft) => {
            let again = again(&id, &typed);
            proposal::preview(&form, (&proposal, &draft), Some(&details), Some(again)).await
        }
        Err(Failure::Refused(refusal)) => match place_of(&refusal) {
            Some(field) => {
                let errors = FormErrors::one(field, Complaint::Said(staff_sentence(&form.page(), &refusal)));
                Ok(form_again(&view(&form, &about, typed, errors).await?))
            }
            None => {
                let act = act(&about, &typed);
                let again = Some(again(&id, &typed));
                let wanted = Wanted { act, power, subject: &proposal.subject, again };
                proposal::refused(&form, wanted, &refusal).await
            }
        },
        Err(failure) => Err(failure.into()),
    }
}

/// The way back to the form about an account.
pub(super) fn again(id: &str, typed: &Draft) -> Again {
    Again { action: format!("/staff/accounts/{id}/propose"), fields: typed.fields() }
}

/// A power that can be proposed about accounts.
fn used(chosen: Power) -> Option<power::Power> {
    offers::POWERS.into_iter().find(|power| power.word() == chosen.word())
}

/// Which field a refusal is about, if it is about one.
fn place_of(refusal: &Refusal) -> Option<&'static str> {
    Some(match refusal.code {
        "no_ground" => "ground",
        "undo_by_one" => "undo_needs",
        "over_already" | "ends_before" | "waits_too_long" => "length",
        "no_label" | "label_stays" => "label",
        "no_handle" | "taken_handle" | "reserved_handle" => "handle",
        "too_long" if refusal.field.is_none() => "length",
        "too_long" | "blank" => "explanation",
        _ => return None,
    })
}

/// What was typed, as far as it can be shown again.
pub(super) fn read(form: &StaffForm) -> Result<Draft, Problem> {
    let word = |name| form.typed(name);
    Ok(Draft {
        power: Power::from_word(word("power")?),
        length: length(word("length")?).unwrap_or(Draft::default().length),
        label: Label::from_word(word("label")?),
        handle: word("handle")?.trim().trim_start_matches('@').to_owned(),
        ground: Ground::from_word(word("ground")?),
        against: Against::from_word(word("against")?).unwrap_or(Against::Terms),
        reference: word("reference")?.trim().to_owned(),
        explanation: word("explanation")?.trim().to_owned(),
        facts: word("facts")?.trim().to_owned(),
        source: Source::from_word(word("source")?).unwrap_or(Source::Notice),
        found_by_machine: form.params.is_on("found_by_machine")?,
        urgent: form.params.is_on("urgent")?,
        undo_needs: if word("undo_needs")? == "2" { 2 } else { 1 },
    })
}

/// A length by its word in the form: minutes, or `endless`.
fn length(word: &str) -> Option<Length> {
    const YEAR_MINUTES: u64 = 366 * 24 * 60;
    if word == Length::Endless.word() {
        return Some(Length::Endless);
    }
    let minutes = word.parse().ok().filter(|minutes| (1..=YEAR_MINUTES).contains(minutes))?;
    Some(Length::of_ms(minutes * 60_000))
}

/// Everything that is wrong with what was typed, before any rule is asked.
fn check(form: &StaffForm, typed: &Draft) -> Result<FormErrors, Problem> {
    let said = |name| Ok::<_, Problem>(!form.typed(name)?.is_empty());
    let mut errors = Vec::new();
    let mut complain = |is_wrong: bool, field, complaint| {
        if is_wrong {
            errors.push(FormError { field, complaint });
        }
    };
    complain(typed.power.and_then(used).is_none(), "power", Complaint::ChoiceInvalid);
    let has_length = typed.power.is_some_and(Power::has_length);
    complain(has_length && length(form.typed("length")?).is_none(), "length", Complaint::ChoiceInvalid);
    let has_handle = typed.power.is_some_and(Power::has_handle);
    complain(has_handle && typed.handle.is_empty(), "handle", Complaint::Empty);
    complain(
        typed.ground.is_none(),
        "ground",
        if said("ground")? { Complaint::ChoiceInvalid } else { Complaint::Empty },
    );
    for (field, text, max) in [
        ("reference", &typed.reference, REFERENCE_CHARS_MAX),
        ("explanation", &typed.explanation, WORDS_CHARS_MAX),
        ("facts", &typed.facts, WORDS_CHARS_MAX),
    ] {
        complain(text.chars().count() > max, field, Complaint::TooLong(max as u64));
        complain(text.is_empty() && field != "reference", field, Complaint::Empty);
    }
    Ok(FormErrors(errors))
}

fn proposal(visit: &StaffVisit, about: &Subjected, power: power::Power, typed: &Draft) -> (Proposal, Details) {
    let subject = Subject::account(about.account.id.0);
    let label = typed.label.and_then(|label| power::Label::from_word(label.word()));
    let choice = Choice { label, handle: &typed.handle };
    let mut parameters: BTreeMap<String, String> = offers::parameters(about, power, choice);
    if typed.urgent && power.hides() {
        parameters.insert("urgent".to_owned(), "yes".to_owned());
    }
    let chosen = power.hides().then(|| typed.length.ms()).flatten();
    let length = offers::length_ms(power).or(chosen);
    let details = Details {
        against: typed.against.word().to_owned(),
        source: typed.source.word().to_owned(),
        found_by_machine: typed.found_by_machine,
    };
    let proposal = Proposal {
        power,
        until: length.and_then(|length| draft::ends(visit.cx(), power, &subject, length)),
        subject,
        parameters,
        undo_needs: if typed.undo_needs == 2 { 2 } else { 1 },
        reason: Reason {
            ground: typed.ground.map(Ground::word).unwrap_or_default().to_owned(),
            reference: typed.reference.clone(),
            explanation: typed.explanation.clone(),
        },
        facts: typed.facts.clone(),
        document: None,
    };
    (proposal, details)
}

/// What was wanted, for the page that says why not.
fn act(about: &Subjected, typed: &Draft) -> Act {
    let power = typed.power.unwrap_or(Power::StepUp);
    let fixed = used(power).and_then(offers::length_ms).map(Length::of_ms);
    let length = if power.has_length() { typed.length } else { fixed.unwrap_or(Length::Once) };
    Act { id: String::new(), power, who: format!("@{}", about.account.handle), length }
}

async fn view(
    visit: &StaffVisit,
    about: &Subjected,
    draft: Draft,
    errors: FormErrors,
) -> Result<StaffAccount, Problem> {
    let (cx, member) = (visit.cx(), visit.staff());
    let page = visit.page();
    let offers = offers::list(cx, member, about).await?;
    let step_up = offers.iter().any(|offer| offer.power == power::Power::StepUp && offer.who.is_ok());
    let offers = offers.iter().map(|offer| Offer {
        power: words::power(offer.power),
        who: match &offer.who {
            Ok(missing) if missing.is_nothing() => Who::You,
            Ok(missing) => Who::Also(needs(missing, |_| false)),
            Err(refusal) => Who::Refused(staff_sentence(&page, refusal)),
        },
    });
    Ok(StaffAccount {
        card: kw_html::part::action::AccountCard { step_up, ..card::found(cx, about) },
        standing: standing(visit, about).await?,
        history: history(visit, about).await?,
        attempts: words::attempts(cx, attempt::about(cx, &Subject::account(about.account.id.0)).await?).await?,
        offers: offers.collect(),
        draft,
        errors,
        desk: visit.desk().await?,
        page,
    })
}

/// What hides or limits it now.
async fn standing(visit: &StaffVisit, about: &Subjected) -> Result<Option<PastAct>, Problem> {
    let (id, now) = (about.account.id.0, kw_staff::time::Millis(visit.cx().now().0));
    let action = visit.cx().ledger().read(|log| log.fold().standing(id, now).action);
    match action {
        Some(action) => past(visit, action).await,
        None => Ok(None),
    }
}

/// What staff did about it or began to do, the newest first.
async fn history(visit: &StaffVisit, about: &Subjected) -> Result<Vec<PastAct>, Problem> {
    let mut history = Vec::new();
    for action in about.history.iter().take(HISTORY_MAX) {
        history.extend(past(visit, *action).await?);
    }
    Ok(history)
}

/// An action of the past; none once its proposal was erased.
async fn past(visit: &StaffVisit, action: ActionId) -> Result<Option<PastAct>, Problem> {
    let action: Action = match action::load(visit.cx(), action).await {
        Ok(action) => action,
        Err(Failure::Refused(_)) => return Ok(None),
        Err(failure) => return Err(failure.into()),
    };
    let since = action.in_force.as_ref().map(|(placed, _)| kw_domain::time::Millis(placed.entry.time.0));
    let proposer = action.steps.first().and_then(|step| step.person);
    Ok(Some(PastAct {
        act: act_of(visit.cx(), &action.proposal).await?,
        state: words::state(action.stage, since),
        at_ms: ms(action.proposed),
        by: colleague(visit.cx(), proposer).await?,
    }))
}
