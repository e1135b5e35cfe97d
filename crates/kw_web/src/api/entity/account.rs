//! Accounts, also those that are taken down or muted.

use kw_app::relationship::MutedView;
use kw_app::view::{AccountView, Shell};
use kw_domain::account::{Counts, Field as DomainField, Profile};
use kw_domain::id::AccountId;
use kw_domain::time::Millis;
use serde::Serialize;

use super::Writer;
use crate::{address, time};

/// An account.
#[derive(Debug, Clone, Serialize)]
pub struct Account {
    pub id: String,
    pub username: String,
    pub acct: String,
    pub url: String,
    pub uri: String,
    pub display_name: String,
    pub note: String,
    pub avatar: String,
    pub avatar_static: String,
    pub header: String,
    pub header_static: String,
    pub locked: bool,
    pub bot: bool,
    pub group: bool,
    pub discoverable: bool,
    pub indexable: bool,
    pub noindex: bool,
    pub hide_collections: bool,
    pub fields: Vec<Field>,
    pub emojis: [(); 0],
    pub roles: [(); 0],
    /// Midnight of the day.
    pub created_at: String,
    /// A day without a time.
    pub last_status_at: Option<String>,
    pub statuses_count: u64,
    pub followers_count: u64,
    pub following_count: u64,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub suspended: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub limited: bool,
}

/// A line of a profile.
#[derive(Debug, Clone, Serialize)]
pub struct Field {
    pub name: String,
    pub value: String,
    pub verified_at: Option<String>,
}

/// An account in the list of mutes.
#[derive(Debug, Clone, Serialize)]
pub struct MutedAccount {
    #[serde(flatten)]
    pub account: Account,
    pub mute_expires_at: Option<String>,
}

impl Field {
    /// A field as its owner wrote it.
    pub fn plain(field: &DomainField) -> Self {
        let verified_at = field.verified_at.map(time::moment);
        Self { name: field.name.clone(), value: field.value.clone(), verified_at }
    }
}

impl Writer<'_> {
    /// An account that the reader may see.
    pub fn account(&self, view: &AccountView) -> Account {
        let account = &view.account;
        let profile = &account.profile;
        let field = |field: &DomainField| Field { value: self.field_html(&field.value), ..Field::plain(field) };
        let known = Known { id: account.id, handle: &account.handle, created_at: account.created_at };
        Account {
            display_name: profile.display_name.clone(),
            note: self.note_html(&profile.note),
            locked: profile.locked,
            bot: profile.bot,
            discoverable: profile.discoverable,
            indexable: profile.indexable,
            noindex: !profile.indexable,
            hide_collections: profile.hide_collections,
            fields: profile.fields.iter().map(field).collect(),
            last_status_at: view.counts.newest_post.map(|post| time::day(post.at())),
            limited: view.is_limited,
            ..self.bare_account(&known, profile, &view.counts)
        }
    }

    /// Accounts.
    pub fn accounts(&self, views: &[AccountView]) -> Vec<Account> {
        views.iter().map(|view| self.account(view)).collect()
    }

    /// An account that the reader mutes.
    pub fn muted_account(&self, muted: &MutedView) -> MutedAccount {
        MutedAccount { account: self.account(&muted.account), mute_expires_at: muted.until.map(time::moment) }
    }

    /// What may be said of an account that is taken down: that it is there.
    pub fn suspended_account(&self, shell: &Shell) -> Account {
        let known = Known { id: shell.id, handle: &shell.handle, created_at: shell.created_at };
        let bare = self.bare_account(&known, &Profile::default(), &shell.counts);
        Account { suspended: true, ..bare }
    }

    fn bare_account(&self, known: &Known<'_>, profile: &Profile, counts: &Counts) -> Account {
        let picture = |file: &Option<String>, otherwise| match file {
            Some(file) => address::picture_url(self.settings, known.id, file),
            None => address::asset_url(self.settings, otherwise),
        };
        let avatar = picture(&profile.avatar, "avatar-missing.png");
        let header = picture(&profile.header, "header-missing.png");
        Account {
            id: known.id.to_string(),
            username: known.handle.to_owned(),
            acct: known.handle.to_owned(),
            url: address::account_url(self.settings, known.handle),
            uri: address::account_uri(self.settings, known.id),
            display_name: String::new(),
            note: String::new(),
            avatar_static: avatar.clone(),
            avatar,
            header_static: header.clone(),
            header,
            locked: false,
            bot: false,
            group: false,
            discoverable: false,
            indexable: false,
            noindex: true,
            hide_collections: false,
            fields: Vec::new(),
            emojis: [],
            roles: [],
            created_at: time::moment(known.created_at.midnight()),
            last_status_at: None,
            statuses_count: counts.posts,
            followers_count: counts.followers,
            following_count: counts.following,
            suspended: false,
            limited: false,
        }
    }
}

/// What is known of every account, whatever its state.
struct Known<'a> {
    id: AccountId,
    handle: &'a str,
    created_at: Millis,
}
