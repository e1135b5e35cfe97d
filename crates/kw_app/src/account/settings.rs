//! What somebody prefers.

use kw_domain::id::AccountId;
use kw_domain::language::Language;
use kw_domain::post::Visibility;
use kw_domain::refusal::Refusal;

use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::SETTINGS;
use crate::feed::Event;
use crate::key::Only;
use crate::operation::Before;
use crate::rows::SettingsRow;
use crate::session::Member;

/// The longest name of a time zone, in bytes.
const ZONE_BYTES_MAX: usize = 64;
/// Kinds of notifications that have a policy.
const POLICIES: usize = 5;

/// An account's preferences.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Visibility of new posts.
    pub visibility: Visibility,
    /// Whether new posts' pictures are covered.
    pub sensitive: bool,
    /// Language of new posts, as its code.
    pub language: Option<String>,
    /// Language of pages: `en` or `fr`; empty for the browser's.
    pub locale: String,
    /// IANA name of the time zone of pages; empty for UTC.
    pub zone: String,
    /// Which notifications are accepted: `accept`, `filter` or `drop` for accounts not followed, not following, new,
    /// for private mentions, for limited accounts.
    pub policy: [String; POLICIES],
}

/// A change of preferences; `None` leaves as it is.
#[derive(Debug, Clone, Default)]
pub struct SettingsChange<'a> {
    /// Visibility of new posts.
    pub visibility: Option<Visibility>,
    /// Whether new posts' pictures are covered.
    pub sensitive: Option<bool>,
    /// Language of new posts; empty for none.
    pub language: Option<&'a str>,
    /// Language of pages; empty for the browser's.
    pub locale: Option<&'a str>,
    /// Time zone of pages; empty for UTC.
    pub zone: Option<&'a str>,
    /// For each kind of notification `accept`, `filter` or `drop`.
    pub policy: [Option<&'a str>; POLICIES],
}

/// The preferences of an account.
pub async fn find_settings(cx: &Context, account: AccountId) -> Result<Settings, Failure> {
    let row = cx.find(&SETTINGS, &account, &Only).await?;
    Ok(settings_of(row.map_or_else(|| first_settings(""), |row| row.value)))
}

/// Changes a member's preferences.
pub async fn update_settings(cx: &Context, member: &Member, change: &SettingsChange<'_>) -> Result<Settings, Failure> {
    check(change)?;
    retry(|| update_once(cx, member, change)).await
}

async fn update_once(cx: &Context, member: &Member, change: &SettingsChange<'_>) -> Result<Settings, Failure> {
    let stored = cx.find(&SETTINGS, &member.account, &Only).await?;
    let before = stored.as_ref().map_or_else(|| first_settings(""), |row| row.value.clone());
    let after = changed(before.clone(), change);
    if after != before {
        let mut draft = cx.draft(member.authority());
        draft.decide(&SETTINGS, (&member.account, &Only), Before::of(stored.as_ref()), &after);
        draft.tell(Event::account(member.account));
        cx.perform(draft).await?;
    }
    Ok(settings_of(after))
}

fn check(change: &SettingsChange<'_>) -> Result<(), Refusal> {
    if change.visibility == Some(Visibility::Direct) {
        let sentence = "Validation failed: posts cannot be direct by default";
        return Err(Refusal::invalid("source[privacy]", "visibility", sentence));
    }
    if change.language.is_some_and(|language| !language.is_empty() && Language::parse(language).is_none()) {
        return Err(Refusal::invalid("source[language]", "language", "Validation failed: this language is not known"));
    }
    if change.locale.is_some_and(|locale| !matches!(locale, "" | "en" | "fr")) {
        return Err(Refusal::invalid("locale", "locale", "Pages are in English (en) or French (fr)."));
    }
    let is_zone = |zone: &str| {
        zone.len() <= ZONE_BYTES_MAX && zone.bytes().all(|b| b.is_ascii_alphanumeric() || b"/_+-".contains(&b))
    };
    if change.zone.is_some_and(|zone| !is_zone(zone)) {
        return Err(Refusal::invalid("zone", "zone", "This is not the name of a time zone."));
    }
    if change.policy.iter().flatten().any(|word| !matches!(*word, "accept" | "filter" | "drop")) {
        return Err(Refusal::invalid("policy", "policy", "Validation failed: a policy is accept, filter or drop"));
    }
    Ok(())
}

fn changed(mut row: SettingsRow, change: &SettingsChange<'_>) -> SettingsRow {
    if let Some(visibility) = change.visibility {
        visibility.word().clone_into(&mut row.visibility);
    }
    row.sensitive = change.sensitive.unwrap_or(row.sensitive);
    if let Some(language) = change.language {
        row.language = Language::parse(language).map(|language| language.code().to_owned());
    }
    row.locale = change.locale.map_or(row.locale, str::to_owned);
    row.zone = change.zone.map_or(row.zone, str::to_owned);
    for (kept, word) in row.policy.iter_mut().zip(change.policy) {
        if let Some(word) = word {
            word.clone_into(kept);
        }
    }
    row
}

/// The preferences of a new account.
pub(super) fn first_settings(locale: &str) -> SettingsRow {
    let locale = if matches!(locale, "en" | "fr") { locale } else { "" };
    SettingsRow {
        visibility: Visibility::Public.word().to_owned(),
        sensitive: false,
        language: None,
        locale: locale.to_owned(),
        zone: String::new(),
        policy: vec!["accept".to_owned(); POLICIES],
    }
}

fn settings_of(row: SettingsRow) -> Settings {
    let mut words = row.policy.into_iter();
    Settings {
        visibility: Visibility::from_word(&row.visibility).unwrap_or(Visibility::Private),
        sensitive: row.sensitive,
        language: row.language,
        locale: row.locale,
        zone: row.zone,
        policy: std::array::from_fn(|_| words.next().unwrap_or_else(|| "accept".to_owned())),
    }
}
