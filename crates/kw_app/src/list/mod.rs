//! Lists: some of those whom an account follows, under a name.
//!
//! Somebody counts as a member while they are followed. Their timeline is [`crate::timeline::load_list`].

mod change;
mod create;
mod delete;
mod load;
mod members;

#[cfg(test)]
mod tests;

pub use change::{ListChanges, change};
pub use create::{NewList, create};
pub use delete::delete;
pub use load::{ListView, list, list_with, load};
pub use members::{add_members, list_members, remove_members};

use kw_domain::refusal::Refusal;
use kw_domain::text::{clean, length};

/// How many lists an account may have.
pub(crate) const LISTS_MAX: usize = 50;
/// How many members a list may have.
pub(crate) const MEMBERS_MAX: usize = 500;
/// The longest name of a list, in characters and in bytes.
const TITLE_CHARS_MAX: usize = 255;
const TITLE_BYTES_MAX: usize = 4_096;

/// Whose replies a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replies {
    /// Those to anybody whom the account follows.
    Followed,
    /// Those to other members.
    Members,
    /// None.
    None,
}

impl Replies {
    /// The word in the client API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Followed => "followed",
            Self::Members => "list",
            Self::None => "none",
        }
    }

    /// The policy that `word` names.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Followed, Self::Members, Self::None].into_iter().find(|replies| replies.word() == word)
    }
}

fn read_title(title: &str) -> Result<String, Refusal> {
    let title = clean::line(title);
    if title.is_empty() {
        return Err(Refusal::invalid("title", "empty", "Validation failed: Title can't be blank"));
    }
    if length::graphemes(&title) > TITLE_CHARS_MAX || title.len() > TITLE_BYTES_MAX {
        let sentence = format!("The name of this list is longer than {TITLE_CHARS_MAX} characters.");
        return Err(Refusal::invalid("title", "too_long", sentence));
    }
    Ok(title)
}
