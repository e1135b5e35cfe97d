//! Preparing a step: the exact statement that somebody will sign. Nothing is stored; the browser brings it back signed.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use kw_domain::id::AccountId;
use kw_domain::refusal::{Kind, Refusal};
use kw_ledger::Opening;
use kw_staff::entry::{Committed, Reason, Subject, Words};
use kw_staff::fold::Fold;
use kw_staff::power::{Power, Tier, Verb};
use kw_staff::statement::{ActionId, Effect, Seen, Statement, Target};
use kw_staff::step::rehearse::{self, Unsigned};
use kw_staff::step::{Surroundings, clock};
use kw_staff::time::Millis;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::context::Context;
use crate::failure::Failure;
use crate::ledger::log::Log;
use crate::staff::card;
use crate::staff::details::{self, Details};
use crate::staff::house::{moment, to_domain};
use crate::staff::rename::Wanted;
use crate::staff::session::StaffMember;

/// How long a prepared step may be signed, in milliseconds.
const SIGN_WITHIN_MS: u64 = 15 * Millis::MINUTE;
/// Words of a reason and of the facts, in characters.
const WORDS_CHARS_MAX: usize = 2_000;

/// What somebody wants to propose.
#[derive(Debug, Clone)]
pub struct Proposal {
    /// The power.
    pub power: Power,
    /// Over what.
    pub subject: Subject,
    /// When it ends by itself.
    pub until: Option<kw_domain::time::Millis>,
    /// What else the effect says.
    pub parameters: BTreeMap<String, String>,
    /// How many people it takes to undo it: 1 or 2.
    pub undo_needs: u8,
    /// Why.
    pub reason: Reason,
    /// What it rests on, in the proposer's words.
    pub facts: String,
    /// A policy's text, where that is what is proposed.
    pub document: Option<String>,
}

/// A step that is ready to be signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// What it says.
    pub statement: Statement,
    /// The exact words to sign.
    pub text: String,
    /// What comes along with a proposal, to be sent back as it is: words, salts, a document.
    pub luggage: String,
}

/// What comes along with a proposal, in the form's hidden field.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Luggage {
    reason: (Vec<u8>, [u8; 32]),
    facts: (Vec<u8>, [u8; 32]),
    card: Vec<u8>,
    document: Option<String>,
}

impl Luggage {
    /// Reads the hidden field.
    pub(super) fn unpack(text: &str) -> Result<Self, Refusal> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok();
        bytes.and_then(|bytes| postcard::from_bytes(&bytes).ok()).ok_or_else(|| {
            let sentence = "The form came back incomplete. Nothing was signed or changed. Please begin again.";
            Refusal::new(Kind::Invalid, "luggage", sentence)
        })
    }

    /// The words, and the document.
    pub(super) fn open(self) -> (Words, Option<String>) {
        let committed = |(bytes, salt): (Vec<u8>, [u8; 32])| Committed { salt, bytes };
        let words = Words { reason: committed(self.reason), facts: committed(self.facts), card: self.card };
        (words, self.document)
    }
}

/// Prepares a proposal. Only its words are looked at here: whether it could succeed is judged when it is handed in.
pub async fn propose(cx: &Context, member: &StaffMember, proposal: &Proposal) -> Result<Draft, Failure> {
    let (draft, luggage) = prepare(cx, member, proposal, None).await?;
    rehearse(cx, &draft.statement, &luggage)?;
    Ok(draft)
}

/// The same with what stands beside the prose of its facts; a handle that cannot be had is refused.
pub async fn propose_with(
    cx: &Context,
    member: &StaffMember,
    proposal: &Proposal,
    details: Option<&Details>,
) -> Result<Draft, Failure> {
    let (draft, luggage) = prepare(cx, member, proposal, details).await?;
    rehearse(cx, &draft.statement, &luggage)?;
    if let Some(wanted) = Wanted::of(&draft.statement)? {
        wanted.check(cx).await?;
    }
    Ok(draft)
}

