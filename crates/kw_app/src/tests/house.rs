//! Examining a store: what is whole passes, what is not is named.

use std::sync::Arc;

use bytes::Bytes;
use kw_domain::id::{AccountId, PostId};
use kw_domain::post::Visibility;
use kw_domain::time::Millis;
use kw_store::row::count_row;
use kw_store::{
    Batch, Change, Condition, Direction, Family, Operation, OperationId, Outcome, Page, Partition, Range, Row, Stamp,
    Store, StoreFuture, SweepPage,
};
use rand::SeedableRng;
use rand::rngs::StdRng;

use super::world::{PASSWORD, World};
use crate::account::{deactivate, erase_due};
use crate::context::{Context, Parts, Stores};
use crate::families::{ACCOUNT, FOLLOWERS, FOLLOWING, SESSION};
use crate::feed::Bus;
use crate::house::{Census, CensusWalk, Finding, Numbers, census, compare_counts, count_rows, count_some, examine};
use crate::key::{Key, Only};
use crate::outside::Outside;
use crate::post::{self, NewPost};
use crate::relationship::{FollowChoices, block, follow};
use crate::session::{Member, list, remove_expired};

/// Later than anything in these tests.
const LATE: Stamp = Stamp(i64::MAX as u64);

async fn findings(cx: &Context) -> Vec<Finding> {
    examine(cx, |_| {}).await.expect("the store answers").findings
}

/// Ada, who follows Ben.
async fn world_with_a_follow() -> (World, AccountId, AccountId) {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let followed = follow(&world.cx, ada.authority(), ben.account, &FollowChoices::default()).await;
    followed.expect("anyone may follow Ben");
    (world, ada.account, ben.account)
}

/// Deletes a row behind everybody's back.
async fn lose(cx: &Context, partition: Partition, key: Bytes) {
    let change = Change { key, put: None, condition: Condition::Newer, stamp: Some(LATE) };
    let operation = Operation {
        id: OperationId(7),
        stamp: LATE,
        not_after_ms: LATE.0,
        steps: vec![Batch { partition, changes: vec![change] }],
    };
    assert_eq!(cx.store().perform(&operation).await, Ok(Outcome::Done));
}

#[tokio::test]
async fn a_census_sees_every_member_once_however_many_there_are() {
    let world = World::new().await;
    for number in 0..450 {
        let member = world.member(&format!("m{number}")).await;
        say(&world, &member, "hello", None).await;
    }
    let (mut walk, mut steps) = (CensusWalk::default(), 1);
    while !count_some(&world.cx, &mut walk).await.expect("the store answers") {
        assert_eq!(census(&world.cx), Census::default(), "half a walk tells nothing");
        steps += 1;
    }
    assert_eq!((steps, census(&world.cx)), (3, Census { posts: 450, active_month: 450 }));
}

#[tokio::test]
async fn a_store_that_only_use_cases_wrote_is_whole() {
    let (world, ..) = world_with_a_follow().await;
    assert_eq!(findings(&world.cx).await, []);
}

async fn say(world: &World, who: &Member, text: &str, in_reply_to: Option<PostId>) -> PostId {
    let new = NewPost {
        text: text.to_owned(),
        spoiler_text: String::new(),
        visibility: Visibility::Public,
        language: None,
        sensitive: false,
        in_reply_to,
        idempotency_key: None,
        application: None,
    };
    post::create(&world.cx, who.authority(), &new).await.expect("a good post").post.id
}

#[tokio::test]
async fn a_store_stays_whole_when_posts_are_deleted_and_accounts_erased() {
    let world = World::new().await;
    let (ada, ben, cleo) = (world.member("ada").await, world.member("ben").await, world.member("cleo").await);
    for (who, whom) in [(&ada, &ben), (&cleo, &ada), (&ben, &cleo)] {
        let followed = follow(&world.cx, who.authority(), whom.account, &FollowChoices::default()).await;
        followed.expect("anyone may follow");
    }
    let gone = say(&world, &ben, "soon gone #gale", None).await;
    let kept = say(&world, &ben, "here to stay #gale @ada", None).await;
    say(&world, &ada, "@ben indeed", Some(kept)).await;
    say(&world, &cleo, "@ben really", Some(gone)).await;
    for id in [gone, kept] {
        for who in [&ada, &cleo] {
            post::favourite(&world.cx, who.authority(), id).await.expect("anyone may");
            post::bookmark(&world.cx, who.authority(), id).await.expect("anyone may");
            post::boost(&world.cx, who.authority(), id, None).await.expect("anyone may");
        }
        post::pin(&world.cx, ben.authority(), id).await.expect("it is his");
    }
    post::delete(&world.cx, ben.authority(), gone).await.expect("it is his");
    block(&world.cx, cleo.authority(), ben.account).await.expect("anyone may block");
    assert_eq!(findings(&world.cx).await, []);

    deactivate(&world.cx, &ada, PASSWORD).await.expect("it is hers");
    world.clock.advance_millis(31 * Millis::DAY);
    assert_eq!(erase_due(&world.cx).await.expect("the store answers"), 1);
    assert_eq!(findings(&world.cx).await, []);
}

