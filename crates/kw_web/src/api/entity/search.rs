//! What a search finds.

use kw_app::search::{self, TagView};
use serde::Serialize;

use super::{Account, Status, Writer};
use crate::address;

/// What a search found; all three lists are always there.
#[derive(Debug, Clone, Serialize)]
pub struct Found {
    pub accounts: Vec<Account>,
    pub statuses: Vec<Status>,
    pub hashtags: Vec<Tag>,
}

/// A tag.
#[derive(Debug, Clone, Serialize)]
pub struct Tag {
    /// The name is the id: tags have no other.
    pub id: String,
    pub name: String,
    pub url: String,
    pub history: Vec<Day>,
    /// Absent without a reader.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub following: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub featuring: Option<bool>,
}

/// How much a tag was used in a day; the numbers are texts.
#[derive(Debug, Clone, Serialize)]
pub struct Day {
    pub day: String,
    pub uses: String,
    pub accounts: String,
}

impl Writer<'_> {
    /// What a search found.
    pub fn found(&self, found: &search::Found) -> Found {
        Found {
            accounts: self.accounts(&found.accounts),
            statuses: found.posts.iter().map(|view| self.post(view)).collect(),
            hashtags: found.tags.iter().map(|view| self.tag(view)).collect(),
        }
    }

    /// A tag.
    pub fn tag(&self, view: &TagView) -> Tag {
        let day = |day: &search::TagDay| Day {
            day: (day.day.0 / 1_000).to_string(),
            uses: day.uses.to_string(),
            accounts: day.accounts.to_string(),
        };
        let own = self.reader.map(|_| false);
        Tag {
            id: view.name.clone(),
            name: view.name.clone(),
            url: address::tag_url(self.settings, &view.name),
            history: view.history.iter().map(day).collect(),
            following: own,
            featuring: own,
        }
    }
}