/// The same, without asking whether it could succeed: what somebody can do who goes past the desk.
pub(crate) async fn unasked(cx: &Context, member: &StaffMember, proposal: &Proposal) -> Result<Draft, Failure> {
    prepare(cx, member, proposal, None).await.map(|(draft, _)| draft)
}

async fn prepare(
    cx: &Context,
    member: &StaffMember,
    proposal: &Proposal,
    details: Option<&Details>,
) -> Result<(Draft, Luggage), Failure> {
    check_words(proposal)?;
    let card = card::of(cx, &proposal.subject).await?;
    let action = ActionId(u128::from_be_bytes(cx.random_bytes()));
    let mut effect = Effect { until: proposal.until.map(moment), delay_ms: 0, parameters: proposal.parameters.clone() };
    effect.delay_ms = cx.ledger().read(|log| delay_ms(log.fold(), proposal, &effect, moment(cx.now())));
    let reason = proposal.reason.to_bytes();
    let facts = details::write(proposal.facts.trim(), details);
    let (reason_salt, facts_salt) = (cx.random_bytes(), cx.random_bytes());
    let commit = |field, salt, bytes: &[u8]| -> Result<[u8; 32], Failure> {
        let opening = Opening::new(field, salt, bytes.to_vec()).map_err(|error| Failure::Outside(error.to_string()))?;
        Ok(*opening.commitment().as_bytes())
    };
    let parts = Parts {
        step: Verb::Propose,
        action,
        power: proposal.power,
        subject: &proposal.subject,
        effect,
        undo_needs: proposal.undo_needs,
        reason: commit("reason", reason_salt, &reason)?,
        facts: commit("facts", facts_salt, &facts)?,
        card: Sha256::digest(&card).into(),
    };
    let statement = cx.ledger().read(|log| compose(cx, log, member, parts))?;
    let luggage = Luggage {
        reason: (reason, reason_salt),
        facts: (facts, facts_salt),
        card,
        document: proposal.document.clone(),
    };
    let carried = postcard::to_allocvec(&luggage).expect("words are written whatever they are");
    Ok((Draft { text: text_of(&statement), statement, luggage: URL_SAFE_NO_PAD.encode(carried) }, luggage))
}

/// Asks the rules about it as if it were signed already.
fn rehearse(cx: &Context, statement: &Statement, luggage: &Luggage) -> Result<(), Refusal> {
    let (words, document) = luggage.clone().open();
    let now = moment(cx.now());
    cx.ledger().read(|log| {
        let seen_root = log.root_at(statement.seen.size).map(|root| *root.as_bytes());
        // The card could be made, so what it is about is there.
        let around = Surroundings { seen_root, target_exists: true };
        let step = Unsigned { statement: statement.clone(), words: Some(words), document, around };
        rehearse::rehearse(log.fold(), &step, now).map_err(to_domain)
    })
}

/// A proposal about an account that says nothing yet but a reason that will do: to ask what it would take.
pub(super) fn blank(account: AccountId) -> Proposal {
    let reason = Reason { ground: "house".to_owned(), reference: String::new(), explanation: "-".to_owned() };
    Proposal {
        power: Power::StepUp,
        subject: Subject::account(account.0),
        until: None,
        parameters: BTreeMap::new(),
        undo_needs: 1,
        reason,
        facts: String::new(),
        document: None,
    }
}

/// Prepares any other step of an action that is open or in force: the proposal's words, step and signer apart.
pub fn step(cx: &Context, member: &StaffMember, proposal: &Statement, verb: Verb) -> Draft {
    let statement = Statement {
        step: verb,
        signer: member.key,
        seen: cx.ledger().read(seen),
        valid_until: moment(cx.now()).plus(SIGN_WITHIN_MS),
        ..proposal.clone()
    };
    Draft { text: text_of(&statement), statement, luggage: String::new() }
}

/// What a statement is composed of.
struct Parts<'a> {
    step: Verb,
    action: ActionId,
    power: Power,
    subject: &'a Subject,
    effect: Effect,
    undo_needs: u8,
    reason: [u8; 32],
    facts: [u8; 32],
    card: [u8; 32],
}

