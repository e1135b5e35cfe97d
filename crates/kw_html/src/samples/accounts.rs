//! The people of the invented coast.

use crate::html::SafeHtml;
use crate::part::account::{AccountChip, AccountRow};
use crate::part::profile::{Badge, Follow, Hiding, ProfileField, ProfileHead, Protection, Relation, Ties};
use crate::part::staff::{Label, Mode, Tier};

use super::NOW_MS;

const DAY_MS: i64 = 86_400_000;

/// Somebody without a picture.
pub fn chip(id: &str, handle: &str, name: &str) -> AccountChip {
    AccountChip { id: id.to_owned(), handle: handle.to_owned(), name: name.to_owned(), avatar: None }
}

fn head(account: AccountChip, bio: &str) -> ProfileHead {
    ProfileHead {
        account,
        header: None,
        bio: SafeHtml::trusted(format!("<p>{bio}</p>")),
        bio_text: bio.to_owned(),
        fields: Vec::new(),
        badges: Vec::new(),
        posts: 212,
        followers: Some(96),
        following: Some(118),
        created_ms: NOW_MS - 900 * DAY_MS,
        protection: None,
        relation: Relation::Other(Ties::default()),
        discoverable: true,
    }
}

/// An institution with everything that a profile can have.
pub fn coastguard() -> ProfileHead {
    let bio = "Warnings, rescues and open water. In an emergency call 112; this account is read day and night.";
    let link = "<a href=\"https://coastguard.example\" rel=\"me nofollow noopener\">coastguard.example</a>";
    ProfileHead {
        bio: SafeHtml::trusted(format!("<p>{bio} {link}</p>")),
        fields: vec![ProfileField {
            name: "Website".to_owned(),
            value: SafeHtml::trusted(link),
            verified_ms: Some(NOW_MS - 30 * DAY_MS),
        }],
        badges: vec![Badge::Label(Label::Official)],
        posts: 12_640,
        followers: Some(4_200_000),
        protection: Some(protection(Tier::Protected, Hiding::Takes { people: 3, teams: 2 })),
        ..head(chip("2", "coastguard", "Bay Coast Guard"), bio)
    }
}

/// What protects an account.
pub fn protection(tier: Tier, hiding: Hiding) -> Protection {
    Protection { tier, hiding, people_to_restore: 1, mode: Mode::Team, guards: 2, actions: 2 }
}

/// The viewer.
pub fn ada() -> ProfileHead {
    ProfileHead {
        relation: Relation::Myself,
        protection: Some(Protection {
            actions: 0,
            ..protection(Tier::Ordinary, Hiding::AloneFor { hours: 24, people: 2 })
        }),
        posts: 0,
        followers: Some(1),
        following: Some(0),
        ..head(chip("1", "ada", "Ada Nygård"), "Counts birds, mends boats.")
    }
}

/// Somebody with ties of every kind, and a name with marks that must be escaped.
pub fn tove() -> ProfileHead {
    let mut tove = head(chip("5", "tove", "Tove <Olsen> & Sons"), "Town council, second row. Opinions my own.");
    tove.badges = vec![Badge::Locked, Badge::Bot];
    tove.fields = vec![
        ProfileField { name: "Where".to_owned(), value: SafeHtml::text("Ekkerøy"), verified_ms: None },
        ProfileField {
            name: "Website".to_owned(),
            value: SafeHtml::trusted("<a href=\"https://tove.example\" rel=\"me nofollow noopener\">tove.example</a>"),
            verified_ms: Some(NOW_MS - 400 * DAY_MS),
        },
    ];
    tove.relation = Relation::Other(Ties {
        follow: Follow::Yes,
        follows_you: true,
        asks_to_follow: false,
        blocked: false,
        muted: true,
        muted_until_ms: Some(NOW_MS + DAY_MS),
        note: "Met at the harbour meeting.".to_owned(),
    });
    tove
}

/// Somebody whom the viewer blocks, who keeps their numbers to themselves.
pub fn blocked() -> ProfileHead {
    ProfileHead {
        followers: None,
        following: None,
        relation: Relation::Other(Ties { blocked: true, asks_to_follow: true, ..Ties::default() }),
        discoverable: false,
        ..head(chip("9", "skua@far.example", "Great Skua"), "")
    }
}

/// A few rows, one for each state of following.
pub fn account_rows() -> Vec<AccountRow> {
    let row = |account, bio: &str, relation| AccountRow { account, bio: bio.to_owned(), relation };
    let follows = |follow, follows_you| Relation::Other(Ties { follow, follows_you, ..Ties::default() });
    vec![
        row(
            chip("2", "coastguard", "Bay Coast Guard"),
            "Warnings, rescues and open water.",
            follows(Follow::Yes, false),
        ),
        row(chip("3", "elin", "Elin Strand"), "Seabirds of the Varanger coast.", follows(Follow::No, true)),
        row(chip("7", "marit@far.example", "Marit Rein"), "", follows(Follow::Requested, false)),
        row(chip("1", "ada", "Ada Nygård"), "Counts birds, mends boats.", Relation::Myself),
    ]
}
