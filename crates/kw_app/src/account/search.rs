//! Accounts by the beginning of their handle or of a word of their name.

use kw_domain::handle::{Address, Handle};
use kw_domain::id::AccountId;
use kw_store::{Direction, Range};

use crate::account::find::find_id;
use crate::account::words::{partition_of, words_in, words_of};
use crate::context::{Context, after};
use crate::failure::Failure;
use crate::families::{ACCOUNT, ACCOUNT_WORD};
use crate::key::{Key, Only};

/// Index rows that one search looks at.
const ROWS_MAX: usize = 2_000;
/// Index rows read at a time.
const PAGE_ROWS: usize = 200;

/// The ids of up to `limit` accounts that `query` begins to name, the one called exactly so first. One character finds
/// only who is called so. Nothing is said about who may see them.
pub async fn search_by_prefix(cx: &Context, query: &str, limit: usize) -> Result<Vec<AccountId>, Failure> {
    let mut found: Vec<AccountId> = find_exact(cx, query).await?.into_iter().collect();
    let mut words = words_in(query.trim().trim_start_matches('@'));
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    let Some(first) = words.first().filter(|word| word.chars().count() >= 2).cloned() else {
        found.truncate(limit);
        return Ok(found);
    };
    let partition = partition_of(&first);
    let mut range = Range { from: Some(bytes::Bytes::from(first.clone().into_bytes())), to: None };
    for _ in 0..ROWS_MAX / PAGE_ROWS {
        let page = cx.list(&ACCOUNT_WORD, &partition, &range, Direction::Ascending, PAGE_ROWS).await?;
        let (rows, more) = page;
        for row in rows.iter().take_while(|row| row.key.0.starts_with(&first)) {
            if !found.contains(&row.key.1) && has_all(cx, row.key.1, &words[1..]).await? {
                found.push(row.key.1);
            }
            if found.len() >= limit {
                return Ok(found);
            }
        }
        match rows.last() {
            Some(last) if more && last.key.0.starts_with(&first) => range.from = Some(after(&last.key.to_bytes())),
            _ => break,
        }
    }
    found.truncate(limit);
    Ok(found)
}

async fn find_exact(cx: &Context, query: &str) -> Result<Option<AccountId>, Failure> {
    let handle: Handle = match Address::parse(query, &cx.settings().domain()) {
        Ok(Address::Local(handle)) => handle,
        _ => return Ok(None),
    };
    find_id(cx, &handle).await
}

/// Whether every further word of the query begins one of the account's words.
async fn has_all(cx: &Context, id: AccountId, words: &[String]) -> Result<bool, Failure> {
    if words.is_empty() {
        return Ok(true);
    }
    let Some(row) = cx.find(&ACCOUNT, &id, &Only).await? else { return Ok(false) };
    let own = words_of(&row.value.handle, &row.value.display_name);
    Ok(words.iter().all(|word| own.iter().any(|own| own.starts_with(word.as_str()))))
}