fn compose(cx: &Context, log: &Log, member: &StaffMember, parts: Parts<'_>) -> Result<Statement, Refusal> {
    let fold = log.fold();
    let house = fold.house().ok_or_else(not_founded)?;
    let now = moment(cx.now());
    // Something new has no standing yet.
    let (standing, tier) = fold.target(parts.subject).unwrap_or((0, Tier::Protected));
    let target = Target { kind: parts.subject.kind, id: parts.subject.id.clone(), standing, tier, card: parts.card };
    let execute_by = execute_by(parts.power, &parts.effect, now);
    Ok(Statement {
        step: parts.step,
        log: house.origin.clone(),
        log_key: house.log_key.clone(),
        founding: house.founding,
        action: parts.action,
        power: parts.power,
        targets: vec![target],
        effect: parts.effect,
        undo_needs: parts.undo_needs,
        reason: parts.reason,
        facts: parts.facts,
        policy: house.policy_hash,
        signer: member.key,
        seen: seen(log),
        valid_until: now.plus(SIGN_WITHIN_MS),
        execute_by,
    })
}

fn seen(log: &Log) -> Seen {
    Seen { size: log.size(), root: *log.root().as_bytes() }
}

fn text_of(statement: &Statement) -> String {
    String::from_utf8(statement.to_bytes()).expect("JSON is UTF-8")
}

/// How long an effect waits after its last approval: widening a day, and so on.
fn delay_ms(fold: &Fold, proposal: &Proposal, effect: &Effect, now: Millis) -> u64 {
    let (_, tier) = fold.target(&proposal.subject).unwrap_or((0, Tier::Protected));
    clock::delay_ms(proposal.power, tier, effect, fold.mode(now), now)
}

/// When an effect ends that lasts so many milliseconds and is proposed now: where it waits first, it lasts from then on.
pub fn ends(cx: &Context, power: Power, subject: &Subject, length_ms: u64) -> Option<kw_domain::time::Millis> {
    let now = moment(cx.now());
    cx.ledger().read(|log| {
        let (_, tier) = log.fold().target(subject)?;
        let effect = Effect { until: Some(now.plus(length_ms)), ..Effect::default() };
        let delay_ms = clock::delay_ms(power, tier, &effect, log.fold().mode(now), now);
        Some(cx.now().plus_ms(delay_ms).plus_ms(length_ms))
    })
}

/// Until when it may take effect: as long as approvals count, and where it waits, a week beyond.
fn execute_by(power: Power, effect: &Effect, now: Millis) -> Millis {
    now.plus(effect.delay_ms).plus(grace_ms(power, effect))
}

const fn grace_ms(power: Power, effect: &Effect) -> u64 {
    if effect.delay_ms > 0 { clock::EXECUTE_MS } else { clock::approval_ms(power) }
}

/// How long an effect is to last, in milliseconds, told from when it ends and from until when it may take effect; none
/// where it does not end.
pub fn length_ms(power: Power, effect: &Effect, execute_by: Millis) -> Option<u64> {
    let may_begin = execute_by.minus(grace_ms(power, effect));
    effect.until.map(|until| until.since(may_begin))
}

fn check_words(proposal: &Proposal) -> Result<(), Refusal> {
    let is_long = |text: &str| text.chars().count() > WORDS_CHARS_MAX;
    if is_long(&proposal.reason.explanation) || is_long(&proposal.facts) {
        let sentence = format!("Please say it in at most {WORDS_CHARS_MAX} characters.");
        return Err(Refusal::invalid("explanation", "too_long", sentence));
    }
    if proposal.reason.explanation.trim().is_empty() {
        let sentence = "Please write why. Whom it is about reads it, and whoever signs.";
        return Err(Refusal::invalid("explanation", "blank", sentence));
    }
    Ok(())
}

pub(super) fn not_founded() -> Refusal {
    let sentence = "Nobody has founded this server's staff yet. Nobody has powers until then.";
    Refusal::new(Kind::Missing, "not_founded", sentence)
}
