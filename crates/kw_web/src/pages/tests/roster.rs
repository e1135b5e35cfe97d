//! The roster through the whole stack: who joins, with which key, who changes and who ends. Everything is previewed, signed by
//! several, and waits where it gives something.

use http::StatusCode;
use kw_domain::time::Millis;

use super::colleague::{Colleague, links, passkey};
use super::world::World;

const TEAM: [(&str, &str, &str); 3] =
    [("Ines Rau", "moderator", "day"), ("Milo Kern", "moderator", "night"), ("Lena Ohm", "trust_lead", "trust")];
/// The world's today is 2 November 2026.
const EIRIK: [(&str, &str); 6] = [
    ("name", "Eirik Vang"),
    ("directory", "eirik@bay.example"),
    ("roles", "moderator"),
    ("team", "trust"),
    ("starts", "2026-11-02"),
    WHY,
];
const WHY: (&str, &str) = ("explanation", "As agreed this morning.");

/// The team, some time after the founding: nobody's time ends in the moment in which it begins.
async fn team(world: &World) -> Vec<Colleague> {
    let staff = world.staff(&TEAM).await;
    world.clock.advance_millis(Millis::MINUTE);
    staff
}

/// Signs everybody in again: a day has gone by.
async fn next_day(world: &World, staff: &mut [Colleague]) {
    world.clock.advance_millis(Millis::DAY);
    for colleague in staff {
        assert_eq!(colleague.sign_in().await.status, StatusCode::SEE_OTHER);
    }
}

#[tokio::test]
async fn somebody_is_taken_on_by_two_makes_a_passkey_and_signs_in_once_two_have_signed_for_it() {
    let world = World::new().await;
    let mut staff = team(&world).await;
    let action = staff[0].propose("/staff/roster/add", &EIRIK).await;
    for page in [action.as_str(), "/staff"] {
        let seen = staff[1].browser.read(page).await;
        assert!(seen.has("Eirik Vang"), "whoever approves reads who it is: {page}");
    }
    let invite = "/staff/roster/4/invite";
    assert_eq!(staff[1].browser.send(invite, &[]).await.status, StatusCode::NOT_FOUND, "nobody is there yet");
    assert_eq!(staff[1].step(&action, "approve").await.location(), action);
    assert!(!staff[1].browser.read("/staff/roster").await.has("Eirik Vang"), "it waits for a day");
    next_day(&world, &mut staff).await;
    assert_eq!(staff[2].step(&action, "fire").await.location(), action);
    let roster = staff[1].browser.read("/staff/roster").await;
    for words in ["Eirik Vang", "in the ledger: Gannet 4", "No key yet"] {
        assert!(roster.has(words), "{words}");
    }

    let link = links(&staff[1].browser.send(invite, &[]).await).remove(0);
    let mut eirik = Colleague { browser: world.browser(), key: passkey(40) };
    assert_eq!(eirik.make_passkey(&link).await.status, StatusCode::OK);
    assert_eq!(eirik.sign_in().await.status, StatusCode::UNPROCESSABLE_ENTITY, "nobody has signed for it");
    let key = eirik.key.key();
    let action = staff[0].propose(&format!("/staff/roster/4/keys/{key}/enrol"), &[]).await;
    let seen = staff[2].browser.read(&action).await;
    assert!(seen.has("Key on my ring · ") && seen.has("cannot leave its device"), "{}", seen.text);
    staff[2].step(&action, "approve").await;
    assert_eq!(eirik.sign_in().await.status, StatusCode::UNPROCESSABLE_ENTITY, "it waits for a day");
    next_day(&world, &mut staff).await;
    staff[0].step(&action, "fire").await;
    assert_eq!(eirik.sign_in().await.location(), "/staff");
    assert!(eirik.browser.read("/staff/roster").await.has("First day"));
}

#[tokio::test]
async fn whoever_is_ended_is_out_on_the_second_and_their_key_opens_nothing() {
    let world = World::new().await;
    let mut staff = team(&world).await;
    let action = staff[0].propose("/staff/roster/2/end", &[WHY]).await;
    assert_eq!(staff[1].browser.open("/staff").await.status, StatusCode::OK, "one is not enough");
    assert_eq!(staff[2].step(&action, "approve").await.location(), action);
    assert!(staff[1].browser.open("/staff").await.location().starts_with("/staff/sign-in"));
    let refused = staff[1].sign_in().await;
    assert!(refused.has("Your time on staff has ended"), "{}", refused.text);
    let roster = staff[0].browser.read("/staff/roster").await;
    assert!(roster.has("Milo Kern") && roster.has("Left"), "nobody is taken off the list");
    let again = staff[0].browser.send("/staff/roster/3/end", &[WHY]).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(again.has("Too few people would be left") && !again.has("data-sign "), "{}", again.text);
}

