//! Deleting for good.

use kw_domain::account::OwnerState;
use kw_domain::handle::Handle;
use kw_domain::id::PostId;
use kw_domain::post::Visibility;
use kw_domain::time::Millis;

use super::world::{PASSWORD, World, code, faults, form};
use crate::account::{
    ProfileChange, SignUp, count, deactivate, erase_due, find_by_handle, reactivate, search_by_prefix, sign_up,
    update_profile,
};
use crate::buckets::Window;
use crate::families::{
    CREDENTIAL, FOLLOWERS, FOLLOWING, LIKES, LOCAL, MARKED, NOTIFICATION, OUTBOX, RELATIONS, REPLIES, SESSION, SETTINGS,
};
use crate::key::Only;
use crate::post;
use crate::relationship::{FollowChoices, follow};
use crate::rows::MarkKind;
use crate::session::{Actor, Member, authenticate};

const DAYS_29: u64 = 29 * Millis::DAY;

async fn say(world: &World, who: &Member, text: &str, in_reply_to: Option<PostId>) -> PostId {
    let new = post::NewPost {
        text: text.to_owned(),
        spoiler_text: String::new(),
        visibility: Visibility::Public,
        language: None,
        sensitive: false,
        in_reply_to,
        idempotency_key: None,
        application: None,
    };
    post::create(&world.cx, who.authority(), &new).await.expect("a good post").post.id
}

#[tokio::test]
async fn after_thirty_days_everything_goes_but_the_handle() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let change = ProfileChange { display_name: Some("Ada Lovelace"), ..ProfileChange::default() };
    update_profile(&world.cx, &ada, &change).await.expect("a profile");
    let (of_ben, of_ada) =
        (say(&world, &ben, "hello @ada", None).await, say(&world, &ada, "a post #birds", None).await);
    say(&world, &ada, "a reply", Some(of_ben)).await;
    post::favourite(&world.cx, ada.authority(), of_ben).await.expect("a favourite");
    post::boost(&world.cx, ada.authority(), of_ben, None).await.expect("a boost");
    post::favourite(&world.cx, ben.authority(), of_ada).await.expect("a favourite");
    for (who, whom) in [(&ada, &ben), (&ben, &ada)] {
        follow(&world.cx, who.authority(), whom.account, &FollowChoices::default()).await.expect("a follow");
    }

    deactivate(&world.cx, &ada, PASSWORD).await.expect("the password");
    world.clock.advance_millis(DAYS_29);
    assert_eq!(erase_due(&world.cx).await.expect("nothing is due"), 0);
    world.clock.advance_millis(Millis::DAY);
    assert_eq!(erase_due(&world.cx).await.expect("one is due"), 1);
    assert_eq!(erase_due(&world.cx).await.expect("nothing is left"), 0);

    assert_nothing_left(&world, &ada).await;
    let cx = &world.cx;
    let of_others = [
        LIKES.total(cx, of_ben).await.expect("a count"),
        REPLIES.total(cx, of_ben).await.expect("a count"),
        FOLLOWERS.total(cx, ben.account).await.expect("a count"),
        cx.count(&FOLLOWING, &ben.account).await.expect("a count"),
    ];
    assert_eq!(of_others, [0; 4]);
    let local = LOCAL.page(cx, Only, &Window::newest(10)).await.expect("a page");
    assert_eq!(local.iter().map(|row| row.key).collect::<Vec<_>>(), [of_ben]);
    assert_eq!(count(cx).await.expect("a count"), 1);

    let handle = Handle::parse("ada").expect("a handle");
    let remains = find_by_handle(cx, &handle).await.expect("rows").expect("its handle stays");
    assert_eq!((remains.owner_state, remains.profile.display_name.as_str()), (OwnerState::Deleted(cx.now()), ""));
    assert_eq!(faults(sign_up(cx, &form("ada")).await), [("username", "ERR_TAKEN")]);
    assert_eq!(code(world.sign_in("ada").await), "wrong_credentials");
}

async fn assert_nothing_left(world: &World, ada: &Member) {
    let (cx, id) = (&world.cx, ada.account);
    assert_eq!(OUTBOX.total(cx, id).await.expect("a count"), 0);
    assert_eq!(MARKED.total(cx, (id, MarkKind::Favourite)).await.expect("a count"), 0);
    assert_eq!(FOLLOWERS.total(cx, id).await.expect("a count"), 0);
    assert_eq!(cx.count(&FOLLOWING, &id).await.expect("a count"), 0);
    assert_eq!(cx.count(&RELATIONS, &id).await.expect("a count"), 0);
    assert_eq!(cx.count(&SESSION, &id).await.expect("a count"), 0);
    assert_eq!(cx.list_all(&CREDENTIAL, &id, 100).await.expect("rows"), []);
    assert_eq!(cx.find(&SETTINGS, &id, &Only).await.expect("rows"), None);
    let notifications = NOTIFICATION.page(cx, id, &Window::newest(10)).await.expect("a page");
    assert_eq!(notifications, []);
    assert_eq!(search_by_prefix(cx, "lovelace", 10).await.expect("ids"), []);
}

#[tokio::test]
async fn whoever_came_back_in_time_is_not_deleted() {
    let world = World::new().await;
    let signed_up = world.sign_up("ada").await;
    let ada = world.member_by(&signed_up.issued.token).await;
    deactivate(&world.cx, &ada, PASSWORD).await.expect("the password");
    world.clock.advance_millis(DAYS_29);
    let Actor::Dormant(dormant) = authenticate(&world.cx, &signed_up.issued.token).await.expect("a token") else {
        panic!("not dormant");
    };
    reactivate(&world.cx, &dormant).await.expect("in time");
    let again = world.member_by(&signed_up.issued.token).await;
    deactivate(&world.cx, &again, PASSWORD).await.expect("once more");
    world.clock.advance_millis(2 * Millis::DAY);
    assert_eq!(erase_due(&world.cx).await.expect("the thirty days began anew"), 0);
    assert!(matches!(authenticate(&world.cx, &signed_up.issued.token).await, Ok(Actor::Dormant(_))));
}

#[tokio::test]
async fn a_sign_up_that_nobody_confirms_gives_its_handle_back_after_a_week() {
    let world = World::new().await.connected().await;
    let form = SignUp { email: Some("ada@mail.example"), ..form("ada") };
    sign_up(&world.cx, &form).await.expect("a good form");
    world.clock.advance_millis(6 * Millis::DAY);
    assert_eq!(erase_due(&world.cx).await.expect("not yet"), 0);
    world.clock.advance_millis(Millis::DAY);
    assert_eq!(erase_due(&world.cx).await.expect("now"), 1);
    sign_up(&world.cx, &form).await.expect("handle and address are free again");
}
