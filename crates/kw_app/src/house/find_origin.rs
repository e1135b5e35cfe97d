//! Which origin a store belongs to, for commands that are started without saying it.

use kw_store::SharedStore;
use url::Url;

use crate::failure::Failure;
use crate::families::SECRET;
use crate::key::{Key, Only};

/// The row of `secret` that holds the origin.
const ORIGIN: u8 = 1;

/// The origin in a store, before there is a context. `None` in a new one.
pub async fn find_origin(store: &SharedStore) -> Result<Option<Url>, Failure> {
    let damaged = |why: String| Failure::Damaged { family: SECRET.family.name, why };
    let found = store.get(&SECRET.partition(&Only), &[ORIGIN.to_bytes()]).await?;
    let Some(Some(row)) = found.first() else { return Ok(None) };
    let row = SECRET.decode(row)?;
    let text = String::from_utf8(row.value.bytes).map_err(|error| damaged(error.to_string()))?;
    Url::parse(&text).map(Some).map_err(|error| damaged(format!("its origin cannot be read: {error}")))
}
