//! Markers, as clients move them.

use std::collections::BTreeMap;

use super::*;
use crate::world::{World, refusal};

#[tokio::test]
async fn a_marker_moves_and_counts_its_moves() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let both = [Timeline::Home, Timeline::Notifications];
    assert!(load(&world.cx, &ada, &both).await.expect("it succeeds").is_empty());
    save(&world.cx, &ada, &[(Timeline::Home, 5)].into()).await.expect("it succeeds");
    let moved =
        save(&world.cx, &ada, &[(Timeline::Home, 7), (Timeline::Notifications, 9)].into()).await.expect("it succeeds");
    assert_eq!(load(&world.cx, &ada, &both).await.expect("it succeeds"), moved);
    let numbers: Vec<_> = moved.values().map(|marker| (marker.last_read_id, marker.version)).collect();
    assert_eq!(numbers, [(7, 2), (9, 1)]);
    assert!(save(&world.cx, &ada, &BTreeMap::new()).await.expect("it succeeds").is_empty());
}

#[tokio::test]
async fn of_two_moves_at_once_one_is_refused_as_a_conflict() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let (one, other) = ([(Timeline::Home, 5)].into(), [(Timeline::Home, 6)].into());
    let (one, other) = tokio::join!(save(&world.cx, &ada, &one), save(&world.cx, &ada, &other));
    let refused: Vec<_> = [one, other].into_iter().filter(Result::is_err).map(refusal).collect();
    assert!(refused.iter().all(|code| *code == "marker_moved"));
    let marker = load(&world.cx, &ada, &[Timeline::Home]).await.expect("it succeeds")[&Timeline::Home];
    assert_eq!(marker.version as usize, 2 - refused.len());
}
