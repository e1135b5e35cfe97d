//! Another handle, from the form at the desk to every address that leads to the account.

use http::StatusCode;

use super::desk::Desk;
use super::world::World;
use crate::tests::staff;

#[tokio::test]
async fn an_account_gets_another_handle_its_old_address_leads_on_and_one_person_takes_it_back() {
    let world = World::new().await;
    let team = staff::team(&world.cx).await;
    let mut ada = world.member("ada").await;
    let post = ada.post("The harbour is closed.").await;
    let id = world.id_of("ada").await;
    let (mut ines, mut milo) = (Desk::of(&world, &team[0]), Desk::of(&world, &team[1]));

    let preview = ines.preview(id, &[("power", "rename"), ("handle", " @Lovelace ")]).await;
    assert!(
        preview.has("Rename @ada → @Lovelace") && preview.has("&#34;handle&#34;:&#34;Lovelace&#34;"),
        "{}",
        preview.text
    );
    let action = ines.sign(&preview, "propose").await.location();
    assert_eq!(world.browser().open("/@ada").await.status, StatusCode::OK, "one is not enough");
    assert!(milo.browser.read("/staff").await.has("Rename @ada → @Lovelace"));
    assert_eq!(milo.step(&action, "approve").await.status, StatusCode::SEE_OTHER);

    let mut street = world.browser();
    assert_eq!(street.open("/@ada").await.location(), "/@Lovelace");
    assert_eq!(street.open("/@ada/followers").await.location(), "/@Lovelace/followers");
    assert!(street.read("/@Lovelace").await.has("The harbour is closed."));
    let moved = street.open(&post).await;
    assert_eq!(moved.location(), post.replace("/@ada/", "/@Lovelace/"));
    let finger = street.read("/.well-known/webfinger?resource=acct:ada@kittiwake.example").await;
    assert!(finger.has("acct:Lovelace@kittiwake.example"), "{}", finger.text);
    let told = ada.read("/notifications").await;
    assert!(told.has("Your account is called @Lovelace now"), "{}", told.text);
    let done = milo.browser.read(&action).await;
    assert!(done.has("In force") && done.has("Rename @ada → @Lovelace"), "{}", done.text);

    assert_eq!(ines.step(&action, "undo").await.status, StatusCode::SEE_OTHER);
    assert_eq!(street.open("/@Lovelace").await.location(), "/@ada");
    assert!(street.read("/@ada").await.has("The harbour is closed."));
}

#[tokio::test]
async fn a_handle_that_cannot_be_had_is_said_beside_its_field() {
    let world = World::new().await;
    let team = staff::team(&world.cx).await;
    let (_ada, _ben) = (world.member("ada").await, world.member("ben").await);
    let id = world.id_of("ada").await;
    let mut ines = Desk::of(&world, &team[0]);
    for (handle, why) in [
        ("", "This cannot be empty"),
        ("ben", "Somebody has this handle"),
        ("admin", "taken for the people who run the server"),
        ("sea gull", "letters from a to z"),
        ("ada", "Write another handle"),
    ] {
        let page = ines.preview(id, &[("power", "rename"), ("handle", handle)]).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{handle}");
        assert!(page.has("id=\"handle-error\"") && page.has(why), "{handle}: {}", page.text);
        assert!(page.has(&format!("name=\"handle\" value=\"{handle}\"")), "{handle}");
    }
}
