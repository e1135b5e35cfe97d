//! The head of a profile.

use kw_app::view::AccountView;
use kw_html::part::profile::{Badge, ProfileField, ProfileHead, Relation};

use super::account::{chip, picture_path};
use super::{ms, text};

/// The head of somebody's profile, with what stands between them and the reader.
pub fn head(view: &AccountView, relation: Relation) -> ProfileHead {
    let account = &view.account;
    let profile = &account.profile;
    let is_told = !profile.hide_collections || relation.is_mine();
    let badges = [(profile.bot, Badge::Bot), (profile.locked, Badge::Locked)];
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
        badges: badges.into_iter().filter(|(holds, _)| *holds).map(|(_, badge)| badge).collect(),
        posts: view.counts.posts,
        followers: is_told.then_some(view.counts.followers),
        following: is_told.then_some(view.counts.following),
        created_ms: ms(account.created_at),
        protection: None,
        relation,
        discoverable: profile.discoverable && !view.is_limited,
    }
}
