//! What clients read: the entities of Mastodon's API, as JSON.
//!
//! A [`Writer`] knows the site and who reads, and turns views (which went through the visibility check) into entities. No
//! list is ever `null`, ids are text, moments have three digits of fraction. Deliberately absent: loading and deciding.

#![allow(clippy::struct_field_names, reason = "the names are those of the API")]

mod account;
mod credential;
mod instance;
mod mark;
mod notification;
mod ready;
mod relationship;
mod search;
mod status;

pub use account::{Account, MutedAccount};
pub use credential::{Application, CredentialAccount, Preferences, Token};
pub use instance::{InstanceFacts, instance_v1, instance_v2, rules};
pub use mark::{List, Markers, markers};
pub use notification::{Groups, Notification, NotificationPolicy};
pub use ready::Ready;
pub use relationship::{FamiliarFollowers, Relationship};
pub use search::{Found, Tag};
pub use status::{Context, Edit, Source, Status};

use kw_app::settings::Settings;
use kw_domain::id::AccountId;
use kw_domain::text::render::MentionTarget;
use kw_domain::text::{MentionName, parse, render};

use crate::address;

/// Writes entities for one reader of one site.
#[derive(Debug, Clone, Copy)]
pub struct Writer<'a> {
    /// The site.
    pub settings: &'a Settings,
    /// Who reads; none without a member's token.
    pub reader: Option<AccountId>,
}

impl<'a> Writer<'a> {
    /// Writes for `reader`.
    pub fn new(settings: &'a Settings, reader: Option<AccountId>) -> Self {
        Self { settings, reader }
    }

    /// The HTML of a post's text. `named` are the accounts it names, by handle.
    fn post_html(&self, text: &str, named: &[(AccountId, String)]) -> String {
        let resolve = |name: &MentionName| self.target_of(name, named);
        render::post_html(&parse(text), &resolve, &|tag| address::tag_url(self.settings, tag))
    }

    /// The HTML of a bio. Whom it names is not looked up, so their names stay text.
    fn note_html(&self, text: &str) -> String {
        render::note_html(&parse(text), &|_| None, &|tag| address::tag_url(self.settings, tag))
    }

    /// The HTML of a profile field's value.
    fn field_html(&self, text: &str) -> String {
        render::field_html(&parse(text), &|_| None, &|tag| address::tag_url(self.settings, tag))
    }

    fn target_of(&self, name: &MentionName, named: &[(AccountId, String)]) -> Option<MentionTarget> {
        if name.domain.as_ref().is_some_and(|domain| *domain != self.settings.domain()) {
            return None;
        }
        let (_, handle) = named.iter().find(|(_, handle)| handle.eq_ignore_ascii_case(&name.name))?;
        Some(MentionTarget { url: address::account_url(self.settings, handle), username: handle.clone() })
    }
}
