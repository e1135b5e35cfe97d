//! Who looks, and what stands between them and those they look at.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use kw_domain::account::Standing;
use kw_domain::id::AccountId;
use kw_domain::visibility::{AuthorFacts, Between};

use crate::context::Context;
use crate::failure::Failure;
use crate::graph::{Graph, load_graph};
use crate::ledger::project;
use crate::sheet::{AccountSheet, load_account_sheet};

/// Somebody who looks: a member with their graph, or a visitor.
#[derive(Debug, Clone)]
pub struct Viewer {
    /// The member; none for a visitor.
    pub id: Option<AccountId>,
    /// Whom they follow, block, mute; empty for a visitor.
    pub graph: Arc<Graph>,
}

impl Viewer {
    /// Somebody who is not signed in.
    pub fn visitor() -> Self {
        Self { id: None, graph: Arc::default() }
    }

    /// A member, with the graph as it is now.
    pub async fn member(cx: &Context, id: AccountId) -> Result<Self, Failure> {
        Ok(Self { id: Some(id), graph: load_graph(cx, id).await? })
    }

    /// A member or a visitor.
    pub async fn of(cx: &Context, id: Option<AccountId>) -> Result<Self, Failure> {
        match id {
            Some(id) => Self::member(cx, id).await,
            None => Ok(Self::visitor()),
        }
    }

    /// Whether this is `account` itself.
    pub fn is(&self, account: AccountId) -> bool {
        self.id == Some(account)
    }
}

/// An account with everything that decides whether a viewer may see its things. Not itself a proof of anything.
#[derive(Debug, Clone)]
pub struct Person {
    /// The account.
    pub account: AccountSheet,
    /// What staff decided.
    pub standing: Standing,
    /// What stands between the viewer and it.
    pub between: Between,
}

impl Person {
    /// What the check asks of an author.
    pub fn facts(&self) -> AuthorFacts {
        AuthorFacts { id: self.account.id, owner_state: self.account.owner_state, standing: self.standing }
    }
}

/// The accounts of a page, each loaded once.
pub type People = BTreeMap<AccountId, Person>;

/// Loads accounts with their standing and what stands between them and `viewer`. Unknown ids are left out.
pub async fn load_people(cx: &Context, viewer: &Viewer, ids: &BTreeSet<AccountId>) -> Result<People, Failure> {
    let mut people = People::new();
    for id in ids {
        if let Some(person) = find_person(cx, viewer, *id).await? {
            people.insert(*id, person);
        }
    }
    Ok(people)
}

/// Loads one account, if there is one with that id.
pub async fn find_person(cx: &Context, viewer: &Viewer, id: AccountId) -> Result<Option<Person>, Failure> {
    let Some(account) = load_account_sheet(cx, id).await? else { return Ok(None) };
    let between = Between {
        viewer: viewer.id,
        follows: viewer.graph.follows.contains_key(&id),
        blocks: viewer.graph.blocks.contains_key(&id),
        // Nobody blocks themselves.
        blocked_by: viewer.id.is_some_and(|viewer| viewer != id && account.blocks(viewer)),
    };
    Ok(Some(Person { account, standing: find_standing(cx, id), between }))
}

/// What staff decided about an account, as the ledger says it; clear when nothing is on record. The standing row is not
/// asked: it follows from the ledger, and whoever can write rows cannot write the ledger (I4).
pub fn find_standing(cx: &Context, id: AccountId) -> Standing {
    project::standing(cx, id)
}
