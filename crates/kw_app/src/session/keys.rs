//! Whose tokens are, kept in memory: a request of somebody who was here lately costs no read. A session that ends, an owner
//! whose state changes, and a token that is taken back are heard of and believed at once; what staff decided is asked of
//! the ledger every time, and so is the clock.

use std::sync::Arc;

use kw_domain::account::OwnerState;
use kw_domain::id::{AccountId, AppId, SessionId};
use kw_domain::scope::Scopes;

use crate::kept::{Before, Changes, Kept};
use crate::rows::Hash;

/// What is known of a token that works.
#[derive(Debug)]
pub(crate) struct Known {
    pub holder: Holder,
    pub scopes: Scopes,
    /// When the token ends by itself.
    pub until_ms: Option<u64>,
}

/// Whose a token is.
#[derive(Debug)]
pub(crate) enum Holder {
    /// A client's own.
    App(AppId),
    /// A member's, by a session.
    Member(Session),
}

/// A session with its owner.
#[derive(Debug)]
pub(crate) struct Session {
    pub account: AccountId,
    pub session: SessionId,
    pub app: Option<AppId>,
    pub owner_state: OwnerState,
    /// When its use is to be noted again.
    pub note_at_ms: u64,
}

/// The tokens that are known.
#[derive(Debug)]
pub struct Keys {
    known: Kept<Hash, Arc<(Known, State)>>,
    owners: Changes<AccountId>,
    tokens: Changes<u64>,
}

/// The state of a token and of its owner before they were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct State {
    pub token: Before,
    pub owner: Option<Before>,
}

impl Keys {
    /// Room for `tokens_max` tokens.
    pub fn new(tokens_max: usize) -> Self {
        Self { known: Kept::new(tokens_max), owners: Changes::default(), tokens: Changes::default() }
    }

    /// What is known of the token with this hash, if it still holds.
    pub(crate) fn find(&self, hash: &Hash) -> Option<Arc<(Known, State)>> {
        let known = self.known.find(hash)?;
        let owner = match &known.0.holder {
            Holder::Member(session) => Some(session.account),
            Holder::App(_) => None,
        };
        (self.state(hash, owner) == known.1).then_some(known)
    }

    /// To be asked before a token and its owner are read.
    pub(crate) fn state(&self, hash: &Hash, owner: Option<AccountId>) -> State {
        State { token: self.tokens.before(&first_of(hash)), owner: owner.map(|owner| self.owners.before(&owner)) }
    }

    /// Keeps what was read in `state`. It is only believed as long as the state is the same.
    pub(crate) fn keep(&self, hash: &Hash, known: Known, state: State) -> Arc<(Known, State)> {
        self.known.keep(hash, Arc::new((known, state)), self.known.before(hash))
    }

    /// The sessions or the state of an owner changed.
    pub fn forget_owner(&self, owner: AccountId) {
        self.owners.note(&owner);
    }

    /// A token changed whose hash begins with these eight bytes.
    pub fn forget_token(&self, first: u64) {
        self.tokens.note(&first);
    }

    /// Everything may have changed.
    pub fn forget_all(&self) {
        self.owners.note_all();
        self.tokens.note_all();
        self.known.forget_all();
    }
}

fn first_of(hash: &Hash) -> u64 {
    hash.iter().take(8).fold(0, |number, byte| number << 8 | u64::from(*byte))
}
