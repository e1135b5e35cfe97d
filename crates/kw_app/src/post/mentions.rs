//! Whom the names in a text name.

use kw_domain::handle::Address;
use kw_domain::id::AccountId;
use kw_domain::text::MentionName;
use kw_domain::visibility::check_presence;

use crate::context::Context;
use crate::failure::Failure;
use crate::families::HANDLE;
use crate::key::Only;
use crate::viewer::{Viewer, find_person};

/// The accounts that `names` name, in order, each once; names of nobody who can be seen stay plain text.
pub(crate) async fn find_named(
    cx: &Context,
    viewer: &Viewer,
    names: &[MentionName],
) -> Result<Vec<AccountId>, Failure> {
    let own_domain = cx.settings().domain();
    let mut found = Vec::new();
    for name in names {
        let Ok(Address::Local(handle)) = name.address(&own_domain) else { continue };
        let Some(row) = cx.find(&HANDLE, &handle.folded(), &Only).await? else { continue };
        let Some(person) = find_person(cx, viewer, AccountId(row.value.id)).await? else { continue };
        if check_presence(&person.facts(), cx.now()).is_ok() && !found.contains(&person.account.id) {
            found.push(person.account.id);
        }
    }
    Ok(found)
}