#[tokio::test]
async fn a_key_that_was_lost_signs_nothing_any_more() {
    let world = World::new().await;
    let mut staff = world.staff(&[TEAM[0], TEAM[1], TEAM[2], ("Sam Vik", "support", "night")]).await;
    let key = staff[3].key.key();
    let action = staff[0].propose(&format!("/staff/roster/4/keys/{key}/end"), &[WHY]).await;
    staff[1].step(&action, "approve").await;
    assert!(staff[3].browser.open("/staff").await.location().starts_with("/staff/sign-in"));
    assert_eq!(staff[3].sign_in().await.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(staff[0].browser.read("/staff/roster").await.has("ended <time"));
    // Not a key of hers, not a key at all.
    for path in [format!("/staff/roster/1/keys/{key}/end"), "/staff/roster/1/keys/guess/end".to_owned()] {
        let seen = staff[0].browser.send(&path, &[WHY]).await;
        assert!(seen.status.is_client_error() && !seen.has("data-sign "), "{path}: {}", seen.text);
    }
}

#[tokio::test]
async fn less_is_at_once_and_more_waits() {
    let world = World::new().await;
    let mut staff = team(&world).await;
    let change = "/staff/roster/3/change";
    let less = [("roles", "trust_lead"), ("team", "trust"), ("ends", "2027-06-30"), WHY];
    let action = staff[0].propose(change, &less).await;
    staff[1].step(&action, "approve").await;
    assert!(staff[0].browser.read("/staff/roster").await.has("value=\"2027-06-30\""));

    let more = [("roles", "trust_lead"), ("roles", "security"), ("team", "trust"), ("ends", "2027-06-30"), WHY];
    let action = staff[0].propose(change, &more).await;
    staff[1].step(&action, "approve").await;
    let waits = staff[1].browser.read(&action).await;
    assert!(waits.has("Scheduled"), "{}", waits.text);
    let same = staff[1].browser.send(change, &less).await;
    assert_eq!(same.status, StatusCode::UNPROCESSABLE_ENTITY, "nothing would change");
}

#[tokio::test]
async fn what_cannot_be_a_change_is_said_before_anybody_signs() {
    let world = World::new().await;
    let mut staff = team(&world).await;
    let long = "x".repeat(121);
    for (wrong, field, value) in [
        ("name", "name", " "),
        ("directory", "directory", ""),
        ("directory", "directory", &*long),
        ("roles", "roles", "owner"),
        ("team", "team", "The Day"),
        ("starts", "starts", ""),
        ("starts", "starts", "soon"),
        ("ends", "ends", "2026-11-01"),
        ("explanation", "explanation", " "),
    ] {
        let mut fields: Vec<_> = EIRIK.into_iter().filter(|(name, _)| *name != field).collect();
        fields.push((field, value));
        let seen = staff[0].browser.send("/staff/roster/add", &fields).await;
        assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{field} {value}: {}", seen.text);
        assert!(seen.has(&format!("id=\"{wrong}-error\"")), "{field} {value}: {}", seen.text);
        assert!(!seen.has("data-sign "));
    }
    for path in ["/staff/roster/9/end", "/staff/roster/9/change", "/staff/roster/x/end"] {
        let seen = staff[0].browser.send(path, &[("roles", "support"), ("team", "day"), WHY]).await;
        assert_eq!(seen.status, StatusCode::NOT_FOUND, "{path}");
    }
    let about_oneself = staff[0].browser.send("/staff/roster/1/end", &[WHY]).await;
    assert!(!about_oneself.text.is_empty());
    let here = [("name", "Ines Again"), ("directory", "Ines Rau"), EIRIK[2], EIRIK[3], EIRIK[4], WHY];
    let seen = staff[1].browser.send("/staff/roster/add", &here).await;
    assert!(seen.has("in the roster already"), "{}", seen.text);
}

#[tokio::test]
async fn a_name_comes_with_a_proposal_and_renames_nobody() {
    let world = World::new().await;
    let mut staff = team(&world).await;
    let more = [("roles", "trust_lead"), ("roles", "security"), ("team", "trust"), WHY];
    let preview = staff[0].browser.send("/staff/roster/3/change", &more).await;
    let mut form = super::desk::Shown::on(&preview, "propose");
    form.fields.push(("name".to_owned(), "Mallory".to_owned()));
    let signed = staff[0].key.sign(form.statement.clone().into_bytes(), &super::colleague::party());
    let answer = signed.assertion.to_json(staff[0].key.credential());
    let mut fields = vec![("statement", form.statement.as_str()), ("assertion", &answer)];
    fields.extend(form.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())));
    assert_eq!(staff[0].browser.send(&form.action, &fields).await.status, StatusCode::SEE_OTHER);
    let roster = staff[1].browser.read("/staff/roster").await;
    assert!(roster.has("Lena Ohm") && !roster.has("Mallory"));

    // Two are taken on at a time: each keeps the name that came with their own number.
    let first = staff[0].propose("/staff/roster/add", &EIRIK).await;
    let mut other = EIRIK;
    (other[0], other[1]) = (("name", "Tuva Moe"), ("directory", "tuva@bay.example"));
    let second = staff[1].propose("/staff/roster/add", &other).await;
    assert!(staff[2].browser.read(&first).await.has("Eirik Vang"));
    assert!(staff[2].browser.read(&second).await.has("Tuva Moe"));
}
