//! A small world for the tests of this crate: a model store, a clock that stands still, seeded chance, members.

mod faults;
mod sound;

use std::sync::Arc;

use kw_domain::account::{Account, OwnerState, Profile};
use kw_domain::id::{AccountId, PostId};
use kw_domain::post::Visibility;
use kw_store::fault::{FaultStore, Faults};
use kw_store::mem::MemStore;
use kw_store::{ManualClock, SharedStore};
use rand::SeedableRng;
use rand::rngs::StdRng;

use crate::authority::{Authority, Job};
use crate::context::{Context, Parts, Stores};
use crate::failure::Failure;
use crate::families::{ACCOUNT, HANDLE};
use crate::family::{Rows, Stored, Value};
use crate::feed::Bus;
use crate::key::{Key, Only};
use crate::operation::Before;
use crate::outside::Outside;
use crate::post::{NewPost, create};
use crate::rows::{AccountRow, OwnedRow};
use crate::settings::Settings;
use crate::tests::world::Polite;
use crate::view::PostView;
use crate::viewer::Viewer;

/// Monday, 2 November 2026, 12:00 UTC, in microseconds.
const NOON_MICROS: u64 = 1_793_620_800_000_000;

/// A server and its clock.
#[derive(Debug)]
pub(crate) struct World {
    pub cx: Context,
    pub clock: Arc<ManualClock>,
    /// The store below all faults.
    pub store: SharedStore,
    pub faults: Arc<FaultStore>,
}

impl World {
    /// A world in which nothing goes wrong.
    pub async fn new() -> Self {
        Self::seeded(1).await
    }

    /// The same with chance of its own. Faults begin when they are set.
    pub async fn seeded(seed: u64) -> Self {
        let clock = Arc::new(ManualClock::at_micros(NOON_MICROS));
        let store: SharedStore = Arc::new(Polite(MemStore::new(clock.clone())));
        // Another seed than chance has, or left-over steps would carry the ids of operations.
        let faults = Arc::new(FaultStore::new(store.clone(), !seed, Faults::NONE));
        let parts = Parts {
            stores: Stores::in_one(faults.clone()),
            clock: clock.clone(),
            chance: StdRng::seed_from_u64(seed),
            slot: 0,
            bus: Bus::default(),
            outside: Outside::default(),
            settings: Settings::at("http://kittiwake.example".parse().expect("it is an address")),
        };
        let cx = Context::start(parts).await.expect("an empty store is ready");
        Self { cx, clock, store, faults }
    }

    /// A new member.
    pub async fn member(&self, handle: &str) -> Authority {
        self.member_with(handle, Profile::default()).await
    }

    /// A new member who approves their followers.
    pub async fn locked_member(&self, handle: &str) -> Authority {
        self.member_with(handle, Profile { locked: true, ..Profile::default() }).await
    }

    async fn member_with(&self, handle: &str, profile: Profile) -> Authority {
        let id = AccountId(self.cx.mint_id().await.expect("the store answers"));
        let account =
            Account { id, handle: handle.to_owned(), created_at: id.at(), owner_state: OwnerState::Present, profile };
        let mut draft = self.cx.draft(&Authority::system(Job::Founding));
        draft.decide(&HANDLE, (&handle.to_ascii_lowercase(), &Only), Before::Absent, &OwnedRow { id: id.0 });
        draft.ensure(&ACCOUNT, (&id, &Only), &AccountRow::of(&account));
        self.cx.perform(draft).await.expect("the handle is free");
        Authority::seat(id)
    }

    /// The member as a viewer, with the graph as it is now.
    pub async fn viewer(&self, member: &Authority) -> Viewer {
        Viewer::member(&self.cx, id_of(member)).await.expect("the store answers")
    }

    /// Posts for everybody, a second later.
    pub async fn post(&self, member: &Authority, text: &str) -> PostView {
        self.post_as(member, text, Visibility::Public).await
    }

    /// Posts for some, a second later.
    pub async fn post_as(&self, member: &Authority, text: &str, visibility: Visibility) -> PostView {
        self.write(member, &NewPost { visibility, ..plain(text) }).await
    }

    /// Answers a post, a second later.
    pub async fn reply(&self, member: &Authority, to: PostId, text: &str) -> PostView {
        self.write(member, &NewPost { in_reply_to: Some(to), ..plain(text) }).await
    }

    /// Posts, a second later.
    pub async fn write(&self, member: &Authority, new: &NewPost) -> PostView {
        self.clock.advance_millis(1_000);
        create(&self.cx, member, new).await.expect("it is a fine post")
    }

    /// Every row of a family, with its partition.
    pub async fn all<P: Key, K: Key, V: Value>(&self, rows: &Rows<P, K, V>) -> Vec<(P, Stored<K, V>)> {
        let mut all = Vec::new();
        let mut token = None;
        loop {
            let page = self.store.sweep(rows.family, token.as_deref(), 1_000).await.expect("the model answers");
            for swept in page.rows.iter().filter(|swept| !swept.row.key.is_empty()) {
                let partition = P::from_bytes(&swept.partition).expect("a partition of this family");
                all.push((partition, rows.decode(&swept.row).expect("a row of this family")));
            }
            token = page.next;
            if token.is_none() {
                return all;
            }
        }
    }
}

/// A public post without anything special.
pub(crate) fn plain(text: &str) -> NewPost {
    NewPost {
        text: text.to_owned(),
        spoiler_text: String::new(),
        visibility: Visibility::Public,
        language: None,
        sensitive: false,
        in_reply_to: None,
        idempotency_key: None,
        application: None,
    }
}

/// Whose seat it is.
pub(crate) fn id_of(member: &Authority) -> AccountId {
    member.account().expect("a member has an account")
}

/// The code of the refusal that something ended in.
pub(crate) fn refusal<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> &'static str {
    match outcome {
        Err(Failure::Refused(refusal)) => refusal.code,
        other => panic!("not refused: {other:?}"),
    }
}
