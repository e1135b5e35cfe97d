//! A proposal that nobody has signed: its preview, or why it cannot be made. The same for every matter: accounts, the
//! roster, the policy.

use http::StatusCode;
use kw_app::staff::details::Details;
use kw_app::staff::draft::{Draft, Proposal};
use kw_app::staff::{account, attempt, offers, queue};
use kw_domain::id::AccountId;
use kw_domain::refusal::Refusal;
use kw_html::part::action::{Act, Again, Line, Signing, State};
use kw_html::part::form::FormErrors;
use kw_html::views::staff::{Instead, StaffAction, StaffRefused};
use kw_staff::entry::Subject;
use kw_staff::power::Power;

use super::action::{claim, readers, rule, signing, summary, waits, why_of_house};
use super::card::{self, About, target};
use super::visit::StaffVisit;
use super::words::{act_of, needs};
use crate::error::Problem;
use crate::pages::answer::{Answer, page, page_as};
use crate::pages::words::staff_sentence;

/// The preview: what it is about, who else it takes, and the exact words to sign. `again` leads back to the form.
pub async fn preview(
    visit: &StaffVisit,
    (proposal, draft): (&Proposal, &Draft),
    details: Option<&Details>,
    again: Option<Again>,
) -> Answer {
    let statement = &draft.statement;
    let missing = offers::missing(visit.cx(), visit.staff(), proposal, &statement.effect)?;
    let (power, subject) = (proposal.power, &proposal.subject);
    let target = target(visit, &About { power, subject, effect: &statement.effect, is_open: true }).await?;
    let luggage = ("luggage".to_owned(), draft.luggage.clone());
    let typed = again.iter().flat_map(|again| again.fields.clone());
    let propose = Signing { fields: [luggage].into_iter().chain(typed).collect(), ..signing(visit, draft)? };
    let view = StaffAction {
        act: act_of(visit.cx(), statement).await?,
        state: State::Preview,
        proposed: None,
        readers: readers(&target),
        claim: claim(statement, Some(&proposal.reason), Some(&proposal.facts), details),
        why: why_of_house(statement, Some(&proposal.reason)),
        target,
        // The reader is the first of those who sign; whoever is missing is somebody else.
        lines: needs(&missing, |_| false).into_iter().map(Line::Needed).collect(),
        rule: rule(visit.cx(), statement).await?,
        waits: waits(statement),
        summary: summary(&visit.page(), statement),
        moves: vec![propose],
        why_not: String::new(),
        entry: None,
        document: proposal.document.clone().unwrap_or_default(),
        again,
        errors: FormErrors::default(),
        desk: visit.desk().await?,
        page: visit.page(),
    };
    Ok(page(&view))
}

/// What somebody wanted.
#[derive(Debug)]
pub struct Wanted<'a> {
    /// What, to whom, for how long.
    pub act: Act,
    /// The power.
    pub power: Power,
    /// Over what.
    pub subject: &'a Subject,
    /// The way back to the form.
    pub again: Option<Again>,
}

/// Why it cannot be proposed, and what would help instead. No signature was asked for, or none counted.
pub async fn refused(visit: &StaffVisit, wanted: Wanted<'_>, refusal: &Refusal) -> Answer {
    let Wanted { act, power, subject, again } = wanted;
    let account = match subject.account_id() {
        Some(id) => {
            let about = account::load(visit.cx(), visit.staff(), AccountId(id)).await?;
            Some(card::of_account(visit, &about).await?)
        }
        None => None,
    };
    let entry = attempt::record(visit.cx(), visit.staff(), (power, subject), refusal).await?;
    let open = queue::same(visit.cx(), power, subject).filter(|_| refusal.code == "already_open");
    let mut instead = Vec::new();
    instead.extend(open.map(|_| Instead::OpenAction));
    instead.extend(account.as_ref().filter(|card| card.step_up && power != Power::StepUp).map(|_| Instead::StepUp));
    instead.extend(is_about_reader(refusal.code).then_some(Instead::Colleague));
    instead.extend(account.as_ref().filter(|_| has_no_powers(refusal.code)).map(|_| Instead::Report));
    let view = StaffRefused {
        act: Act { id: open.map_or(act.id, |open| open.to_string()), ..act },
        account,
        why: staff_sentence(&visit.page(), refusal),
        instead,
        entry,
        again,
        desk: visit.desk().await?,
        page: visit.page(),
    };
    Ok(page_as(StatusCode::UNPROCESSABLE_ENTITY, &view))
}

/// Whether a colleague would perhaps not be refused.
fn is_about_reader(code: &str) -> bool {
    has_no_powers(code) || matches!(code, "denied_it" | "about_yourself" | "reads_only" | "same_person" | "not_begun")
}

fn has_no_powers(code: &str) -> bool {
    matches!(code, "powers_ended" | "leaving" | "key_ended")
}

/// Gives a problem for a refusal that no page of its own explains.
pub fn problem(visit: &StaffVisit, refusal: Refusal) -> Problem {
    Problem { sentence: staff_sentence(&visit.page(), &refusal), ..Problem::from(refusal) }
}
