//! What a member is told.

pub mod clear;
pub mod group;
pub mod list;
pub mod policy;
pub mod unread_count;

use kw_app::notification::{Kept, NotificationFilter};
use kw_domain::id::AccountId;
use kw_domain::notification::Kind;

use crate::error::Problem;
use crate::params::Params;

/// Which notifications are wanted. Unknown words are left out: some clients ask for everything they know.
fn filter_of(params: &Params) -> Result<NotificationFilter, Problem> {
    let named = params.words("types")?;
    Ok(NotificationFilter {
        kinds: (!named.is_empty()).then(|| kinds_of(&named)),
        // The API has no word for what staff decided in somebody's favour.
        without: kinds_of(&params.words("exclude_types")?).into_iter().chain([Kind::Decision]).collect(),
        from: params.id::<AccountId>("account_id")?,
        kept: if params.is_on("include_filtered")? { Kept::Among } else { Kept::Apart },
    })
}

/// Which kinds are shown in groups: those that are, unless some are named.
fn grouped_of(params: &Params) -> Result<Vec<Kind>, Problem> {
    let named = params.words("grouped_types")?;
    Ok(if named.is_empty() { Kind::ALL.to_vec() } else { kinds_of(&named) })
}

fn kinds_of(words: &[&str]) -> Vec<Kind> {
    words.iter().filter_map(|word| Kind::from_word(word)).collect()
}
