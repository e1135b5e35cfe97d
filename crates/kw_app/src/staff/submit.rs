//! Handing in a signed step. The signature is verified here; whether the step may be taken is judged inside the append.

use kw_domain::id::AccountId;
use kw_domain::refusal::{Kind, Refusal};
use kw_staff::assertion::{Assertion, Checked, Signed, check};
use kw_staff::entry::{Opened, Words};
use kw_staff::person::KeyId;
use kw_staff::power::Verb;
use kw_staff::statement::{ActionId, Statement, TargetKind};
use kw_staff::step::rehearse::{Unsigned, rehearse};
use kw_staff::step::{Asked, Event, Surroundings, Thresholds, refusal_in};

use crate::account;
use crate::context::Context;
use crate::failure::Failure;
use crate::families::FOLLOWERS;
use crate::ledger::append::{Appended, append};
use crate::ledger::log::Log;
use crate::staff::draft::{Luggage, not_founded};
use crate::staff::house::{moment, party, to_domain};
use crate::staff::rename::Wanted;
use crate::staff::session::StaffMember;

/// What a browser sends back.
#[derive(Debug, Clone, Copy)]
pub struct Signature<'a> {
    /// The exact words that were shown and signed.
    pub text: &'a str,
    /// What the passkey answered, as JSON.
    pub answer: &'a str,
    /// What came along with a proposal; empty for other steps.
    pub luggage: &'a str,
}

/// What became of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taken {
    /// Of which action.
    pub action: ActionId,
    /// What was appended.
    pub appended: Appended,
}

/// Takes the step of the action whose form this is. A form that came back with another one's words is refused.
pub async fn submit_to(
    cx: &Context,
    member: &StaffMember,
    (action, verb): (ActionId, Verb),
    signature: Signature<'_>,
) -> Result<Taken, Failure> {
    let statement = Statement::parse(signature.text.as_bytes()).map_err(to_domain)?;
    if (statement.action, statement.step) != (action, verb) {
        let sentence = "What was signed belongs to another page than this one. Nothing was done. Load the page again.";
        return Err(Refusal::new(Kind::Invalid, "other_form", sentence).into());
    }
    submit(cx, member, signature).await
}

/// Takes a signed step, or says why not.
pub async fn submit(cx: &Context, member: &StaffMember, signature: Signature<'_>) -> Result<Taken, Failure> {
    let statement = Statement::parse(signature.text.as_bytes()).map_err(to_domain)?;
    if statement.signer != member.key {
        let sentence = "This was prepared for another passkey than the one you signed in with. Load the page again.";
        return Err(Refusal::new(Kind::Invalid, "another_key", sentence).into());
    }
    let (_, assertion) = Assertion::from_json(signature.answer).map_err(to_domain)?;
    let signed = Signed { statement: signature.text.as_bytes().to_vec(), assertion };
    let checked = cx.ledger().read(|log| verify(log, signed, &statement.signer))?;
    let (words, document) = match statement.step {
        Verb::Propose => {
            let (words, document) = Luggage::unpack(signature.luggage)?.open();
            (Some(Opened::Here(words)), document)
        }
        _ => (None, None),
    };
    raise_tier(cx, &statement).await?;
    let target_exists = target_exists(cx, &statement).await?;
    let reserved = match Wanted::of(&statement)? {
        // Whoever would be refused anyway keeps no handle from anybody.
        Some(wanted) if would_be_taken(cx, &statement, (&words, &document), target_exists) => {
            wanted.reserve(cx).await?.then_some(wanted)
        }
        _ => None,
    };
    let taken = hand_in(cx, &statement, (checked, words, document), target_exists).await;
    if let (Some(wanted), Err(Failure::Refused(_))) = (&reserved, &taken) {
        wanted.release(cx).await;
    }
    taken
}

/// Whether the rules would take the step, as the ledger is now.
fn would_be_taken(
    cx: &Context,
    statement: &Statement,
    (words, document): (&Option<Opened<Words>>, &Option<String>),
    target_exists: bool,
) -> bool {
    let words = words.as_ref().and_then(|words| match words {
        Opened::Here(words) => Some(words.clone()),
        Opened::Erased => None,
    });
    cx.ledger().read(|log| {
        let seen_root = log.root_at(statement.seen.size).map(|root| *root.as_bytes());
        let around = Surroundings { seen_root, target_exists };
        let step = Unsigned { statement: statement.clone(), words, document: document.clone(), around };
        rehearse(log.fold(), &step, moment(cx.now())).is_ok()
    })
}

async fn hand_in(
    cx: &Context,
    statement: &Statement,
    (checked, words, document): (Checked, Option<Opened<Words>>, Option<String>),
    target_exists: bool,
) -> Result<Taken, Failure> {
    let appended = append(cx, |log| {
        let seen_root = log.root_at(statement.seen.size).map(|root| *root.as_bytes());
        Ok(Event::Step(Box::new(Asked {
            checked: checked.clone(),
            words: words.clone(),
            document: document.clone(),
            around: Surroundings { seen_root, target_exists },
        })))
    })
    .await?;
    match refusal_in(&appended.entries) {
        Some(refusal) => Err(to_domain(refusal).into()),
        None => Ok(Taken { action: statement.action, appended }),
    }
}

fn verify(log: &Log, signed: Signed, signer: &KeyId) -> Result<Checked, Refusal> {
    let party = party(log.fold()).ok_or_else(not_founded)?;
    let unknown = || {
        let sentence = "This passkey is not on the ledger. Sign in with one that is.";
        Refusal::new(Kind::Invalid, "unknown_key", sentence)
    };
    let held = log.fold().key(signer).ok_or_else(unknown)?;
    check(signed, &held.key, &party).map_err(to_domain)
}

/// Counts the followers of an account before something is decided about it: a tier that is due rises first.
async fn raise_tier(cx: &Context, statement: &Statement) -> Result<(), Failure> {
    for account in accounts(statement) {
        count_followers(cx, account).await?;
    }
    Ok(())
}

/// Lets the tier of an account rise where its followers are many enough.
pub async fn count_followers(cx: &Context, account: AccountId) -> Result<(), Failure> {
    let followers = FOLLOWERS.total_heard(cx, account).await?;
    let is_due = cx
        .ledger()
        .read(|log| log.size() > 0 && Thresholds::default().tier(followers) > log.fold().account(account.0).tier);
    if is_due {
        let event = Event::FollowersCounted { account: account.0, followers, from: Thresholds::default() };
        append(cx, |_| Ok(event.clone())).await?;
    }
    Ok(())
}

pub(super) async fn target_exists(cx: &Context, statement: &Statement) -> Result<bool, Failure> {
    for id in accounts(statement) {
        let Some(found) = account::find(cx, id).await? else { return Ok(false) };
        if matches!(found.owner_state, kw_domain::account::OwnerState::Deleted(_)) {
            return Ok(false);
        }
    }
    Ok(true)
}

fn accounts(statement: &Statement) -> impl Iterator<Item = AccountId> {
    let is_account = |target: &&kw_staff::statement::Target| target.kind == TargetKind::Account;
    statement.targets.iter().filter(is_account).filter_map(|target| target.id.parse().ok()).map(AccountId)
}
