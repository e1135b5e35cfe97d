//! Staff's doors: the founding, making a passkey, signing in, sessions; and everything that does not open them.

use http::{Method, StatusCode};
use kw_app::staff::{found, roster};
use kw_domain::time::Millis;
use kw_staff::assertion::RelyingParty;
use kw_staff::authenticator::{Authenticator, Backup, Counting};

use super::colleague::{Colleague, begun, challenge, links, party, passkey};
use super::world::{Browser, Seen, World};
use crate::route::RouteInfo;

const TWO: [(&str, &str, &str); 2] = [("Ines Rau", "moderator", "day"), ("Milo Kern", "trust_lead", "night")];

/// Whether a browser is signed in as staff.
async fn is_in(browser: &mut Browser) -> bool {
    let seen = browser.open("/staff/sessions").await;
    match seen.status {
        StatusCode::OK => true,
        StatusCode::SEE_OTHER if seen.location().starts_with("/staff/sign-in") => false,
        _ => panic!("{} {}", seen.status, seen.text),
    }
}

#[track_caller]
fn assert_refused(seen: &Seen, what: &str) {
    assert_eq!(seen.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}: {}", seen.text);
    assert!(seen.has("field-error"), "{what}: it says what was wrong");
}

#[tokio::test]
async fn two_people_found_by_a_link_and_sign_in_with_their_passkeys() {
    let world = World::new().await;
    let mut stranger = world.browser();
    assert!(stranger.read("/staff/sign-in").await.has("kittiwake staff found"), "before, it says how it begins");
    assert!(stranger.read("/staff/found").await.has("kittiwake staff found"));

    let mut staff = world.found(&TWO).await;
    let founded = staff[0].browser.read("/staff/found").await;
    let head = kw_app::ledger::public::head(&world.cx).expect("it is founded");
    assert!(head.fingerprint.iter().all(|word| founded.has(word)), "the twelve words stand on the page");
    assert_eq!(head.fingerprint.len(), 12);

    for colleague in &mut staff {
        assert!(!is_in(&mut colleague.browser).await, "a passkey alone signs nobody in");
        assert_eq!(colleague.sign_in().await.location(), "/staff");
        assert!(is_in(&mut colleague.browser).await);
    }
    let roster = staff[1].browser.read("/staff/roster").await;
    for words in ["Ines Rau", "Milo Kern", "Razorbill 1", "Puffin 2", "Key on my ring"] {
        assert!(roster.has(words), "{words}");
    }
}

#[tokio::test]
async fn nobody_is_written_down_who_could_not_found() {
    let world = World::new().await;
    let code = world.begin_founding().await;
    let mut browser = world.browser();
    let long = "x".repeat(81);
    for (wrong, name, role, team, ends) in [
        ("name", "  ", "support", "day", ""),
        ("name", &*long, "support", "day", ""),
        ("roles", "Ines", "", "day", ""),
        ("roles", "Ines", "owner", "day", ""),
        ("team", "Ines", "support", "", ""),
        ("team", "Ines", "support", "The Day", ""),
        ("ends", "Ines", "support", "day", "2026-11-01"),
        ("ends", "Ines", "support", "day", "soon"),
    ] {
        let fields = [("code", &*code), ("name", name), ("roles", role), ("team", team), ("ends", ends)];
        let seen = browser.send("/staff/found/people", &fields).await;
        assert_refused(&seen, wrong);
        assert!(seen.has(&format!("id=\"{wrong}-error\"")), "{wrong} is named");
        assert!(name.trim().is_empty() || seen.has(&format!("value=\"{name}\"")), "what was typed is kept");
    }
    assert_refused(&browser.send("/staff/found", &[("code", &code)]).await, "with nobody");
    let fields = [("code", &*code), ("name", "Ines"), ("roles", "support"), ("team", "day")];
    assert_eq!(browser.send("/staff/found/people", &fields).await.status, StatusCode::SEE_OTHER);
    assert_refused(&browser.send("/staff/found/people", &fields).await, "the same name twice");
    assert_refused(&browser.send("/staff/found", &[("code", &code)]).await, "without a passkey");
    assert!(!found::is_founded(&world.cx));
}

