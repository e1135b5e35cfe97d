//! Signing up, approval, confirmation, profiles, settings, leaving and coming back.

use kw_domain::account::{Awaits, OwnerState};
use kw_domain::handle::Handle;
use kw_domain::post::Visibility;
use kw_domain::refusal::Kind;
use kw_domain::sign_up::Agreement;
use kw_domain::time::Millis;

use super::world::{PASSWORD, World, code, faults, form, refusal};
use crate::account::{
    EmailChange, FlagChanges, NewAccount, PictureChange, ProfileChange, SettingsChange, SignUp, approve, change_email,
    confirm, count, create, deactivate, find, find_by_handle, find_email, find_picture, list_waiting, reactivate,
    reject, request_reset, reset_password, search_by_prefix, sign_up, update_profile, update_settings, verify_links,
};
use crate::authority::Authority;
use crate::session::{Actor, authenticate};
use crate::settings::Registrations;

#[tokio::test]
async fn of_two_who_want_the_same_handle_one_gets_it() {
    let world = World::new().await;
    let (one, other) = (form("Ada"), form("aDA"));
    let (one, other) = tokio::join!(sign_up(&world.cx, &one), sign_up(&world.cx, &other));
    let loser = if one.is_ok() { other } else { one };
    assert_eq!(faults(loser), [("username", "ERR_TAKEN")]);
    assert_eq!(count(&world.cx).await.expect("a count"), 1);
}

#[tokio::test]
async fn a_form_says_everything_that_is_wrong_with_it() {
    let world = World::new().await;
    let bad = SignUp { email: Some("nowhere"), password: "short", agreement: Agreement::Missing, ..form("admin") };
    let refused = refusal(sign_up(&world.cx, &bad).await);
    assert!(refused.sentence.starts_with("Validation failed: Username is reserved, "), "{}", refused.sentence);
    let words: Vec<_> = refused.faults.iter().map(|fault| (fault.field, fault.kind.code())).collect();
    let wanted = [
        ("username", "ERR_RESERVED"),
        ("agreement", "ERR_ACCEPTED"),
        ("email", "ERR_INVALID"),
        ("password", "ERR_TOO_SHORT"),
    ];
    assert_eq!(words, wanted);
    assert_eq!(count(&world.cx).await.expect("a count"), 0);
}

#[tokio::test]
async fn an_address_belongs_to_one_account_and_a_refused_sign_up_holds_nothing() {
    let world = World::new().await;
    let with_mail = |handle| SignUp { email: Some("Ada@Mail.Example"), ..form(handle) };
    sign_up(&world.cx, &with_mail("ada")).await.expect("a good form");
    world.sign_in("ada@mail.example").await.expect("by address");
    assert_eq!(faults(sign_up(&world.cx, &with_mail("ben")).await), [("email", "ERR_TAKEN")]);
    world.sign_up("ben").await;
}

#[tokio::test]
async fn closed_doors_stay_closed() {
    let world = World::with(|settings| settings.registrations = Registrations::Closed).await;
    let refused = refusal(sign_up(&world.cx, &form("ada")).await);
    assert_eq!((refused.kind, refused.code), (Kind::Forbidden, "registrations_closed"));
    let operator = Authority::operator();
    let new = NewAccount { handle: "admin", email: None, password: PASSWORD, locale: "fr" };
    create(&world.cx, &operator, &new).await.expect("the operator may");
    world.sign_in("admin").await.expect("and they can come in");
    let ada = world.sign_in("admin").await.expect("signed in");
    let member = world.member_by(&ada.token).await;
    assert_eq!(code(create(&world.cx, member.authority(), &NewAccount { handle: "b", ..new }).await), "forbidden");
}

#[tokio::test]
async fn who_waits_for_approval_comes_in_once_approved_and_leaves_no_trace_when_rejected() {
    let world = World::with(|settings| settings.registrations = Registrations::Approval).await;
    assert_eq!(faults(sign_up(&world.cx, &form("ada")).await), [("reason", "ERR_BLANK")]);
    let asks = |handle| SignUp { reason: "I like birds", ..form(handle) };
    let ada = sign_up(&world.cx, &asks("ada")).await.expect("a good form");
    let ben = sign_up(&world.cx, &asks("ben")).await.expect("a good form");
    assert_eq!(ada.awaits, Awaits { approval: true, confirmation: false });
    let refused = refusal(authenticate(&world.cx, &ada.issued.token).await);
    assert_eq!(
        (refused.kind, refused.sentence.as_str()),
        (Kind::Forbidden, "Your login is currently pending approval")
    );
    assert_eq!(code(world.sign_in("ada").await), "awaits_approval");
    assert_eq!(list_waiting(&world.cx).await.expect("a list")[0].reason, "I like birds");
    assert_eq!(search_by_prefix(&world.cx, "ad", 5).await.expect("ids"), []);

    approve(&world.cx, &Authority::operator(), ada.account).await.expect("the operator may");
    approve(&world.cx, &Authority::operator(), ada.account).await.expect("and twice");
    reject(&world.cx, &Authority::operator(), ben.account).await.expect("the operator may");
    assert_eq!(search_by_prefix(&world.cx, "ad", 5).await.expect("ids"), [ada.account]);
    let member = world.member_by(&ada.issued.token).await;
    assert_eq!(code(reject(&world.cx, member.authority(), ben.account).await), "forbidden");
    assert_eq!(code(reject(&world.cx, &Authority::operator(), ada.account).await), "missing");
    assert_eq!(list_waiting(&world.cx).await.expect("a list"), []);
    assert_eq!(code(authenticate(&world.cx, &ben.issued.token).await), "token_revoked");
    assert_eq!(count(&world.cx).await.expect("a count"), 1);
    sign_up(&world.cx, &asks("ben")).await.expect("the handle is free again");
}

