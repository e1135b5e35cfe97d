//! Invitations.

use kw_domain::time::Millis;

use super::world::{World, code, faults, form};
use crate::account::{SignUp, sign_up};
use crate::invitation::{Inviter, NewInvitation, create, list, revoke};
use crate::settings::Registrations;

const FOR_TWO: NewInvitation = NewInvitation { uses: 2, life_ms: Millis::DAY };

async fn invited_only() -> World {
    World::with(|settings| settings.registrations = Registrations::Invitation).await
}

fn with<'a>(handle: &'a str, invitation: &'a str) -> SignUp<'a> {
    SignUp { invitation: Some(invitation), ..form(handle) }
}

#[tokio::test]
async fn an_invitation_brings_as_many_as_it_says() {
    let world = invited_only().await;
    let invitation = create(&world.cx, Inviter::Operator, FOR_TWO).await.expect("an invitation");
    assert_eq!(faults(sign_up(&world.cx, &form("ada")).await), [("invite_code", "ERR_INVALID")]);
    assert_eq!(faults(sign_up(&world.cx, &with("ada", "nonsense")).await), [("invite_code", "ERR_INVALID")]);
    for handle in ["ada", "ben"] {
        sign_up(&world.cx, &with(handle, &invitation.code)).await.expect("invited");
    }
    assert_eq!(faults(sign_up(&world.cx, &with("eve", &invitation.code)).await), [("invite_code", "ERR_INVALID")]);
    assert_eq!(list(&world.cx, Inviter::Operator).await.expect("a list"), []);
}

#[tokio::test]
async fn three_who_come_together_do_not_share_two_places() {
    let world = invited_only().await;
    let invitation = create(&world.cx, Inviter::Operator, FOR_TWO).await.expect("an invitation");
    let forms = ["ada", "ben", "eve"].map(|handle| with(handle, &invitation.code));
    let (ada, ben, eve) =
        tokio::join!(sign_up(&world.cx, &forms[0]), sign_up(&world.cx, &forms[1]), sign_up(&world.cx, &forms[2]));
    assert_eq!([ada.is_ok(), ben.is_ok(), eve.is_ok()].into_iter().filter(|is_in| *is_in).count(), 2);
}

#[tokio::test]
async fn a_failed_sign_up_uses_no_place() {
    let world = invited_only().await;
    let invitation = create(&world.cx, Inviter::Operator, NewInvitation { uses: 1, ..FOR_TWO }).await.expect("one");
    let world_form = SignUp { email: Some("ada@mail.example"), ..with("ada", &invitation.code) };
    let ada = create(&world.cx, Inviter::Operator, FOR_TWO).await.expect("another");
    sign_up(&world.cx, &SignUp { invitation: Some(&ada.code), ..world_form.clone() }).await.expect("invited");
    let again = SignUp { handle: "ben", ..world_form };
    assert_eq!(faults(sign_up(&world.cx, &again).await), [("email", "ERR_TAKEN")]);
    sign_up(&world.cx, &SignUp { email: None, ..again }).await.expect("the place is still free");
}

#[tokio::test]
async fn members_invite_until_they_take_it_back_or_it_ends() {
    let world = World::new().await;
    let (ada, ben) = (world.member("ada").await, world.member("ben").await);
    let invitation = create(&world.cx, Inviter::Member(&ada), FOR_TWO).await.expect("an invitation");
    assert_eq!(code(revoke(&world.cx, Inviter::Member(&ben), invitation.id).await), "missing");
    sign_up(&world.cx, &with("carol", &invitation.code)).await.expect("invited");
    assert_eq!(list(&world.cx, Inviter::Member(&ada)).await.expect("a list")[0].used, 1);
    revoke(&world.cx, Inviter::Member(&ada), invitation.id).await.expect("her own");
    assert_eq!(faults(sign_up(&world.cx, &with("dan", &invitation.code)).await), [("invite_code", "ERR_INVALID")]);

    let short = create(&world.cx, Inviter::Member(&ada), FOR_TWO).await.expect("an invitation");
    world.clock.advance_millis(Millis::DAY);
    assert_eq!(faults(sign_up(&world.cx, &with("dan", &short.code)).await), [("invite_code", "ERR_INVALID")]);
    let none = NewInvitation { uses: 0, ..FOR_TWO };
    assert_eq!(code(create(&world.cx, Inviter::Member(&ada), none).await), "uses");
}
