//! Somebody who plays a member of staff with a passkey in software: for tests, simulations and replay.
//!
//! It goes the way that everybody goes: a link, a passkey, a session, a statement, a signature. It has no power that the
//! ledger has not given to its key.

use std::collections::BTreeSet;
use std::sync::Mutex;

use kw_domain::id::AccountId;
use kw_domain::time::Millis;
use kw_staff::authenticator::{Authenticator, Backup, Counting};
use kw_staff::entry::{Reason, Subject};
use kw_staff::person::Role;
use kw_staff::power::{Power, Verb};
use kw_staff::statement::{ActionId, Statement};

use crate::context::Context;
use crate::failure::Failure;
use crate::session::Agent;
use crate::staff::draft::{self, Draft, Proposal};
use crate::staff::submit::{Signature, Taken, submit};
use crate::staff::{action, enrol, found, session};

/// A part to play.
#[derive(Debug, Clone)]
pub struct Part<'a> {
    /// The name.
    pub name: &'a str,
    /// The roles.
    pub roles: &'a [Role],
    /// The team.
    pub team: &'a str,
    /// When employment ends, if that is known.
    pub ends: Option<Millis>,
    /// Whether the passkey may be copied.
    pub backup: Backup,
}

/// Who plays it.
pub struct Understudy {
    /// The session.
    pub member: session::StaffMember,
    /// What their browser's cookie holds.
    pub token: String,
    authenticator: Mutex<Authenticator>,
}

/// Founds the staff of a server with these people, and signs each of them in.
pub async fn found(cx: &Context, parts: &[Part<'_>]) -> Result<Vec<Understudy>, Failure> {
    let code = found::begin(cx).await?;
    for part in parts {
        let roles: BTreeSet<Role> = part.roles.iter().copied().collect();
        let new = found::NewFounder { name: part.name, roles, team: part.team, ends: part.ends };
        found::add(cx, &code, &new).await?;
    }
    let mut keys = Vec::with_capacity(parts.len());
    for (founder, part) in found::load(cx, &code).await?.people.iter().zip(parts) {
        let authenticator = Authenticator::from_seed(&cx.random_bytes(), part.backup, Counting::Never);
        make_passkey(cx, &founder.code, &authenticator).await?;
        keys.push(authenticator);
    }
    found::finish(cx, &code).await?;
    let mut cast = Vec::with_capacity(keys.len());
    for authenticator in keys {
        cast.push(sign_in(cx, authenticator).await?);
    }
    Ok(cast)
}

/// Makes a passkey by the link that ends in `link`.
pub async fn make_passkey(cx: &Context, link: &str, authenticator: &Authenticator) -> Result<(), Failure> {
    let ceremony = enrol::begin(cx, link).await?;
    let made = authenticator.create(&ceremony.challenge, &enrol::party(cx)?);
    let made = enrol::Made { name: "A passkey in software", answer: &made.to_json() };
    enrol::finish(cx, link, &ceremony.code, made).await.map(drop)
}

/// Signs in with a passkey that the ledger knows.
pub async fn sign_in(cx: &Context, mut authenticator: Authenticator) -> Result<Understudy, Failure> {
    let asked = session::begin(cx).await?;
    let answer = authenticator.assert(&asked.challenge, &enrol::party(cx)?);
    let answer = answer.to_json(authenticator.credential());
    let token = session::finish(cx, &asked.code, &answer, &Agent::default()).await?;
    let member = session::authenticate(cx, &token).await?.ok_or_else(kw_domain::refusal::Refusal::forbidden)?;
    Ok(Understudy { member, token, authenticator: Mutex::new(authenticator) })
}

impl std::fmt::Debug for Understudy {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Understudy").field("member", &self.member).finish_non_exhaustive()
    }
}

impl Understudy {
    /// Signs in once more, as after a session that is over; gives what the browser's cookie holds.
    pub async fn sign_in_again(&self, cx: &Context) -> Result<String, Failure> {
        let (asked, party) = (session::begin(cx).await?, enrol::party(cx)?);
        let answer = {
            let mut authenticator = self.authenticator.lock().expect("no holder of this lock panics");
            let answer = authenticator.assert(&asked.challenge, &party);
            answer.to_json(authenticator.credential())
        };
        session::finish(cx, &asked.code, &answer, &Agent::default()).await
    }

    /// Proposes something, and signs it.
    pub async fn propose(&self, cx: &Context, proposal: &Proposal) -> Result<Taken, Failure> {
        let draft = draft::propose(cx, &self.member, proposal).await?;
        self.hand_in(cx, &draft).await
    }

    /// The same past the desk, which would refuse beforehand what cannot succeed.
    pub async fn insist(&self, cx: &Context, proposal: &Proposal) -> Result<Taken, Failure> {
        let draft = draft::unasked(cx, &self.member, proposal).await?;
        self.hand_in(cx, &draft).await
    }

    /// Signs another step of an action.
    pub async fn step(&self, cx: &Context, action: ActionId, verb: Verb) -> Result<Taken, Failure> {
        let proposal = action::load(cx, action).await?.proposal;
        let draft = draft::step(cx, &self.member, &proposal, verb);
        self.hand_in(cx, &draft).await
    }

    /// Signs exactly these words, and hands them in.
    pub async fn hand_in(&self, cx: &Context, draft: &Draft) -> Result<Taken, Failure> {
        let answer = self.sign(cx, &draft.statement)?;
        submit(cx, &self.member, Signature { text: &draft.text, answer: &answer, luggage: &draft.luggage }).await
    }

    /// What the passkey answers to a statement, as JSON.
    pub fn sign(&self, cx: &Context, statement: &Statement) -> Result<String, Failure> {
        self.sign_bytes(cx, statement.to_bytes())
    }

    /// What the passkey answers to whatever bytes a page shows, as JSON.
    pub fn sign_bytes(&self, cx: &Context, statement: Vec<u8>) -> Result<String, Failure> {
        let mut authenticator = self.authenticator.lock().expect("no holder of this lock panics");
        let signed = authenticator.sign(statement, &enrol::party(cx)?);
        Ok(signed.assertion.to_json(authenticator.credential()))
    }
}

/// A proposal about an account, with a reason that will do.
pub fn about(power: Power, account: AccountId, until: Option<Millis>) -> Proposal {
    let reason =
        Reason { ground: "spam".to_owned(), reference: "4.2".to_owned(), explanation: "It broke a rule.".to_owned() };
    Proposal {
        power,
        subject: Subject::account(account.0),
        until,
        parameters: std::collections::BTreeMap::new(),
        undo_needs: 1,
        reason,
        facts: "As reported.".to_owned(),
        document: None,
    }
}