#[tokio::test]
async fn an_address_is_confirmed_by_letter_where_letters_can_be_sent() {
    let world = World::new().await.connected().await;
    let form = SignUp { email: Some("ada@mail.example"), locale: "fr", ..form("ada") };
    let ada = sign_up(&world.cx, &form).await.expect("a good form");
    let refused = refusal(authenticate(&world.cx, &ada.issued.token).await);
    assert_eq!(refused.sentence, "Your login is missing a confirmed e-mail address");
    assert!(world.elsewhere.letters.lock().expect("a lock")[0].text.starts_with("Bonjour"));

    let letter = world.code_of_letter();
    assert_eq!(code(confirm(&world.cx, "nonsense").await), "code_over");
    assert_eq!(confirm(&world.cx, &letter).await.expect("a good code"), ada.account);
    assert_eq!(code(confirm(&world.cx, &letter).await), "code_over");
    let member = world.member_by(&ada.issued.token).await;
    let address = find_email(&world.cx, &member).await.expect("rows");
    assert_eq!(address, Some(("ada@mail.example".to_owned(), true)));
    world.sign_up("ben").await;
}

#[tokio::test]
async fn approval_and_confirmation_may_come_in_either_order() {
    let world = World::with(|settings| settings.registrations = Registrations::Approval).await.connected().await;
    for (handle, mail) in [("ada", "ada@mail.example"), ("ben", "ben@mail.example")] {
        let form = SignUp { email: Some(mail), reason: "birds", ..form(handle) };
        let signed_up = sign_up(&world.cx, &form).await.expect("a good form");
        let (letter, operator) = (world.code_of_letter(), Authority::operator());
        if handle == "ada" {
            approve(&world.cx, &operator, signed_up.account).await.expect("approved");
            assert_eq!(code(world.sign_in(handle).await), "awaits_confirmation");
            confirm(&world.cx, &letter).await.expect("confirmed");
        } else {
            confirm(&world.cx, &letter).await.expect("confirmed");
            assert_eq!(code(world.sign_in(handle).await), "awaits_approval");
            approve(&world.cx, &operator, signed_up.account).await.expect("approved");
        }
        world.sign_in(handle).await.expect("nothing is waited for");
    }
}

#[tokio::test]
async fn an_address_is_changed_only_by_who_reads_its_letters() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let done = change_email(&world.cx, &ada, "ada@mail.example", PASSWORD).await.expect("no letters, so at once");
    assert_eq!(done, EmailChange::Done);
    let world = world.connected().await;
    let sent = change_email(&world.cx, &ada, "new@mail.example", PASSWORD).await.expect("a letter");
    assert_eq!(sent, EmailChange::LetterSent);
    assert_eq!(code(world.sign_in("new@mail.example").await), "wrong_credentials");
    confirm(&world.cx, &world.code_of_letter()).await.expect("a good code");
    world.sign_in("new@mail.example").await.expect("the new address");
    assert_eq!(code(world.sign_in("ada@mail.example").await), "wrong_credentials");

    let ben = world.member("ben").await;
    assert_eq!(faults(change_email(&world.cx, &ben, "New@mail.example", PASSWORD).await), [("email", "ERR_TAKEN")]);
    assert_eq!(code(change_email(&world.cx, &ben, "b@mail.example", "a guess").await), "wrong_password");
    change_email(&world.cx, &ada, "", PASSWORD).await.expect("none");
    assert_eq!(find_email(&world.cx, &ada).await.expect("rows"), None);
    change_email(&world.cx, &ben, "new@mail.example", PASSWORD).await.expect("it is free again");
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_by_letter_once() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    change_email(&world.cx, &ada, "ada@mail.example", PASSWORD).await.expect("an address");
    let world = world.connected().await;
    request_reset(&world.cx, "nobody").await.expect("says nothing");
    request_reset(&world.cx, "ada").await.expect("a letter");
    let first = world.code_of_letter();
    request_reset(&world.cx, "ada@mail.example").await.expect("another letter");
    let second = world.code_of_letter();
    assert_eq!(world.elsewhere.letters.lock().expect("a lock").len(), 2);
    assert_eq!(code(reset_password(&world.cx, &first, "short").await), "faults");
    reset_password(&world.cx, &first, "another horse").await.expect("a good code");
    for letter in [&first, &second] {
        assert_eq!(code(reset_password(&world.cx, letter, "a third horse").await), "code_over");
    }
    world.try_password("ada", "another horse").await.expect("the new password");
}

