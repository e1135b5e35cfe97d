//! One-time codes, recovery codes, and what is left of passkeys without a browser.

use kw_domain::time::Millis;

use super::world::{PASSWORD, World, code, wait_ms};
use crate::credential::stored::{Found, Totp, find};
use crate::credential::{list_factors, passkey, totp};
use crate::failure::Failure;
use crate::secret;
use crate::session::{Issued, Member, Proof, SignIn, begin_passkey, finish_sign_in};

/// Somebody with an authenticator: who they are, its key, their recovery codes.
struct Guarded {
    member: Member,
    key: Vec<u8>,
    recovery: Vec<String>,
}

async fn guarded(world: &World) -> Guarded {
    let member = world.member("ada").await;
    totp::begin(&world.cx, &member, PASSWORD).await.expect("a key");
    let row: Option<Found<Totp>> = find(&world.cx, member.account).await.expect("rows");
    let key = row.expect("a key is stored").value.key;
    let shown = secret::totp::code(&key, world.cx.now());
    let recovery = totp::confirm(&world.cx, &member, &shown).await.expect("a right code");
    world.clock.advance_millis(Millis::MINUTE);
    Guarded { member, key, recovery }
}

async fn challenge(world: &World) -> String {
    match world.try_password("ada", PASSWORD).await.expect("a good password") {
        SignIn::SecondFactorNeeded(challenge) => challenge.code,
        SignIn::Done(_) => panic!("no second factor was asked for"),
    }
}

async fn finish(world: &World, proof: Proof<'_>) -> Result<Issued, Failure> {
    let challenge = challenge(world).await;
    finish_sign_in(&world.cx, &challenge, proof).await
}

#[tokio::test]
async fn a_one_time_code_opens_once() {
    let world = World::new().await;
    let ada = guarded(&world).await;
    let shown = secret::totp::code(&ada.key, world.cx.now());
    let issued = finish(&world, Proof::Totp(&shown)).await.expect("a right code");
    assert_eq!(world.member_by(&issued.token).await.account, ada.member.account);
    assert_eq!(code(finish(&world, Proof::Totp(&shown)).await), "wrong_second_factor");
    world.clock.advance_millis(Millis::MINUTE);
    let next = secret::totp::code(&ada.key, world.cx.now());
    finish(&world, Proof::Totp(&next)).await.expect("the next code");
}

#[tokio::test]
async fn of_two_sign_ins_with_the_same_code_one_is_refused() {
    let world = World::new().await;
    let ada = guarded(&world).await;
    let (one, other) = (challenge(&world).await, challenge(&world).await);
    let shown = secret::totp::code(&ada.key, world.cx.now());
    let (one, other) = tokio::join!(
        finish_sign_in(&world.cx, &one, Proof::Totp(&shown)),
        finish_sign_in(&world.cx, &other, Proof::Totp(&shown)),
    );
    assert_eq!(usize::from(one.is_ok()) + usize::from(other.is_ok()), 1);
}

#[tokio::test]
async fn the_code_that_confirmed_the_key_opens_nothing() {
    let world = World::new().await;
    let member = world.member("ada").await;
    totp::begin(&world.cx, &member, PASSWORD).await.expect("a key");
    world.sign_in("ada").await.expect("a key that was not confirmed asks for nothing");
    let row: Option<Found<Totp>> = find(&world.cx, member.account).await.expect("rows");
    let shown = secret::totp::code(&row.expect("a key").value.key, world.cx.now());
    assert_eq!(code(totp::confirm(&world.cx, &member, "000000").await), "wrong_second_factor");
    totp::confirm(&world.cx, &member, &shown).await.expect("a right code");
    assert_eq!(code(finish(&world, Proof::Totp(&shown)).await), "wrong_second_factor");
}

#[tokio::test]
async fn each_recovery_code_opens_once() {
    let world = World::new().await;
    let ada = guarded(&world).await;
    finish(&world, Proof::Recovery(&ada.recovery[3])).await.expect("a recovery code");
    assert_eq!(code(finish(&world, Proof::Recovery(&ada.recovery[3])).await), "wrong_second_factor");
    finish(&world, Proof::Recovery(&ada.recovery[4].to_uppercase())).await.expect("another one");
    assert_eq!(list_factors(&world.cx, ada.member.account).await.expect("factors").recovery_left, 8);

    let renewed = totp::renew_recovery(&world.cx, &ada.member, PASSWORD).await.expect("new codes");
    assert_eq!(code(finish(&world, Proof::Recovery(&ada.recovery[5])).await), "wrong_second_factor");
    finish(&world, Proof::Recovery(&renewed[0])).await.expect("a new code");
}

#[tokio::test]
async fn guessing_second_factors_has_to_wait() {
    let world = World::new().await;
    guarded(&world).await;
    let challenge = challenge(&world).await;
    for _ in 0..5 {
        assert_eq!(code(finish_sign_in(&world.cx, &challenge, Proof::Totp("123456")).await), "wrong_second_factor");
    }
    assert_eq!(wait_ms(finish_sign_in(&world.cx, &challenge, Proof::Totp("123456")).await), 1_000);
}

#[tokio::test]
async fn a_sign_in_does_not_wait_for_ever() {
    let world = World::new().await;
    let ada = guarded(&world).await;
    let challenge = challenge(&world).await;
    world.clock.advance_millis(10 * Millis::MINUTE);
    let shown = secret::totp::code(&ada.key, world.cx.now());
    assert_eq!(code(finish_sign_in(&world.cx, &challenge, Proof::Totp(&shown)).await), "sign_in_over");
    assert_eq!(code(finish_sign_in(&world.cx, "nonsense", Proof::Totp(&shown)).await), "sign_in_over");
}

#[tokio::test]
async fn turning_the_second_factor_off_needs_the_password() {
    let world = World::new().await;
    let ada = guarded(&world).await;
    assert_eq!(code(totp::begin(&world.cx, &ada.member, PASSWORD).await), "totp_in_use");
    assert_eq!(code(totp::remove(&world.cx, &ada.member, "a guess").await), "wrong_password");
    totp::remove(&world.cx, &ada.member, PASSWORD).await.expect("the password");
    world.sign_in("ada").await.expect("the password is enough again");
    assert_eq!(list_factors(&world.cx, ada.member.account).await.expect("factors").recovery_left, 0);
}

#[tokio::test]
async fn passkeys_are_asked_for_properly_and_nonsense_is_refused() {
    let world = World::new().await;
    let ada = guarded(&world).await;
    let enrolment = passkey::begin(&world.cx, &ada.member, PASSWORD).await.expect("an enrolment");
    let options: serde_json::Value = serde_json::from_str(&enrolment.options).expect("options are JSON");
    assert_eq!(options["publicKey"]["rp"]["id"], "cliff.example");
    assert_eq!(code(passkey::finish(&world.cx, &ada.member, &enrolment.code, "Key", "{}").await), "passkey_refused");

    let ben = world.member("ben").await;
    assert_eq!(code(passkey::finish(&world.cx, &ben, &enrolment.code, "Key", "{}").await), "passkey_refused");
    assert_eq!(code(passkey::remove(&world.cx, &ada.member, 7, PASSWORD).await), "missing");

    let challenge = challenge(&world).await;
    assert_eq!(code(begin_passkey(&world.cx, &challenge).await), "passkey_refused");
    assert_eq!(code(finish_sign_in(&world.cx, &challenge, Proof::Passkey("{}")).await), "passkey_refused");
}
