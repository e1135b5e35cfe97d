//! Staff's browsers: signing in with a passkey and nothing else, short sessions that are listed and can be ended, and that
//! end by themselves on the second when employment or the key does.
//!
//! A session lets somebody look and prepare. It gives no power: each step of an action is signed by itself.

use kw_domain::refusal::{Kind, Refusal};
use kw_domain::time::Millis;
use kw_staff::assertion::{Assertion, check_sign_in};
use kw_staff::person::{KeyId, PersonId};
use serde::{Deserialize, Serialize};

use crate::authority::{Authority, Job};
use crate::code::{self, Purpose};
use crate::context::Context;
use crate::failure::Failure;
use crate::families::CODE;
use crate::families::staff::{STAFF_BROWSER, STAFF_SESSION};
use crate::key::Only;
use crate::operation::Before;
use crate::rows::Hash;
use crate::secret::token;
use crate::session::Agent;
use crate::staff::house::{self, to_domain};
use crate::staff::rows::{StaffBrowserRow, StaffSessionRow};

/// How long a session lasts, in milliseconds.
pub const SESSION_MS: u64 = 30 * Millis::MINUTE;
/// How long a challenge waits for its passkey, in milliseconds.
const CHALLENGE_MS: u64 = 5 * Millis::MINUTE;
/// Sessions a person may have; the one that would be over first gives way.
const SESSIONS_MAX: usize = 20;
/// What a browser says it is, in characters.
const AGENT_CHARS_MAX: usize = 200;

/// A member of staff, by a session of theirs. Holds no power and no authority.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffMember {
    /// Who.
    pub person: PersonId,
    /// The passkey they signed in with; the one they are asked to sign with.
    pub key: KeyId,
    /// Which session.
    pub session: Hash,
    /// When it is over.
    pub until: Millis,
}

/// A sign-in that has begun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// What it goes on with; used once.
    pub code: String,
    /// What the passkey signs.
    pub challenge: [u8; 32],
}

/// A session in the list of its person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffSession {
    /// Which one.
    pub session: Hash,
    /// When it began.
    pub began: Millis,
    /// When it is over.
    pub until: Millis,
    /// What the browser says it is.
    pub agent: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct Waiting {
    challenge: [u8; 32],
}

/// Begins a sign-in: a challenge that is good for five minutes, and once.
pub async fn begin(cx: &Context) -> Result<Challenge, Failure> {
    let challenge = cx.random_bytes::<32>();
    let (code, hash) = code::mint(cx);
    let mut draft = cx.draft(&desk());
    let row = Purpose::StaffSignIn.row(&Waiting { challenge });
    draft.decide_until(&CODE, (&hash, &Only), Before::Absent, &row, Some(cx.now().plus_ms(CHALLENGE_MS).0));
    cx.perform(draft).await?;
    Ok(Challenge { code, challenge })
}

/// Ends a sign-in with what the passkey answered. Gives the token for the browser's cookie.
///
/// The key says who it is: it must be live, and its person employed now. Whatever is wrong is refused alike.
pub async fn finish(cx: &Context, code: &str, answer: &str, agent: &Agent) -> Result<String, Failure> {
    let kept = code::find::<Waiting>(cx, Purpose::StaffSignIn, code).await?.ok_or_else(not_accepted)?;
    let (key, assertion) = Assertion::from_json(answer).map_err(|why| refused(&why))?;
    let now = cx.now();
    let person = cx.ledger().read(|log| {
        let (held, member) = log.fold().holder(&key).ok_or_else(not_accepted)?;
        let party = house::party(log.fold()).ok_or_else(not_accepted)?;
        check_sign_in(&kept.value.challenge, &assertion, &held.key, &party).map_err(|why| refused(&why))?;
        let may_enter = held.is_live() && member.person.is_employed_at(house::moment(now));
        if may_enter { Ok(held.key.person) } else { Err(ended()) }
    })?;
    open(cx, (kept.hash, kept.stamp), (person, key), agent).await
}