#[tokio::test]
async fn a_profile_says_what_its_owner_wrote() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let fields = [("Site".to_owned(), "https://ada.example".to_owned()), (String::new(), " ".to_owned())];
    let change = ProfileChange {
        display_name: Some(" Ada \u{202E} Lovelace "),
        note: Some("Numbers.\r\n"),
        fields: Some(&fields),
        flags: FlagChanges { bot: Some(true), ..FlagChanges::default() },
        ..ProfileChange::default()
    };
    let account = update_profile(&world.cx, &ada, &change).await.expect("a good profile");
    assert_eq!((account.profile.display_name.as_str(), account.profile.note.as_str()), ("Ada Lovelace", "Numbers."));
    assert_eq!((account.profile.fields.len(), account.profile.bot), (1, true));
    assert_eq!(find(&world.cx, ada.account).await.expect("rows"), Some(account));

    let long = "a".repeat(31);
    let too_long = ProfileChange { display_name: Some(&long), ..ProfileChange::default() };
    assert_eq!(refusal(update_profile(&world.cx, &ada, &too_long).await).kind, Kind::Invalid);
    let five = vec![("a".to_owned(), "b".to_owned()); 5];
    let too_many = ProfileChange { fields: Some(&five), ..ProfileChange::default() };
    assert_eq!(code(update_profile(&world.cx, &ada, &too_many).await), "too_many");
}

/// A picture of one colour, as PNG.
fn picture(grey: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let picture = image::RgbImage::from_pixel(8, 8, image::Rgb([grey; 3]));
    picture.write_to(&mut bytes, image::ImageFormat::Png).expect("a picture");
    bytes.into_inner()
}

#[tokio::test]
async fn each_new_picture_has_a_new_name_and_the_old_one_is_gone() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let (dark, light) = (picture(10), picture(200));
    let with = |avatar| ProfileChange { avatar, ..ProfileChange::default() };
    let first = update_profile(&world.cx, &ada, &with(PictureChange::New(&dark))).await.expect("a picture");
    let first = first.profile.avatar.expect("a picture");
    assert!(find_picture(&world.cx, ada.account, &first).await.expect("rows").is_some());
    let both = ProfileChange { header: PictureChange::New(&light), ..with(PictureChange::New(&light)) };
    let second = update_profile(&world.cx, &ada, &both).await.expect("pictures").profile;
    assert_ne!(second.avatar.as_ref(), Some(&first));
    assert_eq!(find_picture(&world.cx, ada.account, &first).await.expect("rows"), None);
    let removed = update_profile(&world.cx, &ada, &with(PictureChange::Remove)).await.expect("none").profile;
    assert_eq!((removed.avatar, &removed.header), (None, &second.header));
    let header = second.header.expect("a picture");
    assert!(find_picture(&world.cx, ada.account, &header).await.expect("rows").is_some());
    assert_eq!(code(update_profile(&world.cx, &ada, &with(PictureChange::New(b"no picture"))).await), "picture_kind");
}

#[tokio::test]
async fn accounts_are_found_by_the_beginning_of_their_words() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("adam_b").await);
    let change = ProfileChange { display_name: Some("Zoë Lovelace"), ..ProfileChange::default() };
    update_profile(&world.cx, &ada, &change).await.expect("a good profile");
    let found = async |query: &str| search_by_prefix(&world.cx, query, 10).await.expect("ids");
    assert_eq!(found("ada").await, [ada.account, ben.account]);
    assert_eq!(found("@ADA@cliff.example").await[0], ada.account);
    assert_eq!(found("ZOE").await, [ada.account]);
    assert_eq!(found("lov zo").await, [ada.account]);
    assert_eq!(found("lov ben").await, []);
    assert_eq!(found("a").await, []);
    assert_eq!(found("").await, []);
    assert_eq!(search_by_prefix(&world.cx, "ada", 1).await.expect("ids"), [ada.account]);

    update_profile(&world.cx, &ada, &ProfileChange { display_name: Some(""), ..ProfileChange::default() })
        .await
        .expect("a good profile");
    assert_eq!(found("zoe").await, []);
}

