//! The rooms of staff through the whole stack: forms as browsers send them, signatures of software passkeys, and what readers
//! see of it.

use http::StatusCode;
use kw_app::ledger::log::Log;
use kw_app::staff::understudy::Understudy;
use kw_domain::id::AccountId;
use kw_domain::time::Millis;

use super::desk::Desk;
use super::world::World;
use crate::tests::staff;

const WHY: (&str, &str) = ("explanation", "Two are here again.");
const MINUTE_MS: u64 = 60_000;
const DAY: (&str, &str) = ("length", "1440");
const TAKE_DOWN: (&str, &str) = ("power", "take_down");

/// Ada, whom the staff gave the label of the press.
async fn notable(world: &World, by: &Understudy) -> AccountId {
    world.member("ada").await;
    let id = world.id_of("ada").await;
    staff::label(&world.cx, by, id).await;
    id
}

async fn is_gone(world: &World) -> bool {
    let page = world.browser().open("/@ada").await;
    assert!(page.status == StatusCode::OK || page.has("temporarily unavailable"), "{}", page.text);
    page.status == StatusCode::FORBIDDEN
}

#[tokio::test]
async fn a_notable_account_is_hidden_by_two_people_of_two_teams_and_brought_back_by_one() {
    let world = World::new().await;
    let team = staff::team(&world.cx).await;
    let id = notable(&world, &team[0]).await;
    let (mut ines, mut milo) = (Desk::of(&world, &team[0]), Desk::of(&world, &team[1]));

    let preview = ines.preview(id, &[TAKE_DOWN, DAY]).await;
    for part in ["Take down @ada for 24 hours", "Press", "One more person, of another team", "Forty posts since noon."]
    {
        assert!(preview.has(part), "{part}: {}", preview.text);
    }
    let signed = ines.sign(&preview, "propose").await;
    assert_eq!(signed.status, StatusCode::SEE_OTHER, "{}", signed.text);
    let action = signed.location();
    assert!(!is_gone(&world).await, "nothing has happened yet");
    assert!(ines.browser.read("/staff").await.has("You have signed"));
    assert!(milo.browser.read("/staff").await.has("You can sign"));

    let approved = milo.step(&action, "approve").await;
    assert_eq!(approved.location(), action, "{}", approved.text);
    assert!(is_gone(&world).await);
    let done = milo.browser.read(&action).await;
    assert!(done.has("In force") && done.has("Ines Rau (moderator, day team) proposed and signed"), "{}", done.text);

    let undone = ines.step(&action, "undo").await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER, "{}", undone.text);
    assert!(!is_gone(&world).await);
    let account = ines.browser.read(&format!("/staff/accounts/{id}")).await;
    assert!(account.has("Undone") && account.has("acted on 2 times before"), "{}", account.text);
}

#[tokio::test]
async fn a_protected_account_takes_three_people_and_one_of_them_leads() {
    let world = World::new().await;
    let team = staff::team(&world.cx).await;
    let id = notable(&world, &team[0]).await;
    let [mut ines, mut milo, mut lena] = [0, 1, 2].map(|at| Desk::of(&world, &team[at]));
    let raise = ines.propose(id, &[("power", "tier_up")]).await;
    assert_eq!(milo.step(&raise, "approve").await.status, StatusCode::SEE_OTHER);
    assert!(world.browser().read("/@ada").await.has("Protected"));

    let action = ines.propose(id, &[TAKE_DOWN, DAY]).await;
    let page = milo.browser.read(&action).await;
    assert!(page.has("A trust lead, of another team, with a key bound to a device"), "{}", page.text);
    assert_eq!(milo.step(&action, "approve").await.status, StatusCode::SEE_OTHER);
    assert!(!is_gone(&world).await, "two are not enough");
    assert_eq!(lena.step(&action, "approve").await.status, StatusCode::SEE_OTHER);
    assert!(is_gone(&world).await);
    let restore = milo.propose(id, &[("power", "restore"), ("ground", "house")]).await;
    assert!(!is_gone(&world).await, "one is enough");
    assert!(milo.browser.read(&restore).await.has("Restore @ada"));
    assert!(milo.browser.read(&action).await.has("Undone"));
}

