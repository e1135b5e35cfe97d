//! Cases of time: expiry, and how long an operation may wait.

use std::sync::Arc;

use super::world::{FAMILIES, SERIAL, STAMPED, World, batch, bytes, get, partition, put, sweep_all};
use crate::{Clock, Condition, Direction, Outcome, Range, StoreError};

pub async fn a_row_is_gone_from_its_expiry_on(world: Arc<World>) {
    let expires_ms = world.clock.now_millis() + 100;
    for family in [SERIAL, STAMPED] {
        let here = partition(family, "here");
        world.write(&here, vec![put("a", "1").until(expires_ms), put("b", "1")]).await;
        let found = world.row(&here, "a").await.expect("it has not expired");
        assert_eq!(found.expires_ms, Some(expires_ms));
    }
    world.clock.advance_millis(99);
    for family in [SERIAL, STAMPED] {
        assert_eq!(world.rows(&partition(family, "here")).await.len(), 2);
    }
    world.clock.advance_millis(1);
    for family in [SERIAL, STAMPED] {
        let here = partition(family, "here");
        assert_eq!(get(&world.store, &here, &[bytes("a")]).await, [None]);
        let page = world.page(&here, &Range::default(), Direction::Descending, 1).await;
        assert_eq!((page.rows.len(), page.more), (1, false), "an expired row does not make a page");
        assert_eq!(sweep_all(&world.store, family, 1).await.len(), 1);
    }
}

pub async fn an_expired_row_may_be_written_anew(world: Arc<World>) {
    let here = partition(SERIAL, "here");
    let expires_ms = world.clock.now_millis() + 100;
    let reserve = |value: &str| put("name", value).when(Condition::Absent).until(expires_ms);
    let stamp = world.write(&here, vec![reserve("ada")]).await;
    let second = world.operation(vec![batch(&here, vec![reserve("ben")])]);
    assert_eq!(world.perform(&second).await, Ok(Outcome::Conflict(vec![(bytes("name"), Some(stamp))])));

    world.clock.advance_millis(100);
    let ensured = world.operation(vec![batch(&here, vec![put("name", "ada").when(Condition::Is(stamp))])]);
    assert_eq!(world.perform(&ensured).await, Ok(Outcome::Conflict(vec![(bytes("name"), None)])));
    world.write(&here, vec![put("name", "cleo").when(Condition::Absent)]).await;
    let found = world.row(&here, "name").await.expect("it was written");
    assert_eq!((found.value, found.expires_ms), (bytes("cleo"), None));
}

pub async fn an_expired_row_keeps_older_writes_out(world: Arc<World>) {
    let (older, newer) = (world.stamp(), world.stamp());
    let expires_ms = world.clock.now_millis() + 100;
    for family in FAMILIES.into_iter().filter(|family| !family.counted) {
        let here = partition(family, "here");
        world.write_at(newer.0, &here, vec![put("a", "short-lived").until(expires_ms)]).await;
    }
    world.clock.advance_millis(1_000);
    for family in FAMILIES.into_iter().filter(|family| !family.counted) {
        let here = partition(family, "here");
        world.write_at(older.0, &here, vec![put("a", "late")]).await;
        assert_eq!(world.row(&here, "a").await, None, "the order of arrival must not show in {}", family.name);
        world.write(&here, vec![put("a", "new")]).await;
        assert_eq!(world.value(&here, "a").await.as_deref(), Some("new"));
    }
}

pub async fn an_operation_may_begin_until_its_last_moment(world: Arc<World>) {
    let here = partition(SERIAL, "here");
    let [on_time, too_late] = ["a", "b"].map(|key| world.operation(vec![batch(&here, vec![put(key, "1")])]));
    world.clock.set_micros(on_time.not_after_ms * 1_000 + 999);
    world.done(&on_time).await;
    world.clock.advance_millis(1);
    assert_eq!(world.perform(&too_late).await, Err(StoreError::TooLate));
    world.done(&on_time).await;
    assert_eq!(world.rows(&here).await.len(), 1);
}
