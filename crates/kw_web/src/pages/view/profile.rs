//! The head of a profile, with its protection line.

use kw_app::context::Context;
use kw_app::staff::protection::{self, BRIEF_MS, Takes};
use kw_app::view::AccountView;
use kw_domain::time::Millis;
use kw_html::part::profile::{Badge, Hiding, ProfileField, ProfileHead, Protection, Relation};
use kw_html::part::staff::{Label, Mode, Tier};

use super::account::{chip, picture_path};
use super::{ms, text};

/// The head of somebody's profile, with what stands between them and the reader.
pub fn head(cx: &Context, view: &AccountView, relation: Relation) -> ProfileHead {
    let account = &view.account;
    let profile = &account.profile;
    let is_told = !profile.hide_collections || relation.is_mine();
    let known = protection::of_account(cx, account.id);
    let labels = known.iter().flat_map(|known| &known.labels).filter_map(|label| Label::from_word(label.word()));
    let chosen = [(profile.bot, Badge::Bot), (profile.locked, Badge::Locked)];
    let chosen = chosen.into_iter().filter(|(holds, _)| *holds).map(|(_, badge)| badge);
    let fields = profile.fields.iter().map(|field| ProfileField {
        name: field.name.clone(),
        value: text::field(&field.value),
        verified_ms: field.verified_at.map(ms),
    });
    ProfileHead {
        account: chip(view),
        header: profile.header.as_deref().map(|file| picture_path(account.id, file)),
        bio: text::bio(&profile.note),
        bio_text: text::excerpt(&profile.note, 200),
        fields: fields.collect(),
        badges: labels.map(Badge::Label).chain(chosen).collect(),
        posts: view.counts.posts,
        followers: is_told.then_some(view.counts.followers),
        following: is_told.then_some(view.counts.following),
        created_ms: ms(account.created_at),
        protection: known.as_ref().map(line),
        relation,
        discoverable: profile.discoverable && !view.is_limited,
    }
}

/// The line. Without staff there is none: nobody has any power then.
fn line(known: &protection::Protection) -> Protection {
    Protection {
        tier: Tier::from_word(known.tier.word()).unwrap_or(Tier::Ordinary),
        hiding: hiding(known.hide, known.hide_longer),
        people_to_restore: u64::from(known.restore),
        mode: Mode::from_word(known.mode.word()).unwrap_or(Mode::Team),
        guards: known.watchers,
        actions: known.on_record,
    }
}

fn hiding(hide: Option<Takes>, longer: Option<Takes>) -> Hiding {
    match (hide, longer) {
        (None, _) => Hiding::OutOfReach,
        (Some(Takes { people: 1, wait_ms, .. }), _) if wait_ms > 0 => {
            Hiding::AfterHours { hours: wait_ms / Millis::HOUR }
        }
        (Some(Takes { people: 1, .. }), Some(longer)) if longer.people > 1 => {
            Hiding::AloneFor { hours: BRIEF_MS / Millis::HOUR, people: longer.people as u64 }
        }
        (Some(hide), _) => Hiding::Takes { people: hide.people as u64, teams: hide.teams as u64 },
    }
}
