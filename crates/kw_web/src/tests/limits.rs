//! Rate limits, as a client meets them.

use serde_json::json;

use super::world::World;

#[tokio::test]
async fn who_calls_too_often_is_told_when_to_come_back() {
    let world = World::with(0.01, |_| {}).await;
    let visitor = world.visitor();
    for left in ["2", "1", "0"] {
        let reply = visitor.get("/api/v2/instance").await;
        assert_eq!((reply.status.as_u16(), reply.header("x-ratelimit-remaining")), (200, left));
        assert_eq!(reply.header("x-ratelimit-limit"), "3");
        assert_eq!(reply.header("x-ratelimit-reset"), "2026-11-23T07:35:00.000Z");
    }
    let reply = visitor.get("/api/v2/instance").await;
    assert_eq!(reply.refused(429), "Too many requests");
    assert_eq!(reply.header("retry-after"), "300");
    world.clock.advance_millis(300_000);
    visitor.get("/api/v2/instance").await.ok();
}

#[tokio::test]
async fn signing_up_has_a_limit_of_its_own() {
    let world = World::with(1.0, |_| {}).await;
    let app = world.app_client("write:accounts").await;
    for at in 0..5 {
        app.post("/api/v1/accounts", &json!({ "username": format!("name{at}") })).await.refused(422);
    }
    // Another token from the same place makes no difference.
    let other = world.app_client("write:accounts").await;
    other.post("/api/v1/accounts", &json!({ "username": "name" })).await.refused(429);
    other.get("/api/v1/apps/verify_credentials").await.ok();
}

#[tokio::test]
async fn watching_over_the_server_is_not_limited() {
    let world = World::with(1.0, |_| {}).await;
    for _ in 0..1_000 {
        world.visitor().get("/health").await.ok();
    }
}
