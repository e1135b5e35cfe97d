//! Deleting for good: accounts whose owner has not changed their mind, and sign-ups that nobody ever confirmed.
//!
//! The account's own row comes first: from then on nobody sees anything, and its owner cannot come back. Then everything
//! else goes, in small operations; the row that says an account is due goes last, so that whatever stops the work, it goes
//! on at the next run.

use kw_domain::account::{CHANGE_OF_MIND_MS, OwnerState};
use kw_domain::id::AccountId;
use kw_domain::time::Millis;
use kw_store::{Direction, Range};

use crate::account::approve::drop_once;
use crate::account::erase_rows::{erase_marks, erase_own_rows, erase_posts, erase_relations};
use crate::account::words::{ensure_words, words_of};
use crate::authority::{Authority, Job};
use crate::context::Context;
use crate::credential::stored::{self, Email};
use crate::failure::{Failure, retry};
use crate::families::{ACCOUNT, CREDENTIAL, EMAIL, ERASURE, MEMBER, PICTURE, SETTINGS, SIGN_UP};
use crate::feed::Event;
use crate::key::{Key, Only};
use crate::ledger::note;
use crate::operation::{Before, Draft};
use crate::rows::{AccountRow, OwnerStateRow};
use crate::secret::email;

/// How long a sign-up may wait for its e-mail address to be confirmed, in milliseconds.
const UNCONFIRMED_MS: u64 = 7 * Millis::DAY;
/// Accounts looked at in one run.
const ACCOUNTS_MAX: usize = 50;

/// Deletes the accounts that are due at this moment, up to some; returns how many. Run now and then.
pub async fn erase_due(cx: &Context) -> Result<usize, Failure> {
    let to = Some((cx.now().0 + 1).to_bytes());
    let range = Range { from: None, to };
    let (due, _) = cx.list(&ERASURE, &Only, &range, Direction::Ascending, ACCOUNTS_MAX).await?;
    for row in &due {
        let (_, id) = row.key;
        if retry(|| mark_once(cx, id)).await? == Due::Yes {
            erase(cx, id).await?;
        }
        let mut draft = cx.draft(&Authority::system(Job::Erasure));
        draft.ensure_gone(&ERASURE, (&Only, &row.key));
        cx.perform(draft).await?;
    }
    Ok(due.len() + drop_unconfirmed(cx).await?)
}

/// Whether an account is to be deleted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Due {
    Yes,
    /// Its owner came back.
    No,
}

/// Takes everything away that is in single rows, and with it the way back.
async fn mark_once(cx: &Context, id: AccountId) -> Result<Due, Failure> {
    let Some(row) = cx.find(&ACCOUNT, &id, &Only).await? else { return Ok(Due::No) };
    let now = cx.now();
    match OwnerState::from(row.value.owner_state) {
        OwnerState::Deactivated(at) if at.plus_ms(CHANGE_OF_MIND_MS) <= now => {}
        OwnerState::Deleted(_) => return Ok(Due::Yes),
        _ => return Ok(Due::No),
    }
    let mut draft = cx.draft(&Authority::erasing(id));
    draft.decide(&ACCOUNT, (&id, &Only), Before::Is(row.stamp), &remains_of(&row.value, now));
    ensure_words(&mut draft, id, &words_of(&row.value.handle, &row.value.display_name), &[]);
    for picture in row.value.avatar.iter().chain(&row.value.header) {
        draft.ensure_gone(&PICTURE, (&id, picture));
    }
    MEMBER.ensure_gone(cx, &mut draft, Only, &id).await?;
    ensure_no_credentials(cx, &mut draft, id).await?;
    draft.ensure_gone(&SETTINGS, (&id, &Only));
    draft.tell(Event::account(id));
    cx.perform(draft).await?;
    note::owner_left(cx, id).await;
    Ok(Due::Yes)
}

async fn ensure_no_credentials(cx: &Context, draft: &mut Draft, id: AccountId) -> Result<(), Failure> {
    if let Some(address) = stored::find::<Email>(cx, id).await? {
        draft.ensure_gone(&EMAIL, (&email::hash(&address.value.address, &cx.secrets().email_key), &Only));
    }
    for credential in cx.list_all(&CREDENTIAL, &id, 64).await? {
        draft.ensure_gone(&CREDENTIAL, (&id, &credential.key));
    }
    Ok(())
}

/// What stays: that there was an account with this handle, which nobody else may ever have.
fn remains_of(row: &AccountRow, now: Millis) -> AccountRow {
    let bare = AccountRow::bare(row.handle.clone(), row.created_at, OwnerStateRow::Deleted(now.0));
    AccountRow { hide_collections: true, ..bare }
}

async fn erase(cx: &Context, id: AccountId) -> Result<(), Failure> {
    let authority = Authority::erasing(id);
    erase_posts(cx, &authority, id).await?;
    erase_marks(cx, &authority, id).await?;
    erase_relations(cx, &authority, id).await?;
    erase_own_rows(cx, &authority, id).await
}

/// Sign-ups whose address nobody confirmed give their handle back after a week.
async fn drop_unconfirmed(cx: &Context) -> Result<usize, Failure> {
    let authority = Authority::system(Job::Erasure);
    let mut dropped = 0;
    for row in cx.list_all(&SIGN_UP, &Only, 1_000).await? {
        let Some(account) = cx.find(&ACCOUNT, &row.key, &Only).await? else { continue };
        let is_unconfirmed = matches!(account.value.owner_state, OwnerStateRow::Pending(_, true));
        if is_unconfirmed && Millis(row.value.at).plus_ms(UNCONFIRMED_MS) <= cx.now() {
            retry(|| drop_once(cx, &authority, row.key)).await?;
            dropped += 1;
        }
    }
    Ok(dropped)
}
