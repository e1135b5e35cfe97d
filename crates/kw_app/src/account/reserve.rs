//! Reserving what must be unique before an account is created: each by an operation of its own that expires, so that a
//! sign-up which stops half-way holds nothing for long.

use kw_domain::id::AccountId;
use kw_domain::refusal::Refusal;
use kw_domain::sign_up::{email_taken, handle_taken, invitation_refused};
use kw_domain::time::Millis;
use kw_store::Stamp;

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::{EMAIL, HANDLE, INVITATION_USE};
use crate::invitation::redeem::{self, Place};
use crate::key::Only;
use crate::operation::{Before, Draft};
use crate::rows::{Hash, OwnedRow};

/// How long something stays reserved, in milliseconds.
pub const RESERVED_MS: u64 = 10 * Millis::MINUTE;

/// Something that is reserved.
#[derive(Debug, Clone)]
pub enum Claim {
    /// A folded handle.
    Handle(String),
    /// The hash of an e-mail address.
    Email(Hash),
    /// A place of an invitation.
    Place(Place),
}

/// Who reserves.
#[derive(Debug, Clone, Copy)]
pub struct Claimant<'a> {
    /// For which account.
    pub account: AccountId,
    /// By what right.
    pub authority: &'a Authority,
}

/// What one sign-up has reserved.
#[derive(Debug)]
pub struct Claims<'a> {
    who: Claimant<'a>,
    held: Vec<Claim>,
    until: Millis,
}

impl<'a> Claims<'a> {
    /// Nothing yet.
    pub fn new(cx: &Context, who: Claimant<'a>) -> Self {
        Self { who, held: Vec::new(), until: cx.now().plus_ms(RESERVED_MS) }
    }

    /// Reserves a handle.
    pub async fn handle(&mut self, cx: &Context, folded: &str) -> Result<(), Failure> {
        let (who, until) = (self.who, self.until);
        let claim = Claim::Handle(folded.to_owned());
        retry(|| claim_once(cx, who, &claim, until)).await?;
        self.held.push(claim);
        Ok(())
    }

    /// Reserves an e-mail address.
    pub async fn email(&mut self, cx: &Context, hash: Hash) -> Result<(), Failure> {
        let (who, until) = (self.who, self.until);
        let claim = Claim::Email(hash);
        retry(|| claim_once(cx, who, &claim, until)).await?;
        self.held.push(claim);
        Ok(())
    }

    /// Reserves a place of an invitation.
    pub async fn place(&mut self, cx: &Context, code: &str) -> Result<(), Failure> {
        let (account, until) = (self.who.account, self.until.0);
        let place = retry(|| redeem::reserve_once(cx, code, account, until)).await?;
        let place = place.ok_or_else(|| Refusal::faults(vec![invitation_refused()]))?;
        self.held.push(Claim::Place(place));
        Ok(())
    }

    /// Whether everything is still reserved for long enough to go on.
    pub fn check_fresh(&self, now: Millis) -> Result<(), Failure> {
        if now.plus_ms(Millis::MINUTE) < self.until { Ok(()) } else { Err(Failure::Conflict) }
    }

    /// Keeps everything for good, as a consequence.
    pub fn ensure(&self, draft: &mut Draft) {
        let owner = OwnedRow { id: self.who.account.0 };
        for claim in &self.held {
            match claim {
                Claim::Handle(folded) => draft.ensure(&HANDLE, (folded, &Only), &owner),
                Claim::Email(hash) => draft.ensure(&EMAIL, (hash, &Only), &owner),
                Claim::Place(place) => draft.ensure(&INVITATION_USE, (&place.hash, &place.number), &owner),
            }
        }
    }

    /// Gives everything back, so that the same person can try again at once. What cannot be given back expires.
    pub async fn release(&self, cx: &Context) {
        for claim in &self.held {
            if let Err(failure) = release_once(cx, self.who, claim).await {
                tracing::debug!(%failure, "a reservation stays until it expires");
            }
        }
    }
}

/// The row of a claim: whose it is, and its stamp.
async fn find_owner(cx: &Context, claim: &Claim) -> Result<Option<(u64, Stamp)>, Failure> {
    let row = match claim {
        Claim::Handle(folded) => cx.find(&HANDLE, folded, &Only).await?.map(|row| (row.value.id, row.stamp)),
        Claim::Email(hash) => cx.find(&EMAIL, hash, &Only).await?.map(|row| (row.value.id, row.stamp)),
        Claim::Place(place) => {
            cx.find(&INVITATION_USE, &place.hash, &place.number).await?.map(|row| (row.value.id, row.stamp))
        }
    };
    Ok(row)
}

async fn claim_once(cx: &Context, who: Claimant<'_>, claim: &Claim, until: Millis) -> Result<(), Failure> {
    match find_owner(cx, claim).await? {
        Some((id, _)) if id == who.account.0 => return Ok(()),
        Some(_) => return Err(taken(claim).into()),
        None => {}
    }
    let (owner, until) = (OwnedRow { id: who.account.0 }, Some(until.0));
    let mut draft = cx.draft(who.authority);
    match claim {
        Claim::Handle(folded) => draft.decide_until(&HANDLE, (folded, &Only), Before::Absent, &owner, until),
        Claim::Email(hash) => draft.decide_until(&EMAIL, (hash, &Only), Before::Absent, &owner, until),
        Claim::Place(place) => {
            draft.decide_until(&INVITATION_USE, (&place.hash, &place.number), Before::Absent, &owner, until);
        }
    }
    cx.perform(draft).await
}

async fn release_once(cx: &Context, who: Claimant<'_>, claim: &Claim) -> Result<(), Failure> {
    let Some((id, stamp)) = find_owner(cx, claim).await? else { return Ok(()) };
    if id != who.account.0 {
        return Ok(());
    }
    let mut draft = cx.draft(who.authority);
    match claim {
        Claim::Handle(folded) => draft.decide_gone(&HANDLE, (folded, &Only), stamp),
        Claim::Email(hash) => draft.decide_gone(&EMAIL, (hash, &Only), stamp),
        Claim::Place(place) => draft.decide_gone(&INVITATION_USE, (&place.hash, &place.number), stamp),
    }
    cx.perform(draft).await
}

fn taken(claim: &Claim) -> Refusal {
    Refusal::faults(vec![match claim {
        Claim::Handle(_) => handle_taken(),
        Claim::Email(_) => email_taken(),
        Claim::Place(_) => invitation_refused(),
    }])
}
