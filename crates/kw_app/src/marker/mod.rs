//! Where an account stopped reading, so that another client goes on there.

mod load;
mod save;

#[cfg(test)]
mod tests;

pub use load::load;
pub use save::save;

use kw_domain::time::Millis;

use crate::rows::MarkerRow;

/// A timeline that has a marker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Timeline {
    /// Home.
    Home,
    /// Notifications.
    Notifications,
}

impl Timeline {
    /// The word in the client API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Home => "home",
            Self::Notifications => "notifications",
        }
    }

    /// The timeline that `word` names.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Home, Self::Notifications].into_iter().find(|timeline| timeline.word() == word)
    }
}

/// Where an account stopped reading a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MarkerView {
    /// The last id that it read.
    pub last_read_id: u64,
    /// How often it moved.
    pub version: u32,
    /// When it moved.
    pub updated_at: Millis,
}

impl MarkerView {
    const fn of(row: &MarkerRow) -> Self {
        Self { last_read_id: row.last_read_id, version: row.version, updated_at: Millis(row.updated_at) }
    }
}
