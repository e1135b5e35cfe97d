//! `POST /api/v1/statuses/:id/favourite`.

use axum::http::StatusCode;

use crate::world::{World, favourite_by};

#[tokio::test]
async fn favouriting_twice_counts_once() {
    let world = World::new().await;
    let post = world.as_("ada").post("hello").await;

    world.as_("ben").favourite(&post).await;
    world.as_("ben").favourite(&post).await;

    assert_eq!(world.as_("ada").load(&post).await.favourites_count, 1);
    assert_eq!(world.as_("ada").notifications().await, [favourite_by("ben", &post)]);
}

#[tokio::test]
async fn what_one_may_not_see_cannot_be_favourited() {
    let world = World::new().await;
    let post =
        world.as_("ada").post_with(serde_json::json!({ "status": "for followers", "visibility": "private" })).await;

    let answer = world.as_("ben").do_to(&post, "favourite").await;

    assert_eq!(answer.status, StatusCode::NOT_FOUND);
    assert_eq!(world.as_("ada").load(&post).await.favourites_count, 0);
}
