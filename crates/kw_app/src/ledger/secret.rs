//! The ledger's own secrets: its signing key, and the key under which people of the directory are known. Made at the first
//! start, kept in the database of keys.

use kw_store::{OperationId, Outcome, SharedStore};

use crate::authority::Authority;
use crate::context::Context;
use crate::failure::{Failure, retry};
use crate::families::staff::LEDGER_SECRET;
use crate::key::Only;
use crate::operation::Before;
use crate::rows::SecretRow;

const SIGNING: u8 = 1;
const PERSON: u8 = 2;

/// The secrets.
pub(super) struct Secrets {
    /// The seed of the Ed25519 key that signs checkpoints.
    pub signing: [u8; 32],
    /// Under this key people of the directory are known.
    pub person: [u8; 32],
}

/// Reads them, and makes those that are missing.
pub(super) async fn load(cx: &Context, keys: &SharedStore) -> Result<Secrets, Failure> {
    retry(|| load_once(cx, keys)).await
}

async fn load_once(cx: &Context, keys: &SharedStore) -> Result<Secrets, Failure> {
    let stored = cx.find_on(keys, &LEDGER_SECRET, &Only, &[SIGNING, PERSON]).await?;
    let mut draft = cx.draft(&Authority::ledger());
    let mut secrets = Vec::with_capacity(2);
    let mut is_whole = true;
    for (key, row) in [SIGNING, PERSON].iter().zip(stored) {
        let bytes = row.map(|row| row.value.bytes);
        is_whole &= bytes.is_some();
        let bytes = bytes.unwrap_or_else(|| {
            let new = cx.random_bytes::<32>().to_vec();
            draft.decide(&LEDGER_SECRET, (&Only, key), Before::Absent, &SecretRow { bytes: new.clone() });
            new
        });
        let damaged =
            |_| Failure::Damaged { family: LEDGER_SECRET.family.name, why: "a key is not 32 bytes".to_owned() };
        secrets.push(<[u8; 32]>::try_from(bytes).map_err(damaged)?);
    }
    if !is_whole {
        let stamp = cx.mint_stamp().await?;
        let (operation, _) = draft.finish(OperationId(u128::from_be_bytes(cx.random_bytes())), stamp)?;
        if cx.settle_on(keys, &operation).await? != Outcome::Done {
            return Err(Failure::Conflict);
        }
    }
    Ok(Secrets { signing: secrets[0], person: secrets[1] })
}