#[tokio::test]
async fn a_name_that_leads_to_no_account_is_found() {
    let (world, ada, _) = world_with_a_follow().await;
    lose(&world.cx, ACCOUNT.partition(&ada), Only.to_bytes()).await;
    let families: Vec<_> = findings(&world.cx).await.into_iter().map(|finding| finding.family).collect();
    assert!(families.contains(&"handle") && families.contains(&"member"), "{families:?}");
}

#[tokio::test]
async fn a_follow_that_one_side_forgot_is_found() {
    let (world, ada, ben) = world_with_a_follow().await;
    lose(&world.cx, FOLLOWING.partition(&ada), ben.to_bytes()).await;
    let found = findings(&world.cx).await;
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].family, FOLLOWERS.rows.family.name);
}

#[tokio::test]
async fn what_a_profile_tells_is_counted_by_its_rows() {
    let (world, ada, ben) = world_with_a_follow().await;
    let of = async |account| count_rows(&world.cx, account).await.expect("the store answers");
    assert_eq!(of(ada).await, Numbers { posts: 0, followers: 0, following: 1 });
    assert_eq!(of(ben).await, Numbers { posts: 0, followers: 1, following: 0 });
}

/// An engine that says one too many.
#[derive(Debug)]
struct Miscounting(Arc<dyn Store>);

impl Store for Miscounting {
    fn get<'a>(&'a self, partition: &'a Partition, keys: &'a [Bytes]) -> StoreFuture<'a, Vec<Option<Row>>> {
        self.0.get(partition, keys)
    }

    fn scan<'a>(
        &'a self,
        partition: &'a Partition,
        range: &'a Range,
        direction: Direction,
        rows_max: usize,
    ) -> StoreFuture<'a, Page> {
        self.0.scan(partition, range, direction, rows_max)
    }

    fn perform<'a>(&'a self, operation: &'a Operation) -> StoreFuture<'a, Outcome> {
        self.0.perform(operation)
    }

    fn sweep<'a>(&'a self, family: Family, token: Option<&'a [u8]>, rows_max: usize) -> StoreFuture<'a, SweepPage> {
        Box::pin(async move {
            let mut page = self.0.sweep(family, token, rows_max).await?;
            for swept in page.rows.iter_mut().filter(|swept| family == FOLLOWING.family && swept.row.key.is_empty()) {
                swept.row = count_row(2);
            }
            Ok(page)
        })
    }
}

#[tokio::test]
async fn a_count_that_is_not_the_number_of_rows_is_found() {
    let (world, ada, _) = world_with_a_follow().await;
    let parts = Parts {
        stores: Stores::in_one(Arc::new(Miscounting(world.cx.store().clone()))),
        clock: world.clock.clone(),
        chance: StdRng::seed_from_u64(3),
        slot: 0,
        bus: Bus::default(),
        outside: Outside::default(),
        settings: world.cx.settings().clone(),
    };
    let cx = Context::start(parts).await.expect("the same rows");
    let what = format!("the partition of {ada} says it has 2 rows and has 1");
    let expected = [Finding { family: "following", what }];
    assert_eq!(findings(&cx).await, expected);
    assert_eq!(compare_counts(&cx, |_, _| {}).await.expect("the store answers").findings, expected);
}

#[tokio::test]
async fn sessions_that_are_over_are_removed_and_others_stay() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let session = list(&world.cx, &ada).await.expect("the store answers");
    assert_eq!(remove_expired(&world.cx, None).await.expect("the store answers"), None);
    assert_eq!(list(&world.cx, &ada).await.expect("the store answers").len(), session.len());

    let year_ms = 400 * Millis::DAY;
    world.clock.advance_millis(year_ms);
    assert_eq!(remove_expired(&world.cx, None).await.expect("the store answers"), None);
    assert_eq!(world.cx.count(&SESSION, &ada.account).await.expect("the store answers"), 0);
    assert_eq!(findings(&world.cx).await, []);
}
