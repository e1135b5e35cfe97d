//! Tokens that end.

use serde_json::json;

use super::world::World;

#[tokio::test]
async fn a_member_who_leaves_is_told_that_their_login_is_disabled_and_stays_signed_in() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    ada.say("hello").await;
    let session = super::oauth::sign_in(&world, "ada").await;
    let actor = kw_app::session::authenticate(&world.cx, &session).await.expect("just signed in");
    let member = actor.member().expect("a member").clone();
    kw_app::account::deactivate(&world.cx, &member, "kelp forest 42").await.expect("the password is right");

    // Clients sign their user out on 401; this member may come back within 30 days.
    let sentence = ada.get("/api/v1/accounts/verify_credentials").await.refused(403);
    assert_eq!(sentence, "Your login is currently disabled");
    world.visitor().get(&format!("/api/v1/accounts/{}", ada.id)).await.refused(404);
    world.visitor().get("/.well-known/webfinger?resource=acct:ada@cliff.example").await.refused(404);
    assert_eq!(world.visitor().get("/api/v1/timelines/public").await.ok(), json!([]));
}
