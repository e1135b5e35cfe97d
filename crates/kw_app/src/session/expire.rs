//! Removing sessions that have ended by themselves. They open nothing any more; this keeps lists and disks small.

use kw_domain::id::SessionId;
use kw_store::Bytes;

use crate::authority::{Authority, Job};
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::SESSION;
use crate::key::Key;
use crate::session::revoke::revoke_once;

/// Sessions looked at in one step.
const STEP_ROWS: usize = 500;

/// Looks at some sessions, from `token` on, and removes those that are over. Returns where the next step goes on; `None`
/// when all were seen. Run now and then.
pub async fn remove_expired(cx: &Context, token: Option<&[u8]>) -> Result<Option<Bytes>, Failure> {
    let page = cx.store().sweep(SESSION.family, token, STEP_ROWS).await?;
    let authority = Authority::system(Job::Housekeeping);
    // A count row has no key.
    for swept in page.rows.iter().filter(|swept| !swept.row.key.is_empty()) {
        let row = SESSION.decode(&swept.row)?;
        let Some(account) = Key::from_bytes(&swept.partition) else { continue };
        if row.value.until.is_some_and(|until| until <= cx.now().0) {
            let session: SessionId = row.key;
            retry(|| revoke_once(cx, &authority, account, session)).await?;
        }
    }
    Ok(page.next)
}
