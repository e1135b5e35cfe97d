//! Signing in and out, tokens, guessing.

use kw_domain::refusal::Kind;
use kw_domain::scope::Scope;
use kw_domain::time::Millis;

use super::world::{PASSWORD, World, code, refusal, wait_ms};
use crate::account::change_password;
use crate::session::{Actor, authenticate, list, revoke, sign_out};

#[tokio::test]
async fn whoever_signed_up_is_in_and_can_come_back() {
    let world = World::new().await;
    let signed_up = world.sign_up("Ada").await;
    let member = world.member_by(&signed_up.issued.token).await;
    assert_eq!(member.account, signed_up.account);
    assert_eq!(member.authority().account(), Some(signed_up.account));

    for name in ["ada", "@ADA", "ada@cliff.example"] {
        let issued = world.sign_in(name).await.expect("a good password");
        assert_eq!(world.member_by(&issued.token).await.account, signed_up.account, "{name}");
    }
}

#[tokio::test]
async fn an_unknown_name_and_a_wrong_password_cannot_be_told_apart() {
    let world = World::new().await;
    world.sign_up("ada").await;
    let (mut wrong, mut unknown) = (Vec::new(), Vec::new());
    for _ in 0..8 {
        wrong.push(refusal(world.try_password("ada", "guess guess").await));
        unknown.push(refusal(world.try_password("nobody", "guess guess").await));
    }
    assert_eq!(wrong, unknown);
    assert_eq!(wrong[0].kind, Kind::Unauthenticated);
}

#[tokio::test]
async fn guessing_has_to_wait_and_waiting_helps() {
    let world = World::new().await;
    world.sign_up("ada").await;
    for _ in 0..5 {
        assert_eq!(code(world.try_password("ada", "guess guess").await), "wrong_credentials");
    }
    assert_eq!(wait_ms(world.sign_in("ada").await), 1_000);
    world.clock.advance_millis(1_000);
    world.sign_in("ada").await.expect("after waiting");
    assert_eq!(code(world.try_password("ada", "guess guess").await), "wrong_credentials");
}

#[tokio::test]
async fn tokens_say_why_they_do_not_work() {
    let world = World::new().await;
    let issued = world.sign_up("ada").await.issued;
    assert_eq!(refusal(authenticate(&world.cx, "nonsense").await).sentence, "The access token is invalid");

    let expiring = world.sign_in("ada").await.expect("a good password");
    sign_out(&world.cx, &issued.token).await.expect("signs out");
    sign_out(&world.cx, &issued.token).await.expect("and again");
    assert_eq!(refusal(authenticate(&world.cx, &issued.token).await).sentence, "The access token was revoked");

    world.clock.advance_millis(366 * Millis::DAY);
    assert_eq!(refusal(authenticate(&world.cx, &expiring.token).await).sentence, "The access token expired");
    world.clock.advance_millis(31 * Millis::DAY);
    assert_eq!(code(authenticate(&world.cx, &expiring.token).await), "token_unknown");
}

#[tokio::test]
async fn sessions_are_listed_and_end_one_by_one() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let other = world.sign_in("ada").await.expect("a good password");
    let ben = world.member("ben").await;
    let session = other.session.expect("a browser has a session");

    assert_eq!(code(revoke(&world.cx, &ben, session).await), "missing");
    let views = list(&world.cx, &ada).await.expect("a list");
    assert_eq!(views.iter().filter(|view| view.is_current).map(|view| view.id).collect::<Vec<_>>(), [ada.session]);

    revoke(&world.cx, &ada, session).await.expect("one's own");
    assert_eq!(list(&world.cx, &ada).await.expect("a list").len(), 1);
    assert_eq!(code(authenticate(&world.cx, &other.token).await), "token_revoked");
    assert_eq!(code(revoke(&world.cx, &ada, session).await), "missing");
}

#[tokio::test]
async fn the_last_use_is_noted_once_an_hour() {
    let world = World::new().await;
    let signed_up = world.sign_up("ada").await;
    let began = world.cx.now();
    for (minutes, noted) in [(30, 0), (61, 61), (90, 61), (122, 122)] {
        let at = began.plus_ms(minutes * Millis::MINUTE);
        world.clock.set_micros(at.0 * 1_000);
        let member = world.member_by(&signed_up.issued.token).await;
        let used_at = list(&world.cx, &member).await.expect("a list")[0].used_at;
        assert_eq!(used_at, began.plus_ms(noted * Millis::MINUTE), "after {minutes} minutes");
    }
}

#[tokio::test]
async fn a_changed_password_ends_all_other_sessions() {
    let world = World::new().await;
    let signed_up = world.sign_up("ada").await;
    let ada = world.member_by(&signed_up.issued.token).await;
    let elsewhere = world.sign_in("ada").await.expect("a good password");
    let client = world.client().await;
    let code_of_client = world.authorise(&ada, &client, "").await;
    let of_client = world.exchange(&client, &code_of_client, "").await.expect("a good code");

    assert_eq!(code(change_password(&world.cx, &ada, "not hers", "another horse").await), "wrong_password");
    assert_eq!(code(change_password(&world.cx, &ada, PASSWORD, "short").await), "faults");
    change_password(&world.cx, &ada, PASSWORD, "another horse").await.expect("a good change");

    world.member_by(&signed_up.issued.token).await;
    for token in [&elsewhere.token, &of_client.token] {
        assert_eq!(code(authenticate(&world.cx, token).await), "token_revoked");
    }
    assert_eq!(code(world.sign_in("ada").await), "wrong_credentials");
    world.try_password("ada", "another horse").await.expect("the new password");
}

#[tokio::test]
async fn a_sign_in_that_races_a_changed_password_never_outlives_it() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let (changed, signed_in) =
        tokio::join!(change_password(&world.cx, &ada, PASSWORD, "another horse"), world.sign_in("ada"));
    changed.expect("the owner's change holds");
    if let Ok(issued) = signed_in {
        assert_eq!(code(authenticate(&world.cx, &issued.token).await), "token_revoked");
    }
}

#[tokio::test]
async fn the_two_hundred_and_first_session_takes_the_place_of_the_oldest() {
    let world = World::new().await;
    let first = world.sign_up("ada").await.issued;
    let mut last = first.clone();
    for _ in 0..200 {
        world.clock.advance_millis(1);
        last = world.sign_in("ada").await.expect("a good password");
    }
    assert_eq!(code(authenticate(&world.cx, &first.token).await), "token_revoked");
    let member = world.member_by(&last.token).await;
    assert_eq!(list(&world.cx, &member).await.expect("a list").len(), 200);
}

#[tokio::test]
async fn visitors_and_scopes_are_told_apart() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    assert_eq!(Actor::Visitor.check_scope(&[]), Ok(()));
    assert_eq!(Actor::Visitor.check_scope(&[Scope::READ]).expect_err("nobody").kind, Kind::Unauthenticated);
    let actor = Actor::Member(ada);
    assert_eq!(actor.check_scope(&[Scope::WRITE_MEDIA]), Ok(()));
    let outside = actor.check_scope(&[Scope::ADMIN_READ]).expect_err("no admin");
    assert_eq!((outside.kind, outside.code), (Kind::Forbidden, "outside_scopes"));
}