#[tokio::test]
async fn somebody_is_taken_out_of_the_plan_and_their_link_goes_with_them() {
    let world = World::new().await;
    let code = world.begin_founding().await;
    let mut browser = world.browser();
    for name in ["Ines", "Milo"] {
        let fields = [("code", &*code), ("name", name), ("roles", "support"), ("team", "day")];
        browser.send("/staff/found/people", &fields).await;
    }
    let path = format!("/staff/found?code={code}");
    let before = browser.read(&path).await;
    let remove = before.attribute("action", "/staff/found/people/");
    let gone = links(&before)[0].clone();
    for _ in 0..2 {
        // The second time somebody else has done it already.
        assert_eq!(browser.send(&remove, &[("code", &code)]).await.location(), path);
    }
    let after = browser.read(&path).await;
    assert!(!after.has("Ines") && after.has("Milo"));
    assert_eq!(browser.open(&gone).await.status, StatusCode::NOT_FOUND);
    assert_eq!(links(&after), links(&before)[1..]);
}

#[tokio::test]
async fn without_the_link_there_is_no_founding() {
    let world = World::new().await;
    let code = world.begin_founding().await;
    let mut browser = world.browser();
    let newer = world.begin_founding().await;
    for wrong in ["guess", &*code, &newer[1..]] {
        assert_eq!(browser.open(&format!("/staff/found?code={wrong}")).await.status, StatusCode::NOT_FOUND);
        let fields = [("code", wrong), ("name", "Ines"), ("roles", "support"), ("team", "day")];
        assert_eq!(browser.send("/staff/found/people", &fields).await.status, StatusCode::NOT_FOUND);
        assert_eq!(browser.send("/staff/found", &[("code", wrong)]).await.status, StatusCode::NOT_FOUND);
        assert_eq!(
            browser.send("/staff/found/people/00/remove", &[("code", wrong)]).await.status,
            StatusCode::NOT_FOUND
        );
    }
    world.clock.advance_millis(7 * Millis::DAY);
    assert_eq!(
        browser.open(&format!("/staff/found?code={newer}")).await.status,
        StatusCode::NOT_FOUND,
        "it is too old"
    );
}

#[tokio::test]
async fn nobody_founds_twice() {
    let world = World::new().await;
    let staff = world.found(&TWO).await;
    let mut browser = world.browser();
    assert!(found::begin(&world.cx).await.is_err(), "not from the command line");
    let fields = [("code", "any"), ("name", "Mallory"), ("roles", "trust_lead"), ("team", "day")];
    for path in ["/staff/found", "/staff/found/people", "/staff/found/people/00/remove"] {
        assert_eq!(browser.send(path, &fields).await.location(), "/staff/found", "{path}");
    }
    assert_eq!(roster::list(&world.cx).await.expect("the store answers").len(), staff.len());
}

/// A server on which one person is to make a passkey.
async fn invited() -> (World, String, String, Colleague) {
    let world = World::new().await;
    let code = world.begin_founding().await;
    let mut browser = world.browser();
    let fields = [("code", &*code), ("name", "Ines"), ("roles", "moderator"), ("team", "day")];
    browser.send("/staff/found/people", &fields).await;
    let link = links(&browser.read(&format!("/staff/found?code={code}")).await).remove(0);
    (world, code, link, Colleague { browser, key: passkey(1) })
}

#[tokio::test]
async fn a_passkey_is_not_taken_that_was_not_made_for_this_page() {
    let (_world, _, link, mut ines) = invited().await;
    let elsewhere = RelyingParty { origin: "http://kittiwake.example.evil".to_owned(), ..party() };
    let other_id = RelyingParty { id: "evil.example".to_owned(), ..party() };
    let page = ines.browser.read(&link).await;
    let (now, old) = (challenge(&page), [7; 32]);
    let mut right: serde_json::Value = serde_json::from_str(&ines.key.create(&now, &party()).to_json()).expect("JSON");
    right["attestationObject"] = serde_json::json!("oWNmbXRkbm9uZQ");
    for (what, made) in [
        ("an old challenge", ines.key.create(&old, &party()).to_json()),
        ("another site", ines.key.create(&now, &elsewhere).to_json()),
        ("another relying party", ines.key.create(&now, &other_id).to_json()),
        ("a signature in place of a key", ines.answer(&now, &party())),
        ("a broken attestation", right.to_string()),
        ("no JSON", "{".to_owned()),
        ("nothing", String::new()),
        ("far too much", "9".repeat(100_000)),
    ] {
        // Each refusal comes with a page that begins anew; the one that was answered is over.
        let fields = [("begun", &*begun(&page)), ("name", "Ring"), ("attestation", &made)];
        let seen = ines.browser.send(&link, &fields).await;
        assert_refused(&seen, what);
        assert!(seen.has("value=\"Ring\""), "{what}: the name is kept");
        assert_ne!(challenge(&seen), now, "{what}");
    }
    let fresh = ines.browser.read(&link).await;
    let made = ines.key.create(&challenge(&fresh), &party()).to_json();
    let fields = [("begun", &*begun(&fresh)), ("name", " "), ("attestation", &made)];
    assert_refused(&ines.browser.send(&link, &fields).await, "without a name");
    assert_eq!(ines.make_passkey(&link).await.status, StatusCode::OK, "the link was not used up");
}

