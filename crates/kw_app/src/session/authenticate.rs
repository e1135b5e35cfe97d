//! Who somebody is by their token.

use std::sync::Arc;

use kw_domain::account::{Awaits, OwnerState, Reach};
use kw_domain::id::{AccountId, AppId, SessionId};
use kw_domain::refusal::{Kind, Refusal};
use kw_domain::scope::Scopes;
use kw_domain::time::Millis;

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::Failure;
use crate::families::{ACCOUNT, SESSION, TOKEN};
use crate::key::Only;
use crate::operation::Before;
use crate::rows::{Hash, SessionRow, TokenRow};
use crate::secret::token;
use crate::session::actor::{Actor, AppActor, Dormant, Hidden, Member, login_disabled};
use crate::session::keys::{Holder, Known, Session, State};
use crate::viewer::find_standing;

/// How exactly the last use of a session is kept, in milliseconds.
const USE_NOTED_MS: u64 = Millis::HOUR;

/// Who asks with `token`. Refused with its own sentence when the token is unknown, was revoked or expired, and when its
/// owner cannot use their account: sign-in frozen, not approved yet, address not confirmed, deactivated, unavailable.
///
/// The token of a browser still says who they are: of whoever deactivated their account ([`Actor::Dormant`]), and of
/// whose account staff made unavailable ([`Actor::Hidden`]).
pub async fn authenticate(cx: &Context, token: &str) -> Result<Actor, Failure> {
    let hash = token::hash(token);
    let is_over = |known: &Known| known.until_ms.is_some_and(|until| until <= cx.now().0);
    let known = match cx.caches().keys.find(&hash).filter(|known| !is_over(&known.0)) {
        Some(known) => known,
        None => load_known(cx, hash).await?,
    };
    let (known, _) = &*known;
    match &known.holder {
        Holder::App(app) => Ok(Actor::App(AppActor { app: *app, scopes: known.scopes.clone() })),
        Holder::Member(session) => {
            let actor = actor_of(cx, session, &known.scopes)?;
            if cx.now().0 >= session.note_at_ms {
                note_use(cx, session.account, session.session).await?;
            }
            Ok(actor)
        }
    }
}

/// Reads whose token it is. The session decides, not the token: revoking many sessions at once only takes their rows away.
async fn load_known(cx: &Context, hash: Hash) -> Result<Arc<(Known, State)>, Failure> {
    let keys = &cx.caches().keys;
    let before = keys.state(&hash, None);
    let row = cx.find(&TOKEN, &hash, &Only).await?.ok_or_else(unknown)?.value;
    if row.revoked_at.is_some() {
        return Err(revoked().into());
    }
    if row.until.is_some_and(|until| until <= cx.now().0) {
        return Err(expired().into());
    }
    let scopes = scopes_of(&row);
    let (holder, state) = match (row.account, row.session, row.app) {
        (Some(account), Some(session), _) => {
            let account = AccountId(account);
            let state = State { token: before.token, ..keys.state(&hash, Some(account)) };
            (Holder::Member(load_session(cx, hash, account, SessionId(session)).await?), state)
        }
        (_, _, Some(app)) => (Holder::App(AppId(app)), before),
        _ => return Err(unknown().into()),
    };
    Ok(keys.keep(&hash, Known { holder, scopes, until_ms: row.until }, state))
}

async fn load_session(cx: &Context, token: Hash, account: AccountId, session: SessionId) -> Result<Session, Failure> {
    let row = cx.find(&SESSION, &account, &session).await?;
    let row = row.filter(|row| row.value.token == token).ok_or_else(revoked)?.value;
    let owner = cx.find(&ACCOUNT, &account, &Only).await?.ok_or_else(revoked)?;
    let owner_state = owner.value.owner_state.into();
    Ok(Session { account, session, app: row.app.map(AppId), owner_state, note_at_ms: row.used_at + USE_NOTED_MS })
}

/// Who it is that the owner of a session is now.
fn actor_of(cx: &Context, known: &Session, scopes: &Scopes) -> Result<Actor, Failure> {
    let Session { account, session, app, owner_state, .. } = *known;
    let standing = find_standing(cx, account);
    if !standing.may_sign_in_at(cx.now()) {
        return Err(login_disabled().into());
    }
    let is_hidden = matches!(standing.reach_at(cx.now()), Reach::Unavailable { .. });
    Ok(match owner_state {
        OwnerState::Present if is_hidden && app.is_none() => Actor::Hidden(Hidden::new(account, session)),
        OwnerState::Present if is_hidden => return Err(login_disabled().into()),
        OwnerState::Present => Actor::Member(Member::new(account, session, app, scopes.clone())),
        OwnerState::Deactivated(_) if app.is_none() => Actor::Dormant(Dormant::new(account, session)),
        OwnerState::Deactivated(_) => return Err(login_disabled().into()),
        OwnerState::Pending(awaits) => return Err(waiting(awaits).into()),
        OwnerState::Deleted(_) => return Err(revoked().into()),
    })
}

/// Notes now and then that a session is in use. Whoever notes it at the same time has noted it for us.
async fn note_use(cx: &Context, account: AccountId, session: SessionId) -> Result<(), Failure> {
    let Some(row) = cx.find(&SESSION, &account, &session).await? else { return Ok(()) };
    let now = cx.now().0;
    if now < row.value.used_at + USE_NOTED_MS {
        return Ok(());
    }
    let used = SessionRow { used_at: now, ..row.value };
    let mut draft = cx.draft(&Authority::seat(account));
    draft.decide(&SESSION, (&account, &row.key), Before::Is(row.stamp), &used);
    match cx.perform(draft).await {
        Err(Failure::Conflict) | Ok(()) => Ok(()),
        Err(failure) => Err(failure),
    }
}

/// The scopes of a token; words that this version does not know any more give nothing.
pub(super) fn scopes_of(row: &TokenRow) -> Scopes {
    row.scopes.iter().filter_map(|word| kw_domain::scope::Scope::parse(word)).collect()
}

/// Why somebody who waits cannot use their account yet.
pub(crate) fn waiting(awaits: Awaits) -> Refusal {
    let (code, sentence) = if awaits.confirmation {
        ("awaits_confirmation", "Your login is missing a confirmed e-mail address")
    } else {
        ("awaits_approval", "Your login is currently pending approval")
    };
    Refusal::new(Kind::Forbidden, code, sentence)
}

fn unknown() -> Refusal {
    Refusal::new(Kind::Unauthenticated, "token_unknown", "The access token is invalid")
}

fn revoked() -> Refusal {
    Refusal::new(Kind::Unauthenticated, "token_revoked", "The access token was revoked")
}

fn expired() -> Refusal {
    Refusal::new(Kind::Unauthenticated, "token_expired", "The access token expired")
}