async fn open(
    cx: &Context,
    (code, stamp): (Hash, kw_store::Stamp),
    (person, key): (PersonId, KeyId),
    agent: &Agent,
) -> Result<String, Failure> {
    let (token, hash) = code::mint(cx);
    let now = cx.now();
    let row = StaffSessionRow {
        person: person.0,
        key: key.0,
        began: now.0,
        until: now.plus_ms(SESSION_MS).0,
        agent: agent.name.chars().filter(|c| !c.is_control()).take(AGENT_CHARS_MAX).collect(),
    };
    let mut draft = cx.draft(&desk());
    draft.decide_gone(&CODE, (&code, &Only), stamp);
    for old in oldest_beyond(list(cx, person).await?) {
        draft.ensure_gone(&STAFF_SESSION, (&old, &Only));
        draft.ensure_gone(&STAFF_BROWSER, (&u64::from(person.0), &old));
    }
    draft.ensure_until(&STAFF_SESSION, (&hash, &Only), &row, Some(row.until));
    draft.ensure_until(&STAFF_BROWSER, (&u64::from(person.0), &hash), &StaffBrowserRow {}, Some(row.until));
    cx.perform(draft).await?;
    Ok(token)
}

fn oldest_beyond(mut sessions: Vec<StaffSession>) -> Vec<Hash> {
    sessions.sort_by_key(|session| session.until);
    let surplus = (sessions.len() + 1).saturating_sub(SESSIONS_MAX);
    sessions.into_iter().take(surplus).map(|session| session.session).collect()
}

/// Who sits at a browser with `token`. None when the session is over or was ended, and from the second on at which the
/// person's employment or the key has ended.
pub async fn authenticate(cx: &Context, token: &str) -> Result<Option<StaffMember>, Failure> {
    let hash = token::hash(token);
    let Some(row) = cx.find(&STAFF_SESSION, &hash, &Only).await? else { return Ok(None) };
    let StaffSessionRow { person, key, until, .. } = row.value;
    let (now, key) = (cx.now(), KeyId(key));
    let is_live = cx.ledger().read(|log| {
        let holder = log.fold().holder(&key);
        holder.is_some_and(|(held, member)| {
            held.is_live() && held.key.person == PersonId(person) && member.person.is_employed_at(house::moment(now))
        })
    });
    let member = StaffMember { person: PersonId(person), key, session: hash, until: Millis(until) };
    Ok((is_live && now.0 < until).then_some(member))
}

/// A person's sessions, the one that lasts longest first.
pub async fn list(cx: &Context, person: PersonId) -> Result<Vec<StaffSession>, Failure> {
    let mut sessions = Vec::new();
    for browser in cx.list_all(&STAFF_BROWSER, &u64::from(person.0), 2 * SESSIONS_MAX).await? {
        if let Some(row) = cx.find(&STAFF_SESSION, &browser.key, &Only).await? {
            let StaffSessionRow { began, until, agent, .. } = row.value;
            sessions.push(StaffSession { session: browser.key, began: Millis(began), until: Millis(until), agent });
        }
    }
    sessions.sort_by_key(|session| std::cmp::Reverse(session.until));
    Ok(sessions)
}

/// Ends one of the member's own sessions; the one they use, to sign out. Unknown ones are none of theirs.
pub async fn end(cx: &Context, member: &StaffMember, session: Hash) -> Result<(), Failure> {
    let own = list(cx, member.person).await?;
    if !own.iter().any(|own| own.session == session) {
        return Err(Refusal::missing().into());
    }
    let mut draft = cx.draft(&desk());
    draft.ensure_gone(&STAFF_SESSION, (&session, &Only));
    draft.ensure_gone(&STAFF_BROWSER, (&u64::from(member.person.0), &session));
    cx.perform(draft).await
}

/// The authority of staff's desk: sessions and preparations, and nothing that has power.
pub(super) const fn desk() -> Authority {
    Authority::system(Job::StaffDesk)
}

fn refused(why: &kw_staff::refusal::Refusal) -> Refusal {
    tracing::info!(code = why.code, "a sign-in of staff was refused");
    to_domain(why.clone())
}

fn not_accepted() -> Refusal {
    let sentence =
        "This passkey was not accepted. Load the page again; if it stays so, ask a colleague to enrol a new one.";
    Refusal::new(Kind::Unauthenticated, "passkey_refused", sentence)
}

fn ended() -> Refusal {
    let sentence = "Your time here or this passkey has ended, so there is nothing to sign in to. Ask a colleague.";
    Refusal::new(Kind::Forbidden, "powers_ended", sentence)
}