#[tokio::test]
async fn a_link_makes_one_passkey_once_and_in_time() {
    let (world, _, link, mut ines) = invited().await;
    let late = ines.browser.read(&link).await;
    let made = ines.key.create(&challenge(&late), &party()).to_json();
    world.clock.advance_millis(11 * Millis::MINUTE);
    let fields = [("begun", &*begun(&late)), ("name", "Ring"), ("attestation", &made)];
    assert_refused(&ines.browser.send(&link, &fields).await, "ten minutes are over");
    assert_eq!(ines.make_passkey(&link).await.status, StatusCode::OK);
    let mut mallory = Colleague { browser: world.browser(), key: passkey(66) };
    assert_eq!(mallory.browser.open(&link).await.status, StatusCode::NOT_FOUND, "it works once");
    assert_eq!(mallory.browser.send(&link, &fields).await.status, StatusCode::NOT_FOUND);
    assert_eq!(mallory.browser.open("/staff/enrol/guess").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn whoever_joins_later_makes_a_passkey_that_waits_for_colleagues() {
    let world = World::new().await;
    let mut staff = world.staff(&TWO).await;
    let invited = staff[0].browser.send("/staff/roster/2/invite", &[]).await;
    assert_eq!(invited.status, StatusCode::OK);
    let link = links(&invited).remove(0);
    let mut second = Colleague { browser: world.browser(), key: passkey(9) };
    assert!(second.browser.read(&link).await.has("Milo Kern"), "it says whose it will be");
    assert_eq!(second.make_passkey(&link).await.status, StatusCode::OK);
    assert_refused(&second.sign_in().await, "a passkey that nobody has signed for");
    let roster = staff[0].browser.read("/staff/roster").await;
    assert!(roster.has(&format!("/staff/roster/2/keys/{}/enrol", second.key.key())));
    assert_eq!(second.browser.open(&link).await.status, StatusCode::NOT_FOUND, "the link is used up");

    let unused = links(&staff[0].browser.send("/staff/roster/2/invite", &[]).await).remove(0);
    world.clock.advance_millis(2 * Millis::DAY);
    assert_eq!(second.browser.open(&unused).await.status, StatusCode::NOT_FOUND, "it is too old");
    staff[0].sign_in().await;
    assert_eq!(staff[0].browser.send("/staff/roster/77/invite", &[]).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_passkey_of_one_person_is_not_made_anybody_elses() {
    let world = World::new().await;
    let mut staff = world.staff(&TWO).await;
    let link = links(&staff[0].browser.send("/staff/roster/2/invite", &[]).await).remove(0);
    assert_refused(&staff[0].make_passkey(&link).await, "a key that is on the ledger already");
}

#[tokio::test]
async fn nothing_but_the_right_answer_signs_anybody_in() {
    let world = World::new().await;
    let mut staff = world.found(&TWO).await;
    let mut mallory = Colleague { browser: world.browser(), key: passkey(66) };
    let elsewhere = RelyingParty { origin: "http://kittiwake.example.evil".to_owned(), ..party() };
    let other_id = RelyingParty { id: "evil.example".to_owned(), ..party() };
    let ines = &mut staff[0];
    let mut page = ines.browser.read("/staff/sign-in").await;
    for (what, made) in [
        ("an old challenge", Made::Challenge([7; 32])),
        ("another site", Made::At(elsewhere)),
        ("another relying party", Made::At(other_id)),
        ("a stranger's passkey", Made::By),
        ("hers, signed by a stranger", Made::Forged),
        ("no JSON", Made::Text("[]")),
        ("nothing", Made::Text("")),
    ] {
        let now = challenge(&page);
        let answer = match made {
            Made::Challenge(other) => ines.answer(&other, &party()),
            Made::At(party) => ines.answer(&now, &party),
            Made::By => mallory.answer(&now, &party()),
            Made::Forged => mallory.key.assert(&now, &party()).to_json(ines.key.credential()),
            Made::Text(text) => text.to_owned(),
        };
        let fields = [("begun", &*begun(&page)), ("assertion", &answer)];
        page = ines.browser.send("/staff/sign-in", &fields).await;
        assert_refused(&page, what);
        assert!(!is_in(&mut ines.browser).await, "{what}");
        assert_ne!(challenge(&page), now, "each page has a challenge of its own");
    }
    assert_eq!(ines.sign_in().await.status, StatusCode::SEE_OTHER);
}

enum Made {
    Challenge([u8; 32]),
    At(RelyingParty),
    By,
    Forged,
    Text(&'static str),
}

#[tokio::test]
async fn a_sign_in_is_good_once_for_its_own_challenge_and_five_minutes() {
    let world = World::new().await;
    let mut staff = world.found(&TWO).await;
    let ines = &mut staff[0];
    let page = ines.browser.read("/staff/sign-in").await;
    let other = ines.browser.read("/staff/sign-in").await;
    let answer = ines.answer(&challenge(&page), &party());
    for (what, wrong) in [("another page's", begun(&other)), ("none", String::new()), ("a guess", "guess".to_owned())] {
        let fields = [("begun", &*wrong), ("assertion", &answer)];
        assert_refused(&ines.browser.send("/staff/sign-in", &fields).await, what);
    }
    let fields = [("begun", &*begun(&page)), ("assertion", &answer)];
    assert_eq!(ines.browser.send("/staff/sign-in", &fields).await.status, StatusCode::SEE_OTHER);
    assert_refused(&world.browser().send("/staff/sign-in", &fields).await, "again, elsewhere");

    let milo = &mut staff[1];
    let page = milo.browser.read("/staff/sign-in").await;
    let answer = milo.answer(&challenge(&page), &party());
    world.clock.advance_millis(5 * Millis::MINUTE);
    let fields = [("begun", &*begun(&page)), ("assertion", &answer)];
    assert_refused(&milo.browser.send("/staff/sign-in", &fields).await, "too late");
}

#[tokio::test]
async fn a_session_ends_by_itself_by_its_person_and_for_good() {
    let world = World::new().await;
    let mut staff = world.staff(&TWO).await;
    let [ines, milo] = &mut staff[..] else { panic!("two were asked for") };

    // A copy of the cookie is worth nothing once the session was ended, from wherever.
    let mut copy = world.browser();
    let token = ines.browser.cookie("kw_staff");
    copy.set_cookie("kw_staff", &token);
    assert!(is_in(&mut copy).await);
    let own = ines.browser.read("/staff/sessions").await.attribute("action", "/staff/sessions/");
    assert_eq!(milo.browser.send(&own, &[]).await.status, StatusCode::NOT_FOUND, "a colleague does not end it");
    assert!(is_in(&mut copy).await);
    assert_eq!(copy.send(&own, &[]).await.location(), "/staff/sign-in");
    assert!(!is_in(&mut copy).await && !is_in(&mut ines.browser).await);
    copy.set_cookie("kw_staff", &token);
    assert!(!is_in(&mut copy).await, "the cookie again");
    assert_eq!(ines.browser.send(&own, &[]).await.location(), "/staff/sign-in?back=%2Fstaff", "ended twice");

    copy.set_cookie("kw_staff", &milo.browser.cookie("kw_staff"));
    assert_eq!(milo.browser.send("/staff/sign-out", &[]).await.location(), "/staff/sign-in");
    assert!(!is_in(&mut copy).await && !is_in(&mut milo.browser).await);

    milo.sign_in().await;
    world.clock.advance_millis(30 * Millis::MINUTE - 1);
    assert!(is_in(&mut milo.browser).await);
    world.clock.advance_millis(1);
    assert!(!is_in(&mut milo.browser).await, "half an hour is over");
}

#[tokio::test]
async fn on_the_second_when_employment_ends_nobody_is_in_and_nobody_comes_in() {
    let world = World::new().await;
    let code = world.begin_founding().await;
    let mut browser = world.browser();
    let person = [("code", &*code), ("name", "Olaf"), ("roles", "support"), ("team", "day"), ("ends", "2026-11-02")];
    browser.send("/staff/found/people", &person).await;
    let link = links(&browser.read(&format!("/staff/found?code={code}")).await).remove(0);
    let mut olaf = Colleague { browser, key: passkey(1) };
    olaf.make_passkey(&link).await;
    olaf.browser.send("/staff/found", &[("code", &code)]).await;
    // It is noon of the last day.
    world.clock.advance_millis(12 * Millis::HOUR - 2);
    assert_eq!(olaf.sign_in().await.status, StatusCode::SEE_OTHER);
    assert!(is_in(&mut olaf.browser).await);
    world.clock.advance_millis(1);
    assert!(!is_in(&mut olaf.browser).await);
    let refused = olaf.sign_in().await;
    assert_refused(&refused, "the day is over");
    assert!(refused.has("Your time on staff has ended"), "{}", refused.text);
}

#[tokio::test]
async fn a_members_session_opens_no_door_of_staffs_and_the_other_way_round() {
    let world = World::new().await;
    let mut staff = world.staff(&TWO).await;
    let mut ada = world.member("ada").await;
    assert!(!is_in(&mut ada).await);
    let token = ada.cookie("kw_session");
    ada.set_cookie("kw_staff", &token);
    assert!(!is_in(&mut ada).await, "a member's token in staff's cookie");

    let ines = &mut staff[0].browser;
    assert_eq!(ines.open("/home").await.location(), "/sign-in?back=%2Fhome");
    let token = ines.cookie("kw_staff");
    ines.set_cookie("kw_session", &token);
    assert_eq!(ines.open("/home").await.location(), "/sign-in?back=%2Fhome", "staff's token in a member's cookie");
}

#[tokio::test]
async fn forms_of_staff_are_ours_or_refused() {
    let world = World::new().await;
    let mut staff = world.staff(&TWO).await;
    let other = staff[1].browser.token().await;
    let ines = &mut staff[0].browser;
    let is_form = |route: &RouteInfo| route.path.starts_with("/staff") && route.method == Method::POST;
    for route in crate::routes().filter(is_form) {
        let path =
            route.path.replace("{id}", "1").replace("{link}", "1").replace("{key}", "1").replace("{step}", "deny");
        let path = &*path;
        for token in [None, Some("guess"), Some(&*other)] {
            let fields: Vec<_> = token.map(|token| ("csrf", token)).into_iter().collect();
            assert_eq!(ines.send_bare(path, &fields).await.status, StatusCode::FORBIDDEN, "{path} {token:?}");
        }
    }
    assert!(is_in(ines).await, "nothing happened");
}

#[tokio::test]
async fn pages_of_staff_are_kept_by_nobody() {
    let world = World::new().await;
    let mut staff = world.staff(&TWO).await;
    for path in ["/staff/roster", "/staff/sessions"] {
        let seen = staff[0].browser.read(path).await;
        assert!(seen.header("cache-control").contains("no-store"), "{path}: {}", seen.header("cache-control"));
    }
    let seen = staff[0].browser.read("/staff/sign-in").await;
    assert!(seen.header("cache-control").contains("no-store"));
}

#[tokio::test]
async fn a_passkey_that_may_be_copied_is_told_from_one_that_stays() {
    let (_world, code, link, mut ines) = invited().await;
    ines.key = Authenticator::from_seed(&[4; 32], Backup::Eligible, Counting::Never);
    assert_eq!(ines.make_passkey(&link).await.status, StatusCode::OK);
    assert_eq!(ines.browser.send("/staff/found", &[("code", &code)]).await.location(), "/staff/found");
    ines.sign_in().await;
    let roster = ines.browser.read("/staff/roster").await;
    assert!(roster.has("shared between devices") && !roster.has("cannot leave its device"));
}
