//! `/settings/standing`: the statement of reasons, for whoever owns the account. Of an unavailable account it is the one page
//! that its owner reaches; of any other it stands among the settings.

use axum::extract::Path;
use kw_app::account::find as find_account;
use kw_app::session::Actor;
use kw_app::staff::reasons::{Reasons as Known, load};
use kw_html::part::account::AccountChip;
use kw_html::part::action::Claim;
use kw_html::part::power::Power;
use kw_html::part::staff::{Against, Ground, Source};
use kw_html::views::{Decision, Reasons};

use crate::error::Problem;
use crate::pages::answer::{Answer, go, not_kept, page};
use crate::pages::view::ms;
use crate::pages::visit::Visit;

/// What holds now, or was decided last.
pub async fn show(visit: Visit) -> Answer {
    show_entry(visit, None).await
}

/// What one entry of the ledger decided.
pub async fn show_one(visit: Visit, Path(entry): Path<String>) -> Answer {
    let entry = entry.parse().map_err(|_| Problem::missing())?;
    show_entry(visit, Some(entry)).await
}

/// Where clients of this API lead their user from a warning.
pub async fn lead(Path(entry): Path<String>) -> Answer {
    let entry: u64 = entry.parse().map_err(|_| Problem::missing())?;
    Ok(go(&format!("/settings/standing/{entry}")))
}

async fn show_entry(visit: Visit, entry: Option<u64>) -> Answer {
    let Some(owner) = visit.visitor.actor.owner_id() else {
        let rest = entry.map(|entry| format!("/{entry}")).unwrap_or_default();
        return Ok(go(&format!("/sign-in?back=/settings/standing{rest}")));
    };
    let account = find_account(visit.cx(), owner).await?.ok_or_else(Problem::missing)?;
    let Some(known) = load(visit.cx(), &visit.visitor.actor, entry).await? else {
        let is_member = matches!(visit.visitor.actor, Actor::Member(_));
        // The public record says that there is nothing.
        return if entry.is_none() && is_member {
            Ok(go(&format!("/@{}/record", account.handle)))
        } else {
            Err(Problem::missing())
        };
    };
    // Whose account it is comes from the sign-in; nothing of what it shows is on the page.
    let chip =
        AccountChip { id: account.id.to_string(), name: account.handle.clone(), handle: account.handle, avatar: None };
    let objection_email = visit.settings().contact_email.clone();
    let view = Decision { account: chip, reasons: reasons(&known, objection_email), page: visit.page() };
    Ok(not_kept(page(&view)))
}

fn reasons(known: &Known, objection_email: String) -> Reasons {
    let decision = &known.decision;
    Reasons {
        power: Power::from_word(decision.power.word()).unwrap_or(Power::TakeDown),
        at_ms: ms(decision.at),
        from_ms: decision.from.map(ms),
        until_ms: decision.until.map(ms),
        undone_ms: decision.undone.map(|(at, _)| ms(at)),
        claim: claim(known),
        has_details: known.details.is_some(),
        people: decision.people as u64,
        teams: u64::from(decision.teams),
        entry: decision.index,
        objection_email,
    }
}

/// What was claimed; none once its words were erased.
fn claim(known: &Known) -> Option<Claim> {
    let reason = known.reason.as_ref()?;
    let details = known.details.as_ref();
    Some(Claim {
        ground: Ground::from_word(&reason.ground)?,
        against: details.and_then(|details| Against::from_word(&details.against)).unwrap_or(Against::Terms),
        reference: reason.reference.clone(),
        explanation: reason.explanation.clone(),
        facts: known.facts.clone().unwrap_or_default(),
        source: details.and_then(|details| Source::from_word(&details.source)).unwrap_or(Source::Own),
        found_by_machine: details.is_some_and(|details| details.found_by_machine),
        urgent: known.is_urgent,
        undo_needs: u64::from(known.decision.undo_needs),
    })
}
