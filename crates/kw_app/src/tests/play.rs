//! A play, and a server for people: rules that were made up are for one of them alone.

use std::collections::BTreeSet;

use kw_staff::authenticator::{Authenticator, Backup, Counting};
use kw_staff::person::Role;

use super::world::{World, code};
use crate::failure::Failure;
use crate::settings::Stage;
use crate::staff::found::{self, NewFounder, Rules};
use crate::staff::understudy::make_passkey;

/// One signature is enough for everything.
const LAX_POLICY: &str = "permit (principal, action, resource) when { context has first };";
/// Somebody has to sign.
const LAX_FLOOR: &str = "forbid (principal, action, resource) unless { context has first };";

/// Founds the staff of one under these rules.
async fn found_under(world: &World, rules: &Rules) -> Result<(), Failure> {
    let cx = &world.cx;
    let link = found::begin(cx).await?;
    let roles = BTreeSet::from([Role::Support]);
    found::add(cx, &link, &NewFounder { name: "Ola", roles, team: "day", ends: None }).await?;
    let plan = found::load(cx, &link).await?;
    let passkey = Authenticator::from_seed(&[7; 32], Backup::DeviceBound, Counting::Never);
    make_passkey(cx, &plan.people[0].code, &passkey).await?;
    found::finish_under(cx, &link, rules).await
}

#[tokio::test]
async fn a_server_for_people_is_founded_under_no_made_up_rules() {
    let world = World::new().await;
    let rules = Rules::made_up(LAX_POLICY, LAX_FLOOR);
    assert_eq!(code(found_under(&world, &rules).await), "no_play");
    assert!(!found::is_founded(&world.cx));
}

#[tokio::test]
async fn a_ledger_that_was_played_with_is_served_by_no_server_for_people() {
    let world = World::with(|settings| settings.stage = Stage::Play).await;
    found_under(&world, &Rules::made_up(LAX_POLICY, LAX_FLOOR)).await.expect("it is a play");
    world.restart(|_| {}).await.expect("a play goes on");
    let outcome = world.restart(|settings| settings.stage = Stage::Real).await;
    assert_eq!(code(outcome), "made_up_floor");
}

#[tokio::test]
async fn a_play_under_the_real_rules_is_as_good_as_any_ledger() {
    let world = World::with(|settings| settings.stage = Stage::Play).await;
    found_under(&world, &Rules::ours()).await.expect("nobody has founded before");
    world.restart(|settings| settings.stage = Stage::Real).await.expect("nothing was made up");
}