#[tokio::test]
async fn on_the_last_day_a_proposal_is_refused_before_it_is_signed_recorded_once_and_shown_to_colleagues() {
    let world = World::new().await;
    let staff = staff::with_somebody_leaving(&world.cx).await;
    let id = notable(&world, &staff[0]).await;
    let (mut ines, mut sam) = (Desk::of(&world, &staff[0]), Desk::of(&world, &staff[3]));
    let size = || world.cx.ledger().read(Log::size);
    let before = size();
    let form = sam.browser.read(&format!("/staff/accounts/{id}")).await;
    assert!(form.has("id=\"power_step_up\"") && !form.has("id=\"power_take_down\""), "{}", form.text);
    assert_eq!(form.text.matches("Your last day is less than 14 days away").count(), 1, "it is said once");
    let refused = sam.preview(id, &[TAKE_DOWN, DAY]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for part in [
        "Your last day is less than 14 days away",
        &format!("The attempt is on record: <a href=\"/ledger/entry/{before}\">"),
        "Use step-up",
        "Ask a colleague to look",
        "name=\"facts\" value=\"Forty posts since noon.\"",
    ] {
        assert!(refused.has(part), "{part}: {}", refused.text);
    }
    assert!(!refused.has("data-sign "), "no signature is asked for");
    let again = sam.preview(id, &[TAKE_DOWN, DAY]).await;
    assert!(again.has(&format!("/ledger/entry/{before}")), "{}", again.text);
    assert_eq!(size(), before + 1, "once an hour");

    for path in ["/staff".to_owned(), format!("/staff/accounts/{id}")] {
        let page = ines.browser.read(&path).await;
        assert!(
            page.has("Refused lately") && page.has("Sam Low (support, moderator, night team)"),
            "{path}: {}",
            page.text
        );
    }
    let room = ines.browser.read("/staff/ledger").await;
    assert!(room.has("A proposal was refused: Take down, @ada"), "{}", room.text);
    assert!(room.has("Sam Low (support, moderator, night team) · Their last day"), "{}", room.text);
    let public = world.browser().read(&format!("/ledger/entry/{before}")).await;
    assert!(public.has("A proposal was refused") && !public.has("@ada") && !public.has("Sam"), "{}", public.text);

    // What hides nothing is still theirs, and what everybody may be about is nobody's business.
    sam.propose(id, &[("power", "step_up")]).await;
    world.member("ben").await;
    let before = size();
    let ordinary = sam.preview(world.id_of("ben").await, &[TAKE_DOWN, DAY]).await;
    assert!(ordinary.has("Your last day") && !ordinary.has("on record:"), "{}", ordinary.text);
    assert_eq!(size(), before);
}

#[tokio::test]
async fn one_person_hides_an_ordinary_account_at_once_and_a_notable_one_after_three_public_days() {
    let world = World::new().await;
    let solo = staff::solo(&world.cx).await;
    let mut ola = Desk::of(&world, &solo);
    world.member("ada").await;
    let id = world.id_of("ada").await;
    let action = ola.propose(id, &[TAKE_DOWN, DAY]).await;
    assert!(is_gone(&world).await && ola.browser.read(&action).await.has("One person runs this server."));
    ola.step(&action, "undo").await;

    staff::label(&world.cx, &solo, id).await;
    let preview = ola.preview(id, &[TAKE_DOWN, DAY]).await;
    assert!(preview.has("Take down @ada for 24 hours"), "{}", preview.text);
    let action = ola.sign(&preview, "propose").await.location();
    let page = ola.browser.read(&action).await;
    assert!(page.has("It takes effect by itself on") && page.has("Who signed"), "{}", page.text);
    assert!(page.has("sign-cancel") && !page.has("sign-fire"), "{}", page.text);
    assert!(ola.browser.read("/staff").await.has("Waits for its moment"));
    world.clock.advance_millis(72 * 60 * MINUTE_MS);
    kw_app::ledger::append::tick(&world.cx).await.expect("the ledger answers");
    assert!(is_gone(&world).await);
    world.clock.advance_millis(24 * 60 * MINUTE_MS);
    assert!(!is_gone(&world).await, "it ends by itself a day later");
}

#[tokio::test]
async fn in_an_emergency_one_person_hides_an_ordinary_account_for_minutes_and_another_lets_it_stand() {
    let world = World::new().await;
    let team = staff::team(&world.cx).await;
    world.member("ada").await;
    let id = world.id_of("ada").await;
    let (mut ines, mut milo) = (Desk::of(&world, &team[0]), Desk::of(&world, &team[1]));
    let action = ines.propose(id, &[("power", "break_glass"), ("ground", "violence"), ("urgent", "1")]).await;
    assert!(is_gone(&world).await);
    assert!(ines.browser.read(&action).await.has("Hide @ada alone for 15 minutes"));
    world.clock.advance_millis(15 * MINUTE_MS);
    assert!(!is_gone(&world).await, "it ends by itself");
    let spent = ines.preview(id, &[("power", "break_glass")]).await;
    assert!(spent.has("This was used on the account within the last 24 hours."), "{}", spent.text);
    let denied = milo.propose(id, &[TAKE_DOWN, ("length", "10080")]).await;
    assert_eq!(ines.step(&denied, "deny").await.status, StatusCode::SEE_OTHER);
    assert!(milo.browser.read(&denied).await.has("Denied"));
}

#[tokio::test]
async fn the_owner_reads_against_what_it_is_how_it_was_found_and_every_word() {
    let world = World::new().await;
    let team = staff::team(&world.cx).await;
    let mut ada = world.member("ada").await;
    let id = world.id_of("ada").await;
    let details = [TAKE_DOWN, DAY, ("against", "law"), ("source", "trusted_flagger"), ("found_by_machine", "1")];
    Desk::of(&world, &team[0]).propose(id, &details).await;
    let page = ada.read("/settings/standing").await;
    for part in
        ["(against the law, 4.2)", "A trusted flagger told us", "A machine found it.", "Forty posts since noon."]
    {
        assert!(page.has(part), "{part}: {}", page.text);
    }
}

#[tokio::test]
async fn accounts_are_found_by_handle_name_and_number_and_when_they_are_hidden() {
    let world = World::new().await;
    let team = staff::team(&world.cx).await;
    world.member("ada").await;
    let id = world.id_of("ada").await;
    staff::hide(&world.cx, &team[0], id).await;
    let mut ines = Desk::of(&world, &team[0]);
    for query in ["ada", "@ada", "ad", &id.to_string()] {
        let found = ines.browser.read(&format!("/staff/accounts?q={query}")).await;
        assert!(found.has(&format!("href=\"/staff/accounts/{id}\"")), "{query}: {}", found.text);
    }
    assert!(ines.browser.read("/staff/accounts?q=nobody").await.has("Check the spelling"));
    let page = ines.browser.read(&format!("/staff/accounts/{id}?power=restore")).await;
    assert!(
        page.has("In force") && page.has("value=\"restore\" required aria-describedby=\"power_restore_what\" checked")
    );
}

#[tokio::test]
async fn the_rules_are_a_room_and_another_policy_is_shown_before_it_is_signed() {
    let world = World::new().await;
    let team = staff::team(&world.cx).await;
    let (mut ines, mut milo) = (Desk::of(&world, &team[0]), Desk::of(&world, &team[1]));
    let room = ines.browser.read("/staff/policy").await;
    assert!(room.has("id=\"rule-take_down\"") && room.has("built into the program"), "{}", room.text);
    for (text, why) in [
        ("permit (principal, action, resource", "This policy cannot be used. Line 1"),
        ("", "This cannot be empty."),
        ("forbid (principal, action, resource);", "Nobody here could ever put another policy in the place"),
    ] {
        let refused = ines.browser.send("/staff/policy/propose", &[("policy", text), WHY]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{text}");
        assert!(refused.has(why) && refused.has(text), "{text}: {}", refused.text);
    }
    let text = format!("{}// No other.\r\n", kw_staff::policy::Policy::default_text());
    let preview = ines.browser.send("/staff/policy/propose", &[("policy", &text), WHY]).await;
    assert!(preview.has("// No other.") && preview.has("The whole text"), "{}", preview.text);
    assert!(preview.has("It takes effect 24 hours after everybody needed has signed."), "{}", preview.text);
    let action = ines.sign(&preview, "propose").await.location();
    let page = milo.browser.read(&action).await;
    assert!(page.has("// No other.") && page.has("“Two are here again.”"), "{}", page.text);
    assert_eq!(milo.step(&action, "approve").await.status, StatusCode::SEE_OTHER);
    assert!(milo.browser.read(&action).await.has("Scheduled"));
    world.clock.advance_millis(Millis::DAY);
    let (mut ines, mut milo) = (ines.again().await, milo.again().await);
    let fired = milo.step(&action, "fire").await;
    assert_eq!(fired.status, StatusCode::SEE_OTHER, "{}", fired.text);
    let room = ines.browser.read("/staff/policy").await;
    assert!(
        room.has("In force since") && ines.browser.read("/staff/ledger").await.has("Change the policy"),
        "{}",
        room.text
    );
}

#[tokio::test]
async fn staff_who_read_french_are_refused_in_french() {
    let world = World::new().await;
    let team = staff::team(&world.cx).await;
    let id = notable(&world, &team[0]).await;
    let mut ines = Desk::of(&world, &team[0]);
    ines.browser.send("/language", &[("lang", "fr"), ("back", "/staff")]).await;
    let action = ines.propose(id, &[TAKE_DOWN, DAY]).await;
    let page = ines.browser.read(&action).await;
    assert!(page.has("Vous avez déjà signé. Il faut maintenant une autre personne."), "{}", page.text);
    let refused = ines.preview(id, &[TAKE_DOWN, DAY]).await;
    assert!(
        refused.has("La même chose est déjà proposée.") && refused.has(&format!("href=\"{action}\"")),
        "{}",
        refused.text
    );
    let offers = ines.browser.read(&format!("/staff/accounts/{id}")).await;
    assert!(offers.has("C’est pour les comptes ordinaires seulement."), "{}", offers.text);
}
