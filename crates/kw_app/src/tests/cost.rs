//! What hiding an account and bringing it back write (I2): the same for one follower and for 100,000, counted by the store.

use std::sync::{Arc, Mutex};

use bytes::Bytes;
use kw_domain::id::{AccountId, RelationId};
use kw_domain::time::Millis;
use kw_staff::authenticator::Backup;
use kw_staff::person::Role;
use kw_staff::power::{Power, Verb};
use kw_store::mem::MemStore;
use kw_store::{
    Batch, Change, Condition, Direction, Family, ManualClock, Operation, OperationId, Outcome, Page, Partition, Put,
    Range, Row, SharedStore, Stamp, Store, StoreFuture, SweepPage, limit,
};
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::world::form;
use crate::account::sign_up;
use crate::buckets::Bucket;
use crate::context::{Context, Parts, Stores};
use crate::families::FOLLOWERS;
use crate::family::Rows;
use crate::feed::Bus;
use crate::key::Key;
use crate::outside::Outside;
use crate::rows::OwnedRow;
use crate::settings::{PasswordCost, Settings};
use crate::staff::rename;
use crate::staff::understudy::{Part, about, found};

/// 25 November 2026, in microseconds.
const START_MICROS: u64 = 1_795_600_000_000_000;
/// Followers of the smaller account, and of the larger. Both accounts are notable.
const FOLLOWERS_OF_EACH: [u64; 2] = [1, 100_000];

/// What was written of one family: its name, rows, and bytes of keys and values.
type Written = (&'static str, usize, usize);

/// A store that counts what is written.
#[derive(Debug)]
struct Counting {
    inner: MemStore,
    operations: Mutex<Vec<Vec<Written>>>,
}

impl Counting {
    /// The operations since this was last asked.
    fn take(&self) -> Vec<Vec<Written>> {
        std::mem::take(&mut self.operations.lock().expect("no holder of this lock panics"))
    }
}

fn written(step: &Batch) -> Written {
    let bytes = |change: &Change| change.key.len() + change.put.as_ref().map_or(0, |put| put.value.len());
    (step.partition.family.name, step.changes.len(), step.changes.iter().map(bytes).sum())
}

impl Store for Counting {
    fn get<'a>(&'a self, partition: &'a Partition, keys: &'a [Bytes]) -> StoreFuture<'a, Vec<Option<Row>>> {
        self.inner.get(partition, keys)
    }

    fn scan<'a>(
        &'a self,
        partition: &'a Partition,
        range: &'a Range,
        direction: Direction,
        rows_max: usize,
    ) -> StoreFuture<'a, Page> {
        self.inner.scan(partition, range, direction, rows_max)
    }

    fn perform<'a>(&'a self, operation: &'a Operation) -> StoreFuture<'a, Outcome> {
        let steps = operation.steps.iter().map(written).collect();
        self.operations.lock().expect("no holder of this lock panics").push(steps);
        self.inner.perform(operation)
    }

    fn sweep<'a>(&'a self, family: Family, token: Option<&'a [u8]>, rows_max: usize) -> StoreFuture<'a, SweepPage> {
        self.inner.sweep(family, token, rows_max)
    }
}

async fn server() -> (Context, Arc<Counting>) {
    let clock = Arc::new(ManualClock::at_micros(START_MICROS));
    let counting = Arc::new(Counting { inner: MemStore::new(clock.clone()), operations: Mutex::default() });
    let store: SharedStore = counting.clone();
    let origin = "https://cliff.example".parse().expect("an address");
    let parts = Parts {
        stores: Stores::in_one(store),
        clock,
        chance: StdRng::seed_from_u64(7),
        slot: 0,
        bus: Bus::default(),
        outside: Outside::default(),
        settings: Settings { password_cost: PasswordCost::Least, ..Settings::at(origin) },
    };
    (Context::start(parts).await.expect("a new server starts"), counting)
}

/// Followers as the store holds them, without their accounts: nothing that is measured looks at those.
async fn give_followers(store: &Counting, account: AccountId, followers: u64) {
    let partition = FOLLOWERS.rows.partition(&(account, Bucket(0)));
    let follower = |number: u64| Change {
        key: RelationId(number).to_bytes(),
        put: Some(Put {
            value: Rows::<(AccountId, Bucket), RelationId, OwnedRow>::encode(&OwnedRow { id: number }),
            expires_ms: None,
        }),
        condition: Condition::Absent,
        stamp: None,
    };
    let numbers: Vec<u64> = (1..=followers).collect();
    for some in numbers.chunks(limit::STEP_ROWS_MAX) {
        let changes = some.iter().map(|number| follower(*number)).collect();
        let operation = Operation {
            id: OperationId(u128::from(some[0])),
            stamp: Stamp(START_MICROS),
            not_after_ms: u64::MAX >> 1,
            steps: vec![Batch { partition: partition.clone(), changes }],
        };
        assert_eq!(store.inner.perform(&operation).await.expect("the model answers"), Outcome::Done);
    }
}

