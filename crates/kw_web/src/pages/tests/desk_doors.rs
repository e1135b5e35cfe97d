//! Bad input on the doors of staff's rooms: words that were changed, signatures of others, forms of others, fields that are
//! missing, too long or nothing that exists. None of it changes anything.

use http::StatusCode;
use kw_app::ledger::log::Log;
use kw_domain::id::AccountId;

use super::desk::{Desk, Shown, WORDS};
use super::world::World;
use crate::tests::staff;

/// A world with a notable account and its staff at their desks.
async fn notable(world: &World, by: &kw_app::staff::understudy::Understudy) -> AccountId {
    world.member("ada").await;
    let id = world.id_of("ada").await;
    staff::label(&world.cx, by, id).await;
    id
}

const HIDING: [(&str, &str); 2] = [("power", "take_down"), ("length", "1440")];

#[tokio::test]
async fn a_form_with_something_wrong_comes_back_with_every_word_and_says_where() {
    let world = World::new().await;
    let team = staff::team(&world.cx).await;
    let id = notable(&world, &team[0]).await;
    let mut ines = Desk::of(&world, &team[0]);
    let (long, reference) = ("x".repeat(2_001), "y".repeat(201));
    for (field, value) in [
        ("power", "purge"),
        ("power", "fly"),
        ("power", ""),
        ("length", "0"),
        ("length", "-5"),
        ("length", "99999999999999999999"),
        ("length", "soon"),
        ("ground", "dislike"),
        ("ground", ""),
        ("explanation", " "),
        ("explanation", &long),
        ("facts", ""),
        ("facts", &long),
        ("reference", &reference),
        ("undo_needs", "2"),
    ] {
        let mut fields = HIDING.to_vec();
        fields.retain(|(name, _)| *name != field);
        fields.push((field, value));
        let page = ines.preview(id, &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{field}: {value}");
        assert!(page.has(&format!("id=\"{field}-error\"")), "{field}: {value}: {}", page.text);
        if field != "facts" {
            assert!(page.has("Forty posts since noon."), "{field}: {value}");
        }
    }
    let no_label = ines.preview(id, &[("power", "label_add")]).await;
    assert!(no_label.has("id=\"label-error\"") && no_label.has("Choose a label."), "{}", no_label.text);
    for path in ["/staff/accounts/1/propose", "/staff/accounts/x/propose"] {
        assert_eq!(ines.browser.send(path, &WORDS).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn the_way_back_from_a_preview_leads_to_the_form_with_every_word() {
    let world = World::new().await;
    let team = staff::team(&world.cx).await;
    let id = notable(&world, &team[0]).await;
    let mut ines = Desk::of(&world, &team[0]);
    let more =
        [HIDING[0], ("length", "10080"), ("ground", "hijack"), ("undo_needs", "2"), ("urgent", "1"), ("again", "1")];
    let form = ines.preview(id, &more).await;
    assert_eq!(form.status, StatusCode::OK);
    for part in [
        "Forty posts since noon.",
        "It posts the same everywhere.",
        "<option value=\"10080\" selected>",
        "<option value=\"hijack\" selected>",
        "name=\"urgent\" value=\"1\" checked",
        "name=\"undo_needs\" value=\"2\" checked",
        "value=\"4.2\"",
    ] {
        assert!(form.has(part), "{part}: {}", form.text);
    }
}

#[tokio::test]
async fn a_step_with_another_word_another_key_or_another_form_is_not_taken() {
    let world = World::new().await;
    let team = staff::team(&world.cx).await;
    let id = notable(&world, &team[0]).await;
    let (mut ines, mut milo) = (Desk::of(&world, &team[0]), Desk::of(&world, &team[1]));
    let action = ines.propose(id, &HIDING).await;
    let page = milo.browser.read(&action).await;
    let (approve, deny) = (Shown::on(&page, "approve"), Shown::on(&page, "deny"));
    let sign = |who: &Desk<'_>, text: &str| who.who.sign_bytes(&world.cx, text.as_bytes().to_vec()).expect("it signs");
    let changed = approve.statement.replacen("\"undo_needs\":\"1\"", "\"undo_needs\":\"2\"", 1);
    assert_ne!(changed, approve.statement);
    let size = world.cx.ledger().read(Log::size);
    let good = sign(&milo, &approve.statement);
    for (what, text, answer) in [
        ("a word changed after signing", changed.clone(), good.clone()),
        ("a word changed before signing", changed.clone(), sign(&milo, &changed)),
        ("another's signature", approve.statement.clone(), sign(&ines, &approve.statement)),
        ("a signature over the form beside it", approve.statement.clone(), sign(&milo, &deny.statement)),
        ("the form beside it", deny.statement.clone(), sign(&milo, &deny.statement)),
        ("a space more", format!("{} ", approve.statement), good.clone()),
        ("no statement", String::new(), good.clone()),
        ("no answer", approve.statement.clone(), String::new()),
        ("no JSON", approve.statement.clone(), "{\"id\":".to_owned()),
        ("far too long a statement", "x".repeat(200_000), good.clone()),
        ("far too long an answer", approve.statement.clone(), format!("{{\"id\":\"{}\"}}", "A".repeat(200_000))),
    ] {
        let refused = milo.send(&approve, &text, &answer).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{what}: {}", refused.text);
        assert!(refused.has("id=\"form-error\"") && refused.has("id=\"sign-approve\""), "{what}: {}", refused.text);
    }
    // A statement that names somebody else's key, at this browser.
    let foreign = ines.browser.read(&action).await;
    let cancel = Shown::on(&foreign, "cancel");
    let refused = milo.send(&cancel, &cancel.statement, &sign(&ines, &cancel.statement)).await;
    assert!(refused.has("This was prepared for another passkey"), "{}", refused.text);
    assert_eq!(world.cx.ledger().read(Log::size), size, "nothing was appended");
    let taken = milo.send(&approve, &approve.statement, &good).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.text);
    let again = milo.send(&approve, &approve.statement, &good).await;
    assert_eq!(again.status, StatusCode::UNPROCESSABLE_ENTITY, "a signature works once");
}

#[tokio::test]
async fn a_statement_that_waited_too_long_is_not_taken_and_neither_is_one_about_what_has_changed() {
    let world = World::new().await;
    let team = staff::team(&world.cx).await;
    let id = notable(&world, &team[0]).await;
    let (mut ines, mut milo) = (Desk::of(&world, &team[0]), Desk::of(&world, &team[1]));
    let preview = ines.preview(id, &HIDING).await;
    world.clock.advance_millis(15 * 60_000 + 1);
    let late = ines.sign(&preview, "propose").await;
    assert_eq!(late.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(late.has("This signature has expired.") && late.has("name=\"facts\" value=\"Forty"), "{}", late.text);

    let preview = ines.preview(id, &HIDING).await;
    let raise = milo.propose(id, &[("power", "tier_up")]).await;
    assert_eq!(ines.step(&raise, "approve").await.status, StatusCode::SEE_OTHER);
    let drifted = ines.sign(&preview, "propose").await;
    assert!(drifted.has("This has changed since the page was loaded."), "{}", drifted.text);
    let bare = Shown { fields: Vec::new(), ..Shown::on(&preview, "propose") };
    let answer = team[0].sign_bytes(&world.cx, bare.statement.clone().into_bytes()).expect("it signs");
    let incomplete = ines.send(&bare, &bare.statement, &answer).await;
    assert!(incomplete.has("The form came back incomplete."), "{}", incomplete.text);
}

#[tokio::test]
async fn what_does_not_exist_is_not_found_and_forms_of_others_are_refused() {
    let world = World::new().await;
    let team = staff::team(&world.cx).await;
    let id = notable(&world, &team[0]).await;
    let mut ines = Desk::of(&world, &team[0]);
    let action = ines.propose(id, &HIDING).await;
    for path in [
        format!("{action}/fly"),
        format!("{action}/APPROVE"),
        "/staff/actions/1/approve".to_owned(),
        format!("/staff/actions/{}/approve", "0".repeat(32)),
    ] {
        let missing = ines.browser.send(&path, &[("statement", "{}"), ("assertion", "{}")]).await;
        let is_refused = matches!(missing.status, StatusCode::NOT_FOUND | StatusCode::UNPROCESSABLE_ENTITY);
        assert!(is_refused, "{path}: {}", missing.status);
    }
    for path in ["/staff/actions/zz", "/staff/accounts/0", "/staff/accounts/-1"] {
        assert_eq!(ines.browser.open(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let mut stranger = world.browser();
    let token = stranger.token().await;
    for path in [&format!("/staff/accounts/{id}/propose"), &format!("{action}/cancel"), "/staff/policy/propose"] {
        for fields in [vec![], vec![("csrf", "")], vec![("csrf", token.as_str())]] {
            assert_eq!(ines.browser.send_bare(path, &fields).await.status, StatusCode::FORBIDDEN, "{path}");
        }
        let led = stranger.send(path, &[]).await;
        assert_eq!(led.location(), "/staff/sign-in?back=%2Fstaff", "{path}");
    }
    let page = ines.browser.read("/staff/ledger?max_id=0").await;
    assert!(!page.has("class=\"entry\""), "{}", page.text);
    assert_eq!(ines.browser.open("/staff/ledger?max_id=x").await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn what_people_write_is_shown_and_not_obeyed() {
    let world = World::new().await;
    let team = staff::team(&world.cx).await;
    let id = notable(&world, &team[0]).await;
    let mut ines = Desk::of(&world, &team[0]);
    let markup = "\"><script>alert(1)</script><img src=x>";
    let fields = [HIDING[0], HIDING[1], ("facts", markup), ("explanation", markup), ("reference", markup)];
    let preview = ines.preview(id, &fields).await;
    let action = ines.sign(&preview, "propose").await.location();
    let query = crate::address::encode_path(markup);
    let room = ines.browser.read(&action).await;
    let found = ines.browser.read(&format!("/staff/accounts?q={query}")).await;
    let ledger = ines.browser.read("/staff/ledger").await;
    for page in [preview, room, found, ledger] {
        assert!(!page.has("<script>alert") && !page.has("<img src=x"), "{}", page.text);
    }
}
