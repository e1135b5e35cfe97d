//! Opening a session: its row, and the token by which it is found.

use std::net::IpAddr;

use kw_domain::id::{AccountId, AppId, SessionId};
use kw_domain::scope::Scopes;
use kw_domain::time::Millis;

use crate::code;
use crate::context::Context;
use crate::failure::Failure;
use crate::families::{SESSION, TOKEN};
use crate::key::Only;
use crate::operation::Draft;
use crate::rows::{Hash, SessionRow, TokenRow};

/// Sessions an account may have; a further one takes the place of the one that was not used for longest.
const SESSIONS_MAX: u64 = 200;
/// What a browser says it is, in characters.
const AGENT_CHARS_MAX: usize = 200;
/// How long a browser stays signed in, in milliseconds.
const BROWSER_MS: u64 = 365 * Millis::DAY;
/// How long a token that does not work any more is remembered, so that it can be told why, in milliseconds.
pub(crate) const REMEMBERED_MS: u64 = 30 * Millis::DAY;

/// What is at the other end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Agent {
    /// What it says it is (the `User-Agent`).
    pub name: String,
    /// From where it asks; never stored.
    pub address: Option<IpAddr>,
}

/// A token that was issued. It is shown once and cannot be read again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Issued {
    /// The token.
    pub token: String,
    /// What it may.
    pub scopes: Scopes,
    /// When it was made.
    pub created_at: Millis,
    /// Whose it is; none for an application by itself.
    pub account: Option<AccountId>,
    /// Its session; none for an application by itself.
    pub session: Option<SessionId>,
}

/// A session to be opened.
#[derive(Debug, Clone)]
pub(crate) struct Opening {
    /// Whose.
    pub account: AccountId,
    /// Through which client; none on our own pages.
    pub app: Option<AppId>,
    /// What it may.
    pub scopes: Scopes,
    /// What is at the other end.
    pub agent: String,
}

impl Opening {
    /// A session on our own pages.
    pub fn of_browser(account: AccountId, agent: &Agent) -> Self {
        Self { account, app: None, scopes: Scopes::of_browser(), agent: agent.name.clone() }
    }
}

/// Opens a session as a consequence of `draft`.
pub(crate) async fn ensure(cx: &Context, draft: &mut Draft, opening: &Opening) -> Result<Issued, Failure> {
    make_room(cx, draft, opening.account).await?;
    let (token, hash) = code::mint(cx);
    let (id, now) = (SessionId(cx.mint_id().await?), cx.now());
    let until = opening.app.is_none().then(|| now.plus_ms(BROWSER_MS).0);
    let agent = opening.agent.chars().filter(|c| !c.is_control()).take(AGENT_CHARS_MAX).collect();
    let row = SessionRow {
        app: opening.app.map(|app| app.0),
        scopes: opening.scopes.words(),
        created_at: now.0,
        used_at: now.0,
        token: hash,
        agent,
        until,
    };
    draft.ensure(&SESSION, (&opening.account, &id), &row);
    ensure_token(draft, &hash, &token_row(&row, opening.account, id));
    let (account, session) = (Some(opening.account), Some(id));
    Ok(Issued { token, scopes: opening.scopes.clone(), created_at: now, account, session })
}

/// A token that ends is forgotten some time after its end.
pub(crate) fn ensure_token(draft: &mut Draft, hash: &Hash, row: &TokenRow) {
    let end = row.revoked_at.or(row.until);
    draft.ensure_until(&TOKEN, (hash, &Only), row, end.map(|end| end + REMEMBERED_MS));
}

/// The token row of a session.
pub(crate) fn token_row(row: &SessionRow, account: AccountId, id: SessionId) -> TokenRow {
    TokenRow {
        account: Some(account.0),
        session: Some(id.0),
        app: row.app,
        scopes: row.scopes.clone(),
        created_at: row.created_at,
        until: row.until,
        revoked_at: None,
    }
}

async fn make_room(cx: &Context, draft: &mut Draft, account: AccountId) -> Result<(), Failure> {
    if cx.count(&SESSION, &account).await? < SESSIONS_MAX {
        return Ok(());
    }
    let sessions = cx.list_all(&SESSION, &account, SESSIONS_MAX as usize * 2).await?;
    if let Some(oldest) = sessions.iter().min_by_key(|row| (row.value.used_at, row.key)) {
        draft.ensure_gone(&SESSION, (&account, &oldest.key));
        let row = TokenRow { revoked_at: Some(cx.now().0), ..token_row(&oldest.value, account, oldest.key) };
        ensure_token(draft, &oldest.value.token, &row);
    }
    Ok(())
}
