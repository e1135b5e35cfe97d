//! The server itself. What is announced is true: what cannot be done yet has a maximum of nothing.

use kw_app::house::Census;
use kw_app::settings::{Registrations, Settings};
use kw_domain::text::limit::{DISPLAY_NAME_CHARS_MAX, FIELD_CHARS_MAX, NOTE_CHARS_MAX};
use serde_json::{Value, json};

use crate::address;

/// The version of Mastodon's API that is spoken: raised with what is there, because clients call what it promises.
const API_VERSION: u32 = 3;
/// The version of Mastodon that clients read out of ours. It comes first, or their features vanish.
const LIKE_MASTODON: &str = "4.5.0";
/// The types of pictures that can be an avatar or a header.
const PICTURE_TYPES: [&str; 4] = ["image/jpeg", "image/png", "image/gif", "image/webp"];

/// What an instance says of itself besides its settings.
#[derive(Debug, Clone)]
pub struct InstanceFacts {
    /// Version of the server: `0.1.0`.
    pub version: String,
    /// How many members it has.
    pub members: u64,
    /// What was counted of it.
    pub census: Census,
}

impl InstanceFacts {
    fn words(&self) -> String {
        format!("{LIKE_MASTODON} (compatible; Kittiwake {})", self.version)
    }
}

/// The instance as old clients read it.
pub fn instance_v1(settings: &Settings, facts: &InstanceFacts) -> Value {
    json!({
        "uri": settings.domain(),
        "title": settings.title,
        "short_description": settings.description,
        "description": settings.description,
        "email": settings.contact_email,
        "version": facts.words(),
        "urls": { "streaming_api": streaming(settings) },
        "stats": { "user_count": facts.members, "status_count": facts.census.posts, "domain_count": 0 },
        "thumbnail": address::asset_url(settings, "thumbnail.png"),
        "languages": ["en", "fr"],
        "registrations": settings.registrations != Registrations::Closed,
        "approval_required": settings.registrations == Registrations::Approval,
        "invites_enabled": true,
        "configuration": limits(settings),
        "contact_account": null,
        "rules": rules(settings),
    })
}

/// The instance.
pub fn instance_v2(settings: &Settings, facts: &InstanceFacts) -> Value {
    let mut configuration = limits(settings);
    if let Some(configuration) = configuration.as_object_mut() {
        configuration.insert("urls".to_owned(), urls(settings));
        configuration.insert("vapid".to_owned(), json!({ "public_key": "" }));
        configuration.insert("translation".to_owned(), json!({ "enabled": false }));
        configuration.insert("timelines_access".to_owned(), timelines_access());
        configuration.insert("limited_federation".to_owned(), json!(false));
    }
    json!({
        "domain": settings.domain(),
        "title": settings.title,
        "version": facts.words(),
        "source_url": env!("CARGO_PKG_REPOSITORY"),
        "description": settings.description,
        "usage": { "users": { "active_month": facts.census.active_month } },
        "thumbnail": { "url": address::asset_url(settings, "thumbnail.png"), "description": "" },
        "icon": [{ "src": address::asset_url(settings, "icon-180.png"), "size": "180x180" }],
        "languages": ["en", "fr"],
        "configuration": configuration,
        "registrations": {
            "enabled": settings.registrations != Registrations::Closed,
            "approval_required": settings.registrations == Registrations::Approval,
            "reason_required": settings.registrations == Registrations::Approval,
            "message": null,
            "min_age": null,
            "url": null,
        },
        "api_versions": { "mastodon": API_VERSION },
        "contact": { "email": settings.contact_email, "account": null },
        "rules": rules(settings),
    })
}

fn streaming(settings: &Settings) -> String {
    let scheme = if settings.origin.scheme() == "https" { "wss" } else { "ws" };
    format!("{scheme}://{}", settings.domain())
}

fn urls(settings: &Settings) -> Value {
    json!({
        "streaming": streaming(settings),
        "status": null,
        "about": settings.url("/about"),
        "privacy_policy": null,
        "terms_of_service": null,
    })
}

fn limits(settings: &Settings) -> Value {
    json!({
        "accounts": {
            "max_featured_tags": 0,
            "max_pinned_statuses": 5,
            "max_display_name_length": DISPLAY_NAME_CHARS_MAX,
            "max_note_length": NOTE_CHARS_MAX,
            "max_profile_fields": 4,
            "profile_field_name_limit": FIELD_CHARS_MAX,
            "profile_field_value_limit": FIELD_CHARS_MAX,
        },
        "statuses": {
            "max_characters": settings.post_characters_max,
            "max_media_attachments": 0,
            "characters_reserved_per_url": 23,
        },
        "media_attachments": {
            "supported_mime_types": PICTURE_TYPES,
            "description_limit": 1500,
            "image_size_limit": kw_app::picture::FILE_BYTES_MAX,
            "image_matrix_limit": kw_app::picture::PIXELS_MAX,
            "video_size_limit": 0,
            "video_frame_rate_limit": 0,
            "video_matrix_limit": 0,
        },
        "polls": {
            "max_options": 0,
            "max_characters_per_option": 50,
            "min_expiration": 300,
            "max_expiration": 2_629_746,
        },
    })
}

fn timelines_access() -> Value {
    json!({
        "live_feeds": { "local": "public", "remote": "public" },
        "hashtag_feeds": { "local": "public", "remote": "public" },
        "trending_link_feeds": { "local": "disabled", "remote": "disabled" },
    })
}

/// The rules of the site, numbered from 1.
pub fn rules(settings: &Settings) -> Value {
    let rule = |(at, text): (usize, &String)| json!({ "id": (at + 1).to_string(), "text": text, "hint": "", "translations": {} });
    Value::Array(settings.rules.iter().enumerate().map(rule).collect())
}