/// What each part of an evening writes.
#[derive(Debug, PartialEq, Eq)]
struct Evening {
    hiding: Vec<Vec<Written>>,
    undoing: Vec<Vec<Written>>,
    restoring: Vec<Vec<Written>>,
    renaming: Vec<Vec<Written>>,
}

/// A notable account with so many followers is hidden and brought back, twice, and gets another handle.
async fn evening(followers: u64) -> Evening {
    let (cx, store) = server().await;
    let part =
        |name, role: &'static [Role], team| Part { name, roles: role, team, ends: None, backup: Backup::DeviceBound };
    let parts = [
        part("Ines", &[Role::Moderator], "day"),
        part("Milo", &[Role::Moderator], "night"),
        part("Lena", &[Role::TrustLead], "trust"),
    ];
    let staff = found(&cx, &parts).await.expect("nobody has founded before");
    let signed_up = sign_up(&cx, &form("paper")).await.expect("a good form");
    let account = signed_up.account;
    let mut label = about(Power::LabelAdd, account, None);
    label.parameters.insert("label".to_owned(), "press".to_owned());
    staff[0].propose(&cx, &label).await.expect("protecting takes one");
    give_followers(&store, account, followers).await;
    let until = Some(cx.now().plus_ms(Millis::DAY));

    let taken = staff[0].propose(&cx, &about(Power::TakeDown, account, until)).await.expect("she may propose");
    store.take();
    staff[1].step(&cx, taken.action, Verb::Approve).await.expect("he is the second");
    let hiding = store.take();
    staff[2].step(&cx, taken.action, Verb::Undo).await.expect("one undoes");
    let undoing = store.take();
    // Within a day of being brought back, hiding takes one more.
    let taken = staff[0].propose(&cx, &about(Power::TakeDown, account, until)).await.expect("she may propose");
    for colleague in &staff[1..] {
        colleague.step(&cx, taken.action, Verb::Approve).await.expect("they may approve");
    }
    store.take();
    staff[2].propose(&cx, &about(Power::Restore, account, None)).await.expect("one brings back");
    let restoring = store.take();
    let mut rename = about(Power::Rename, account, None);
    rename.parameters = rename::parameters("paper", "gazette").into();
    let taken = staff[0].propose(&cx, &rename).await.expect("she may propose");
    staff[1].step(&cx, taken.action, Verb::Approve).await.expect("he is the second");
    store.take();
    staff[2].step(&cx, taken.action, Verb::Approve).await.expect("she leads");
    Evening { hiding, undoing, restoring, renaming: store.take() }
}

/// The bytes of everything that was written.
fn bytes(operations: &[Vec<Written>]) -> usize {
    operations.iter().flatten().map(|(_, _, bytes)| bytes).sum()
}

/// The families and numbers of rows of each operation.
fn rows(operations: &[Vec<Written>]) -> Vec<Vec<(&'static str, usize)>> {
    operations.iter().map(|steps| steps.iter().map(|(name, rows, _)| (*name, *rows)).collect()).collect()
}

#[tokio::test]
async fn hiding_bringing_back_and_renaming_write_the_same_for_one_follower_and_for_100_000() {
    let [small, large] = FOLLOWERS_OF_EACH;
    let (few, many) = (evening(small).await, evening(large).await);
    assert_eq!((&few.hiding, &few.undoing), (&many.hiding, &many.undoing), "operations, rows and bytes");
    assert_eq!(few.renaming, many.renaming, "operations, rows and bytes");
    assert_eq!(rows(&few.restoring), rows(&many.restoring));
    // A proposal says in its words how many follow the account: that number has five digits more, and is kept in base64.
    let digits = (large.ilog10() - small.ilog10()) as usize;
    let more = bytes(&many.restoring) - bytes(&few.restoring);
    assert!((digits..=2 * digits).contains(&more), "{more} bytes more");
}

#[tokio::test]
async fn hiding_is_one_batch_of_the_ledger_one_row_of_standing_and_one_of_the_feed() {
    let evening = evening(1).await;
    // The owner is told by a row more, which is no part of the decision. Entries: the step and its effect; and where a proposal restores, also the end of what hid.
    for (operations, entries) in [(&evening.hiding, 2), (&evening.undoing, 2), (&evening.restoring, 3)] {
        let keys = vec![("opening_keys", entries)];
        let ledger = vec![("ledger", 1 + entries), ("detail", entries)];
        let network = vec![("standing", 1), ("feed", 1)];
        let owner = vec![("notification", 1), ("feed", 1)];
        assert_eq!(rows(operations), [keys, ledger, network, owner]);
    }
}
