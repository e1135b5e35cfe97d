//! The visibility check, exhaustively: every state of an author, every viewer, every surface.

use super::*;
use crate::account::{Awaits, Profile, SignIn};
use crate::id::{ConversationId, PostId};
use crate::post::Body;

const AUTHOR: AccountId = AccountId(1);
const READER: AccountId = AccountId(2);
const NOW: Millis = Millis(1_000);
const BOTH: [bool; 2] = [false, true];
const AUDIENCES: [Visibility; 4] = [Visibility::Public, Visibility::Unlisted, Visibility::Private, Visibility::Direct];

/// Every reach, timed ones on both sides of their end, with what it means now.
fn reaches() -> Vec<(Reach, Reach)> {
    let mut reaches = vec![(Reach::Clear, Reach::Clear)];
    for (until, is_over) in [(None, false), (Some(Millis(1_001)), false), (Some(NOW), true), (Some(Millis(1)), true)] {
        for reach in [Reach::Limited { until }, Reach::Unavailable { until }] {
            reaches.push((reach, if is_over { Reach::Clear } else { reach }));
        }
    }
    reaches
}

fn owner_states() -> [OwnerState; 4] {
    let pending = OwnerState::Pending(Awaits { approval: true, confirmation: false });
    [OwnerState::Present, OwnerState::Deactivated(NOW), OwnerState::Deleted(NOW), pending]
}

fn viewers() -> Vec<Between> {
    let mut all = vec![Between::default(), Between { viewer: Some(AUTHOR), ..Between::default() }];
    for (follows, blocks) in BOTH.into_iter().flat_map(|follows| BOTH.map(|blocks| (follows, blocks))) {
        all.extend(BOTH.map(|blocked_by| Between { viewer: Some(READER), follows, blocked_by, blocks }));
    }
    all
}

/// Calls `check` with every author, viewer and surface, and with what the author is now: hidden from all, or limited.
fn everywhere(mut check: impl FnMut(&AuthorFacts, &Between, Surface, Option<Hidden>, bool)) {
    for (reach, now) in reaches() {
        for owner_state in owner_states() {
            let standing = Standing { reach, sign_in: SignIn::Free, since: Millis(0), ledger_index: 0 };
            let author = AuthorFacts { id: AUTHOR, owner_state, standing };
            let hidden = match (owner_state, now) {
                (OwnerState::Pending(_) | OwnerState::Deleted(_), _) => Some(Hidden::Missing),
                (_, Reach::Unavailable { .. }) => Some(Hidden::Unavailable),
                (OwnerState::Deactivated(_), _) => Some(Hidden::Deactivated),
                (OwnerState::Present, _) => None,
            };
            for between in viewers() {
                for surface in [Surface::Direct, Surface::Discovery] {
                    check(&author, &between, surface, hidden, matches!(now, Reach::Limited { .. }));
                }
            }
        }
    }
}

fn post(visibility: Visibility, mentions: Vec<AccountId>) -> Post {
    Post {
        id: PostId(9),
        author: AUTHOR,
        created_at: NOW,
        edited_at: None,
        body: Body { mentions, ..Body::default() },
        visibility,
        in_reply_to: None,
        conversation: ConversationId(9),
        application: None,
    }
}

#[test]
fn a_post_is_seen_by_those_it_is_for_and_by_nobody_while_its_author_is_hidden() {
    let mut walked = 0;
    everywhere(|author, between, surface, hidden, is_limited| {
        for (visibility, is_named) in AUDIENCES.into_iter().flat_map(|it| BOTH.map(|named| (it, named))) {
            let mentions = if is_named { vec![READER] } else { Vec::new() };
            let seen = check_post(post(visibility, mentions), author, between, surface, NOW).map(drop);
            let is_reader = between.viewer == Some(READER);
            let belongs = match visibility {
                Visibility::Public | Visibility::Unlisted => true,
                Visibility::Private => is_reader && (between.follows || is_named),
                Visibility::Direct => is_reader && is_named,
            };
            let is_met = surface == Surface::Direct || (!between.blocks && (!is_limited || between.follows));
            let may_see = between.viewer == Some(AUTHOR) || (belongs && is_met && !between.blocked_by);
            let expected = hidden.map_or(if may_see { Ok(()) } else { Err(Hidden::Missing) }, Err);
            assert_eq!(seen, expected, "{author:?} {between:?} {surface:?} {visibility:?} named: {is_named}");
            walked += 1;
        }
    });
    assert_eq!(walked, 9 * 4 * 10 * 2 * 8);
}

#[test]
fn a_boost_is_seen_by_those_it_is_for_however_limited_its_booster_is() {
    everywhere(|booster, between, surface, hidden, _| {
        for visibility in AUDIENCES {
            let seen = check_boost(visibility, booster, between, surface, NOW);
            let belongs = match visibility {
                Visibility::Public | Visibility::Unlisted => true,
                Visibility::Private => between.viewer == Some(AUTHOR) || between.follows,
                Visibility::Direct => between.viewer == Some(AUTHOR),
            };
            let is_met = surface == Surface::Direct || !between.blocks;
            let may_see = belongs && is_met && !between.blocked_by;
            let expected = hidden.map_or(if may_see { Ok(()) } else { Err(Hidden::Missing) }, Err);
            assert_eq!(seen, expected, "{booster:?} {between:?} {surface:?} {visibility:?}");
        }
    });
}

#[test]
fn a_profile_is_there_across_a_block_and_met_by_chance_only_where_nothing_stands_between() {
    everywhere(|author, between, surface, hidden, is_limited| {
        let (owner_state, profile) = (author.owner_state, Profile::default());
        let account = Account { id: AUTHOR, handle: "ada".to_owned(), created_at: NOW, owner_state, profile };
        let seen = check_account(account, author.standing, between, surface, NOW).map(drop);
        let is_met = !between.blocks && !between.blocked_by && (!is_limited || between.follows);
        let may_see = between.viewer == Some(AUTHOR) || surface == Surface::Direct || is_met;
        let expected = hidden.map_or(if may_see { Ok(()) } else { Err(Hidden::Missing) }, Err);
        assert_eq!(seen, expected, "{author:?} {between:?} {surface:?}");
    });
}