#[tokio::test]
async fn settings_are_kept_and_nonsense_is_refused() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let change = SettingsChange {
        visibility: Some(Visibility::Unlisted),
        language: Some("fr-CA"),
        zone: Some("Europe/Paris"),
        policy: [None, Some("drop"), None, None, None],
        ..SettingsChange::default()
    };
    let settings = update_settings(&world.cx, &ada, &change).await.expect("good settings");
    assert_eq!((settings.visibility, settings.language.as_deref()), (Visibility::Unlisted, Some("fr")));
    assert_eq!((settings.policy[0].as_str(), settings.policy[1].as_str()), ("accept", "drop"));
    let none = SettingsChange::default();
    for bad in [
        SettingsChange { visibility: Some(Visibility::Direct), ..none.clone() },
        SettingsChange { language: Some("qqq"), ..none.clone() },
        SettingsChange { locale: Some("de"), ..none.clone() },
        SettingsChange { zone: Some("<b>"), ..none.clone() },
        SettingsChange { policy: [Some("maybe"), None, None, None, None], ..none.clone() },
    ] {
        assert_eq!(refusal(update_settings(&world.cx, &ada, &bad).await).kind, Kind::Invalid);
    }
    assert_eq!(update_settings(&world.cx, &ada, &none).await.expect("no change"), settings);
}

#[tokio::test]
async fn whoever_leaves_can_come_back_and_do_nothing_else() {
    let world = World::new().await;
    let ada = world.member("ada").await;
    let client = world.client().await;
    let code_of_ada = world.authorise(&ada, &client, "").await;
    let of_client = world.exchange(&client, &code_of_ada, "").await.expect("a good code");
    assert_eq!(code(deactivate(&world.cx, &ada, "a guess").await), "wrong_password");
    let due = deactivate(&world.cx, &ada, PASSWORD).await.expect("the password");
    assert_eq!(due, world.cx.now().plus_ms(30 * Millis::DAY));

    assert_eq!(code(authenticate(&world.cx, &of_client.token).await), "login_disabled");
    let again = world.sign_in("ada").await.expect("signing in is still possible");
    let Actor::Dormant(dormant) = authenticate(&world.cx, &again.token).await.expect("a good token") else {
        panic!("more than coming back is possible");
    };
    reactivate(&world.cx, &dormant).await.expect("the owner may");
    reactivate(&world.cx, &dormant).await.expect("and twice");
    world.member_by(&of_client.token).await;
    let handle = Handle::parse("ada").expect("a handle");
    let account = find_by_handle(&world.cx, &handle).await.expect("rows").expect("an account");
    assert_eq!(account.owner_state, OwnerState::Present);
}

#[tokio::test]
async fn a_link_is_verified_when_its_page_links_back_and_no_longer_when_it_stops() {
    let world = World::new().await.connected().await;
    let ada = world.member("ada").await;
    let fields = ["https://ada.example/", "https://ben.example/", "http://plain.example/"];
    let fields = fields.map(|url| ("Site".to_owned(), url.to_owned()));
    let change = ProfileChange { fields: Some(&fields), ..ProfileChange::default() };
    update_profile(&world.cx, &ada, &change).await.expect("a good profile");
    let set = |url: &str, html: &str| {
        world.elsewhere.pages.lock().expect("a lock").insert(url.to_owned(), html.to_owned());
    };
    set("https://ada.example/", r#"<a rel="me" href="https://cliff.example/@ada">"#);
    set("https://ben.example/", r#"<a href="https://cliff.example/@ada">"#);
    set("http://plain.example/", r#"<a rel="me" href="https://cliff.example/@ada">"#);
    let verified = async || {
        verify_links(&world.cx, ada.account).await.expect("looked at");
        let account = find(&world.cx, ada.account).await.expect("rows").expect("an account");
        account.profile.fields.iter().map(|field| field.verified_at.is_some()).collect::<Vec<_>>()
    };
    assert_eq!(verified().await, [true, false, false]);
    update_profile(&world.cx, &ada, &change).await.expect("the same fields keep it");
    world.elsewhere.pages.lock().expect("a lock").clear();
    assert_eq!(verified().await, [true, false, false], "a page that cannot be reached changes nothing");
    set("https://ada.example/", "");
    assert_eq!(verified().await, [false, false, false]);
}

#[tokio::test]
async fn a_server_keeps_its_origin() {
    let world = World::new().await;
    world.restart(|_| {}).await.expect("the same origin");
    let other = url::Url::parse("https://elsewhere.example").expect("an address");
    let refused = refusal(world.restart(|settings| settings.origin = other).await);
    assert_eq!(refused.code, "another_origin");
    assert!(refused.sentence.contains("https://cliff.example"), "{}", refused.sentence);
}
